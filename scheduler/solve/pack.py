"""Model -> the kernel's state, and the kernel's best -> Rota."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.rota import Leg, Rota
from scheduler.solve.kernel import layout
from scheduler.solve.kernel.doors import reckon
from scheduler.solve.kernel.layout import Best, Hints, State
from scheduler.solve.kernel.rng import seeded
from scheduler.solve.model import UNLIMITED, Model

RUIN_CHANCE = (0.36, 0.12, 0.08, 0.10, 0.10, 0.06, 0.09, 0.05, 0.04)
"""How often each ruin is chosen (see `kernel.search.ruin`)."""
KNOBS = (0.02, 0.01)
"""See `kernel.layout`: ELSEWHERE, THROUGH."""
NEAR = 40
"""Neighbours kept a visit."""
FAR = 10**8
"""A minute long after every period."""
SLOT_WEIGHT = 0.25
"""How many minutes of travel one minute apart on the clock is worth when neighbours are chosen."""


@dataclass(frozen=True)
class Packing:
    """How the kernel's rounds and links lie, by (carer, start); made once a model, for all its searches."""

    model: Model

    @cached_property
    def shifts(self) -> list[tuple[int, int, int, int]]:
        """The model's shifts (carer, day, start, end) in the kernel's order."""
        return sorted(self.model.shifts, key=lambda shift: (shift[0], shift[2]))

    @cached_property
    def matrices(self) -> list[NDArray[np.int32]]:
        """Travel minutes by mode: one table at least, also where there is nobody to travel."""
        places = len(self.model.problem.clients) + len(self.model.problem.carers)
        return self.model.matrices or [np.zeros((places, places), dtype=np.int32)]

    # What no search changes is shared by all of them.

    @cached_property
    def fits(self) -> tuple[NDArray[np.void], NDArray[np.int32]]:
        """How long a visit takes whom, and what that costs beside the pay: (kinds of visits, carers), and each visit's
        kind. A client's visits are often alike, and a small table stays near the processor."""
        fit = np.zeros(self.model.allowed.shape, layout.FIT)
        np.multiply(self.model.minutes, self.model.allowed, out=fit["length"])
        fit["charge"] = self.model.charges
        kinds: dict[bytes, int] = {}
        kind = np.array([kinds.setdefault(row.tobytes(), len(kinds)) for row in fit], dtype=np.int32)
        return np.frombuffer(bytearray(b"".join(kinds)), layout.FIT).reshape(len(kinds), fit.shape[1]), kind

    @cached_property
    def minutes(self) -> NDArray[np.int16]:
        """(modes, places, places)."""
        return np.stack(self.matrices, dtype=np.int16, casting="unsafe")

    @cached_property
    def rush_minutes(self) -> NDArray[np.int16]:
        """The same in a rush hour; without any the very same."""
        m = self.model
        if not len(m.rush_clock) or not m.rush_matrices:
            return self.minutes
        rows = [m.rush_matrices[mode] for mode in range(len(m.matrices))]
        return np.stack(rows, dtype=np.int16, casting="unsafe")

    @cached_property
    def amounts(self) -> NDArray[np.int32]:
        """(rates, places, places): the last row is of journeys that nobody pays a mileage for."""
        return np.stack(
            [*self.model.leg_amounts, np.zeros_like(self.matrices[0])], dtype=np.int32, casting="unsafe"
        )

    @cached_property
    def minutes_to(self) -> NDArray[np.int16]:
        """(modes, places to, places from)."""
        return _turned(self.minutes)

    @cached_property
    def amounts_to(self) -> NDArray[np.int32]:
        """(rates, places to, places from)."""
        return _turned(self.amounts)

    def state(self, seed: int) -> State:
        """A state with nothing planned."""
        m, p = self.model, self.model.problem
        carers, clients, weeks = len(p.carers), len(p.clients), p.weeks
        links, first, count = self._links()
        worst_idle = max((price for _, price in m.idle.values()), default=0)
        state = State(
            visits=self._visits(first, count),
            rounds=self._rounds(),
            stops=np.zeros((len(self.shifts), layout.MAX_STOPS), layout.STOP),
            fit=self.fits[0],
            minutes=self.minutes,
            rush_minutes=self.rush_minutes,
            rush=m.rush_clock,
            amounts=self.amounts,
            minutes_to=self.minutes_to,
            amounts_to=self.amounts_to,
            pairs=np.zeros((clients, carers), layout.PAIR),
            curve=m.curve.copy(),
            curve_here=m.curve_here.copy(),
            clients=np.zeros(clients, layout.CLIENT),
            carers=self._carers(),
            weeks=np.zeros((carers, weeks), layout.WEEK),
            unpopular=self._unpopular(),
            links=links,
            spans=self._spans(),
            loads=np.zeros((len(self.shifts), 3), dtype=np.int32),
            coupling=np.array([m.worst_late, worst_idle, m.imbalance, m.rich, m.regular, 0], dtype=np.int64),
            totals=np.array([m.idle_price(), 0], dtype=np.int64),
            scratch=np.zeros(11, dtype=np.int64),
            rng=seeded(seed),
        )
        reckon(state)
        state.pairs["price"] = m.pair_price
        state.pairs["recent"] = m.recent
        state.clients["distinct"] = m.recent.sum(axis=1)
        state.clients["once"] = m.once
        state.weeks["limit"] = m.limit
        for i, name in enumerate(("below", "per_below", "above", "per_above")):
            state.weeks[name] = m.paid_prices[:, :, i]
        for k, floor in m.floors.items():
            state.weeks["earned"][k], state.weeks["per_missing"][k] = floor.earned, floor.price
        for i, name in enumerate(("first", "past", "least")):
            state.weeks[name] = m.floor_weeks[:, :, i]
        return state

    def _visits(self, link: NDArray[np.int32], links: NDArray[np.int32]) -> NDArray[np.void]:
        m = self.model
        visits = np.zeros(len(m.client), layout.VISIT)
        for name, values in (
            ("unallocated", m.unallocated),
            ("client", m.client),
            ("kind", self.fits[1]),
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

    def _spans(self) -> NDArray[np.int32]:
        spans = np.zeros((len(self.model.client), layout.MAX_SPANS, 2), dtype=np.int32)
        for v, asked in self.model.spans.items():
            spans[v, : len(asked)] = asked
        return spans

    def _rounds(self) -> NDArray[np.void]:
        m = self.model
        rounds = np.zeros(len(self.shifts), layout.ROUND)
        clients = len(m.problem.clients)
        watched = self._weeks_short_of_rest()
        free = len(
            m.leg_amounts
        )  # the row of zeros behind the others: journeys that nobody pays a mileage for
        for to, (carer, day, start, end) in enumerate(self.shifts):
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
                r["due"], r["costs"] = m.floors[carer].due, m.floors[carer].costs
        return rounds

    def _weeks_short_of_rest(self) -> set[tuple[int, int]]:
        """Carers' weeks in which the shifts alone do not see to the weekly rest: only there need the search look."""
        m = self.model
        clients = len(m.problem.clients)
        found = set()
        for carer, week in {(shift[0], m.week_of(shift[1])) for shift in self.shifts}:
            if not m.rest_a_week[carer] or not m.full_week(week):
                continue
            minutes = m.matrices[m.mode[carer]]
            home = clients + carer
            out = int(minutes[home, :clients].max(initial=0))
            back = int(minutes[:clients, home].max(initial=0))
            spells = [shift for shift in self.shifts if shift[0] == carer and m.week_of(shift[1]) == week]
            free_from = [week * 10080] + [end + back for _, _, _, end in spells]
            busy_at = [start - out for _, _, start, _ in spells] + [(week + 1) * 10080]
            if max(b - a for a, b in zip(free_from, busy_at, strict=True)) < m.rest_a_week[carer]:
                found.add((carer, week))
        return found

    def _carers(self) -> NDArray[np.void]:
        m = self.model
        carers = np.zeros(len(m.problem.carers), layout.CARER)
        owner = np.array([shift[0] for shift in self.shifts], dtype=np.int64)
        every = np.arange(len(carers))
        carers["first"] = np.searchsorted(owner, every, side="left")
        carers["last"] = np.searchsorted(owner, every, side="right")
        carers["rest"], carers["weekly_rest"] = m.rest, m.rest_a_week
        carers["worked_until"] = m.home_at
        for i, name in enumerate(("counts_contact", "counts_travel", "counts_waiting")):
            carers[name] = m.paid_kinds[:, i]
        return carers

    def _unpopular(self) -> NDArray[np.int64]:
        curves = self.model.unpopular_curve
        size = max((len(curve) for curve in curves.values()), default=2)
        table = np.zeros((len(self.model.problem.carers), size), dtype=np.int64)
        for carer, curve in curves.items():
            table[carer, : len(curve)] = curve
        return table

    def _links(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """Rows (other, least, most, same span) grouped by visit, both ways; first row and number of rows by visit."""
        visits = len(self.model.client)
        asked = [(a, b, lo, hi, 0) for a, b, lo, hi in self.model.links]
        asked += [(a, b, -UNLIMITED, UNLIMITED, 1) for a, b in self.model.span_pairs]
        both = sorted(asked + [(b, a, -hi, -lo, same) for a, b, lo, hi, same in asked])
        table = np.array([row[1:] for row in both], dtype=np.int32).reshape(-1, 4)
        owner = np.array([row[0] for row in both], dtype=np.int64)
        first = np.searchsorted(owner, np.arange(visits), side="left").astype(np.int32)
        count = np.bincount(owner, minlength=visits).astype(np.int32)
        if len(table) == 0:
            table = np.zeros((1, 4), dtype=np.int32)
        return table, first, count

    @cached_property
    def hints(self) -> Hints:
        """What the search knows beforehand: possible rounds, neighbours, each client's visits."""
        candidates = self._candidates()
        day = self.model.day
        return Hints(
            candidates,
            (candidates >= 0).sum(axis=1),
            self._near(),
            self._client_visits(),
            np.argsort(day, kind="stable").astype(np.int32),
            np.searchsorted(np.sort(day), np.arange(self.model.problem.days + 1)).astype(np.int64),
            self._rounds_on(),
            np.array(RUIN_CHANCE),
            np.array(KNOBS),
        )

    def _candidates(self) -> NDArray[np.int32]:
        m = self.model
        carer, day, start, end = np.array(self.shifts, dtype=np.int64).reshape(-1, 4).T
        rows = []
        for v in range(len(m.client)):
            need = m.minutes[v, carer]
            if m.second_minutes[v]:  # the carer may be the one who helps
                need = np.minimum(need, m.second_minutes[v])
            fits = (
                (day == m.day[v])
                & m.allowed[v, carer]
                & (start <= m.latest[v])
                & (end >= m.earliest[v] + need)
                & (m.earliest[v] <= m.latest[v])
            )
            rows.append(np.nonzero(fits)[0])
        return _padded(rows)

    def _near(self) -> NDArray[np.int32]:
        m = self.model
        near = np.full((len(m.client), NEAR), -1, dtype=np.int32)
        minutes = self.matrices[0]
        for day in np.unique(m.day):
            of_day = np.nonzero(m.day == day)[0]
            place, target = m.client[of_day], m.target[of_day]
            kept = min(NEAR, len(of_day) - 1)
            for v in range(len(of_day) if kept > 0 else 0):
                apart = minutes[place[v], place] + SLOT_WEIGHT * np.abs(target[v] - target)
                apart[v] = np.inf
                near[of_day[v], :kept] = of_day[np.argsort(apart, kind="stable")[:kept]]
        return near

    def _client_visits(self) -> NDArray[np.int32]:
        m = self.model
        return _padded([np.nonzero(m.client == c)[0] for c in range(len(m.problem.clients))])

    def _rounds_on(self) -> NDArray[np.int32]:
        carers, days = len(self.model.problem.carers), self.model.problem.days
        rows: list[list[int]] = [[] for _ in range(carers * days)]
        for to, (carer, day, _start, _end) in enumerate(self.shifts):
            rows[carer * days + day].append(to)
        table = _padded([np.array(row, dtype=np.intp) for row in rows])
        return table.reshape(carers, days, table.shape[1])

    def rota(self, best: Best, state: State) -> Rota:
        """The kernel's best as facts."""
        p = self.model.problem
        legs = []
        for to, (carer, _day, _start, _end) in enumerate(self.shifts):
            for stop in best.stops[to, : best.n[to]]:
                legs.append(
                    Leg(
                        start=int(stop["start"]),
                        carer=p.carers[carer].id,
                        visit=p.visits[stop["visit"]].id,
                        minutes=int(stop["length"]),
                        second=bool(stop["second"]),
                    )
                )
        return Rota(p.start, p.days, tuple(legs))


def _padded(rows: list[NDArray[np.intp]]) -> NDArray[np.int32]:
    """Rows of different length as one table with -1 behind each, and at least one -1."""
    width = max((len(row) for row in rows), default=0) + 1
    table = np.full((len(rows), width), -1, dtype=np.int32)
    for i, row in enumerate(rows):
        table[i, : len(row)] = row
    return table


def _turned(tables: NDArray[Any]) -> NDArray[Any]:
    """Where to, then where from; the same table where both ways are alike."""
    turned = np.ascontiguousarray(tables.transpose(0, 2, 1))
    return tables if np.array_equal(turned, tables) else turned
