"""One day of the model, made ready for a bound: rounds of single shifts, and nothing that holds between them.

What a day's price is made of here (`day_prices` counts the same in a rota): contact, travel and waiting pay, mileage,
home journeys, the carers' charges and credits, starts off target, late or not as promised, and visits left out.

Relaxed, each so that the day can only look cheaper: the two carers of a double-up may start at different times (each
carries half of the price of its start, rounded down) and each stays as long as he or she alone would need; links
between visits, breaks, a visit that one carer must take part in, journeys from one shift of a day to the next, rest,
weekly limits, pauses, days from home to home; and all prices that hold between rounds (`COUPLING`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.bound.label import NOTHING, Spell
from scheduler.solve.model import STRICT, Model
from scheduler.units import DAY

COUPLING = (
    "pairs and distinct carers of a client, contracted and wished hours, pay up to the minimum wage, unpopular spells, "
    "the worst lateness and idle time, balance, missed pauses, days from home to home"
)
"""Prices that are in no day's price."""
LAST = 2 * DAY
"""No shift of a day goes on past the end of the next: a window without an end is cut here (minutes of the day)."""


@dataclass(frozen=True)
class Day:
    """A node is one carer's part of a visit: a visit alone or a whole double-up is one node, a double-up of which only
    a part is done together is two. Rows of nodes are positions in `visit`."""

    day: int
    visits: NDArray[np.intp]  # positions in the model
    leaving_out: NDArray[np.int64]  # (visits,): price of leaving it unallocated
    double: NDArray[np.bool_]  # (visits,): takes two carers
    visit: NDArray[np.int64]  # (nodes,): row in `visits`
    need: NDArray[np.int64]  # (nodes,): carers that it takes
    shifts: tuple[tuple[int, int, int, int], ...]  # carer, day, start, end
    spells: tuple[Spell, ...]  # one a shift

    @property
    def nodes(self) -> int:
        """How many there are."""
        return len(self.visit)


@dataclass(frozen=True)
class _Nodes:
    """All nodes of a day before any shift looks at them. `second` marks the helper's part."""

    model: Model
    visits: NDArray[np.intp]
    visit: NDArray[np.int64]
    second: NDArray[np.bool_]
    prices: list[NDArray[np.int64]]  # by start, from the visit's earliest on
    tables: dict[tuple[int, int], tuple[NDArray[np.int32], NDArray[np.int32]]] = field(default_factory=dict)

    def journeys(self, carer: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Minutes and mileage of the carer's journeys, rows where to: made once for all who travel alike."""
        m = self.model
        kind = int(m.mode[carer]), int(m.leg_class[carer])
        if kind not in self.tables:
            minutes = np.ascontiguousarray(m.matrices[kind[0]].T, dtype=np.int32)
            amounts = np.ascontiguousarray(leg_cost(m, carer).T, dtype=np.int32)
            self.tables[kind] = minutes, amounts
        return self.tables[kind]


def day_of(model: Model, day: int) -> Day:
    """The day as arrays."""
    visits = np.nonzero(model.day == day)[0]
    of = [row for row, v in enumerate(visits) for _ in range(2 if model.second_minutes[v] else 1)]
    visit = np.array(of, dtype=np.int64)
    second = np.zeros(len(visit), dtype=np.bool_)
    second[1:] = visit[1:] == visit[:-1]
    whole = model.double[visits] & (model.second_minutes[visits] == 0)
    nodes = _Nodes(model, visits, visit, second, [start_prices(model, int(v)) for v in visits])
    shifts = tuple(sorted(shift for shift in model.shifts if shift[1] == day))
    return Day(
        day=day,
        visits=visits,
        leaving_out=model.unallocated[visits],
        double=model.double[visits],
        visit=visit,
        need=np.where(whole[visit], 2, 1).astype(np.int64),
        shifts=shifts,
        spells=tuple(_spell(nodes, shift) for shift in shifts),
    )


def start_prices(model: Model, v: int) -> NDArray[np.int64]:
    """What each start from the earliest on costs one carer; NOTHING where it must not start. A double-up's price is
    shared by its two carers, who start at the same minute in any rota."""
    t = np.arange(model.earliest[v], min(int(model.latest[v]), int(model.day[v]) * DAY + LAST) + 1)
    price = np.array([start_price(model, v, int(minute)) for minute in t], dtype=np.int64)
    share = price // 2 if model.double[v] else price
    return np.where(price < NOTHING, share, NOTHING)


def start_price(model: Model, v: int, start: int) -> int:
    """What it costs that the visit starts then, within its window: off target, late, not as promised."""
    price = int(model.per_minute[v]) * abs(start - int(model.target[v]))
    if v in model.spans:
        late = start - max(last for first, last in model.spans[v] if first <= start)
        if late > 0 and model.per_late[v] == STRICT:
            return int(NOTHING)
        price += max(0, late) * int(model.per_late[v])
    promised, tolerance, amount = (int(x) for x in model.promised[v])
    return price + (amount if abs(start - promised) > tolerance else 0)


def waiting_rate(model: Model, carer: int, day: int) -> int:
    """Pay of a minute of waiting; nothing where the carer's pause, which is no waiting, may fall into it."""
    return 0 if (carer, day) in model.pauses else int(model.pay_rates[carer, day, 2])


def leg_cost(model: Model, carer: int) -> NDArray[np.int32]:
    """Mileage of a journey of the carer, by places."""
    legs = model.leg_class[carer]
    return model.leg_amounts[legs] if legs >= 0 else np.zeros_like(model.matrices[model.mode[carer]])


def _spell(nodes: _Nodes, shift: tuple[int, int, int, int]) -> Spell:
    """The nodes that the shift has room for, and what everything costs its carer."""
    m = nodes.model
    carer, day, begin, end = shift
    of = nodes.visits[nodes.visit]
    length = np.where(nodes.second, m.second_minutes[of], m.minutes[of, carer]).astype(np.int64)
    lo = np.maximum(m.earliest[of], begin)
    hi = np.minimum(m.latest[of], end - length)
    row = np.nonzero(m.allowed[of, carer] & (lo <= hi))[0]
    row = row[np.argsort(lo[row], kind="stable")]
    lo, hi, length, of = lo[row], hi[row], length[row], of[row]
    starts = [
        nodes.prices[nodes.visit[i]][a - m.earliest[v] : b - m.earliest[v] + 1]
        for i, v, a, b in zip(row, of, lo, hi, strict=True)
    ]
    minutes, amounts = nodes.journeys(carer)
    place, home = m.client[of], len(m.problem.clients) + carer
    contact, travel, _ = (int(rate) for rate in m.pay_rates[carer, day])
    return Spell(
        node=row.astype(np.int64),
        visit=nodes.visit[row],
        lo=lo.astype(np.int64),
        hi=hi.astype(np.int64),
        length=length,
        base=np.concatenate(([0], np.cumsum(hi - lo + 1)[:-1])).astype(np.int64),
        start_price=np.concatenate([np.zeros(0, np.int64), *starts]),
        fixed=m.charges[of, carer] + contact * length,
        place=place,
        minutes=minutes,
        amounts=amounts,
        rate=travel,
        out=int(m.home_price[carer]) * minutes[place, home].astype(np.int64),
        back=int(m.home_price[carer]) * minutes[home, place].astype(np.int64),
        waiting=waiting_rate(m, carer, day),
        cap=int(m.pay_cap[carer]),
    )
