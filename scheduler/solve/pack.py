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
from scheduler.solve.model import Model
from scheduler.solve.neighbours import by_day, candidates, client_visits, near, rounds_on
from scheduler.solve.records import (
    Spell,
    carer_records,
    link_table,
    round_records,
    span_table,
    unpopular_table,
    visit_records,
)

RUIN_CHANCE = (0.36, 0.12, 0.08, 0.10, 0.10, 0.06, 0.09, 0.05, 0.04)
"""How often each ruin is chosen (see `kernel.ruin`)."""
RUIN_CHANCE_UNTIED = (0.50, 0.14, 0.02, 0.04, 0.04, 0.06, 0.11, 0.05, 0.04)
"""The same where nothing ties a client's visits together: to take those out at once is seldom worth it."""
KNOBS = (0.02, 0.01, 0.03)
"""See `kernel.layout`: ELSEWHERE, THROUGH, STUBBORN."""


@dataclass(frozen=True)
class Packing:
    """How the kernel's rounds and links lie, by (carer, start); made once a model, for all its searches."""

    model: Model

    @cached_property
    def shifts(self) -> list[Spell]:
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
        links, first, count = link_table(m)
        worst_idle = max((price for _, price in m.idle.values()), default=0)
        state = State(
            visits=visit_records(m, self.fits[1], first, count),
            rounds=round_records(m, self.shifts),
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
            carers=carer_records(m, self.shifts),
            weeks=np.zeros((carers, weeks), layout.WEEK),
            unpopular=unpopular_table(m),
            links=links,
            spans=span_table(m),
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

    @cached_property
    def hints(self) -> Hints:
        """What the search knows beforehand: possible rounds, neighbours, each client's visits."""
        m = self.model
        possible = candidates(m, self.shifts)
        return Hints(
            possible,
            (possible >= 0).sum(axis=1),
            near(m, self.matrices[0]),
            client_visits(m),
            by_day(m, self.matrices[0]),
            np.searchsorted(np.sort(m.day), np.arange(m.problem.days + 1)).astype(np.int64),
            rounds_on(m, self.shifts),
            np.array(RUIN_CHANCE if m.ties_visits else RUIN_CHANCE_UNTIED),
            np.array(KNOBS),
        )

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


def _turned(tables: NDArray[Any]) -> NDArray[Any]:
    """Where to, then where from; the same table where both ways are alike."""
    turned = np.ascontiguousarray(tables.transpose(0, 2, 1))
    return tables if np.array_equal(turned, tables) else turned
