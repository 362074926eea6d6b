"""Model -> the kernel's records: visits, rounds and carers with nothing planned, and the tables they point into."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.kernel import layout
from scheduler.solve.model import UNLIMITED, Model

Spell = tuple[int, int, int, int]
"""A shift: carer, day, start, end."""
FAR = 10**8
"""A minute long after every period."""


def visit_records(
    m: Model, kind: NDArray[np.int32], link: NDArray[np.int32], links: NDArray[np.int32]
) -> NDArray[np.void]:
    """Every visit, unplanned. `kind`: its row in `fit`; `link` and `links`: its first row in `links` and how many."""
    visits = np.zeros(len(m.client), layout.VISIT)
    for name, values in (
        ("unallocated", m.unallocated),
        ("client", m.client),
        ("kind", kind),
        ("day", m.day),
        ("lo", m.earliest),
        ("hi", m.latest),
        ("target", m.target),
        ("per_minute", m.per_minute),
        ("double", m.double),
        ("together", m.second_minutes),
        ("must", m.must),
        ("link", link),
        ("links", links),
        ("per_late", m.per_late),
        ("promised", m.promised[:, 0]),
        ("tolerance", m.promised[:, 1]),
        ("moved_price", m.promised[:, 2]),
        ("mate", m.mate),
        ("banned", -1),
        ("tentative", layout.NEVER),
    ):
        visits[name] = values
    for v, spans in m.spans.items():
        visits["spans"][v] = len(spans)
    return visits


def span_table(m: Model) -> NDArray[np.int32]:
    """(visits, MAX_SPANS, 2): first and last start of each span."""
    spans = np.zeros((len(m.client), layout.MAX_SPANS, 2), dtype=np.int32)
    for v, asked in m.spans.items():
        spans[v, : len(asked)] = asked
    return spans


def round_records(m: Model, shifts: Sequence[Spell]) -> NDArray[np.void]:
    """Every shift as an empty round."""
    rounds = np.zeros(len(shifts), layout.ROUND)
    clients = len(m.problem.clients)
    watched = _weeks_short_of_rest(m, shifts)
    free = len(m.leg_amounts)  # the row of zeros behind the others: journeys that nobody pays a mileage for
    for to, (carer, day, start, end) in enumerate(shifts):
        r = rounds[to]
        r["carer"], r["day"], r["lo"], r["hi"] = carer, day, start, end
        r["week"] = m.week_of(day)
        r["watch_rest"] = (carer, m.week_of(day)) in watched
        r["mode"] = m.mode[carer]
        r["legs"] = m.leg_class[carer] if m.leg_class[carer] >= 0 else free
        r["home"] = clients + carer
        r["contact"], r["travel"], r["waiting"] = m.pay_rates[carer, day]
        r["cap"], r["work_cap"] = m.pay_cap[carer], m.work_cap[carer]
        r["home_price"] = m.home_price[carer]
        r["break_after"], r["break_minutes"] = m.breaks[carer]
        r["unpopular"] = start in m.unpopular_starts.get(carer, ())
        r["home_works"] = not m.home_free[carer]
        away, pause = m.away.get((carer, day)), m.pauses.get((carer, day))
        r["leave"], r["by"] = (away.leave, away.back) if away else (layout.NEVER, FAR)
        r["per_over"], r["from_leave"] = (away.per_over, away.from_leave) if away else (0, False)
        if pause:
            r["pause_lo"], r["pause_hi"], r["pause"], r["missed"] = pause
        r["spell"] = m.idle[carer, day][0] if (carer, day) in m.idle else -1
        if carer in m.floors:
            r["due"], r["costs"] = m.floor_due[carer, m.week_of(day)], m.floors[carer].costs
    return rounds


def _weeks_short_of_rest(m: Model, shifts: Sequence[Spell]) -> set[tuple[int, int]]:
    """Carers' weeks in which the shifts alone do not see to the weekly rest: only there need the search look."""
    clients = len(m.problem.clients)
    found = set()
    for carer, week in {(shift[0], m.week_of(shift[1])) for shift in shifts}:
        if not m.rest_a_week[carer] or not m.full_week(week):
            continue
        minutes = m.matrices[m.mode[carer]]
        home = clients + carer
        out = int(minutes[home, :clients].max(initial=0))
        back = int(minutes[:clients, home].max(initial=0))
        spells = [shift for shift in shifts if shift[0] == carer and m.week_of(shift[1]) == week]
        free_from = [week * 10080] + [end + back for _, _, _, end in spells]
        busy_at = [start - out for _, _, start, _ in spells] + [(week + 1) * 10080]
        if max(b - a for a, b in zip(free_from, busy_at, strict=True)) < m.rest_a_week[carer]:
            found.add((carer, week))
    return found


def carer_records(m: Model, shifts: Sequence[Spell]) -> NDArray[np.void]:
    """Every carer; `first` and `last` are rows of the shifts, which lie carer by carer."""
    carers = np.zeros(len(m.problem.carers), layout.CARER)
    owner = np.array([shift[0] for shift in shifts], dtype=np.int64)
    every = np.arange(len(carers))
    carers["first"] = np.searchsorted(owner, every, side="left")
    carers["last"] = np.searchsorted(owner, every, side="right")
    carers["rest"], carers["weekly_rest"] = m.rest, m.rest_a_week
    carers["worked_until"] = m.home_at
    for i, name in enumerate(("counts_contact", "counts_travel", "counts_waiting")):
        carers[name] = m.paid_kinds[:, i]
    return carers


def unpopular_table(m: Model) -> NDArray[np.int64]:
    """(carers, spells + 1): price of so many unpopular spells."""
    curves = m.unpopular_curve
    size = max((len(curve) for curve in curves.values()), default=2)
    table = np.zeros((len(m.problem.carers), size), dtype=np.int64)
    for carer, curve in curves.items():
        table[carer, : len(curve)] = curve
    return table


def link_table(m: Model) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Rows (other, least, most, same span) grouped by visit, both ways; first row and number of rows by visit."""
    visits = len(m.client)
    asked = [(a, b, lo, hi, 0) for a, b, lo, hi in m.links]
    asked += [(a, b, -UNLIMITED, UNLIMITED, 1) for a, b in m.span_pairs]
    both = sorted(asked + [(b, a, -hi, -lo, same) for a, b, lo, hi, same in asked])
    table = np.array([row[1:] for row in both], dtype=np.int32).reshape(-1, 4)
    owner = np.array([row[0] for row in both], dtype=np.int64)
    first = np.searchsorted(owner, np.arange(visits), side="left").astype(np.int32)
    count = np.bincount(owner, minlength=visits).astype(np.int32)
    if len(table) == 0:
        table = np.zeros((1, 4), dtype=np.int32)
    return table, first, count
