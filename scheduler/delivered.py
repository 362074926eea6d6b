"""What was delivered beside what was planned: clocked visits, and which of them were late, early, short or missed.

Times are minutes of the period. A planned carer of whom no row tells is `UNRECORDED`, not missed: monitoring has gaps,
and nobody should be blamed for a hole in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain import Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota


class Fault(StrEnum):
    """What can be wrong with one carer's part of a visit."""

    MISSED = "missed"
    LATE = "late"
    EARLY = "early"
    SHORT = "short"
    UNRECORDED = "not recorded"
    UNPLANNED = "not planned"


@dataclass(frozen=True, slots=True)
class Actual:
    """One carer at one visit as clocked. Without a start nobody came."""

    visit: str
    carer: str
    start: int | None
    end: int | None

    @property
    def minutes(self) -> int:
        """How long the carer was there."""
        return 0 if self.start is None or self.end is None else self.end - self.start


@dataclass(frozen=True, slots=True)
class Delivery:
    """A planned leg (None: nobody was planned) beside what was clocked (None: nothing was)."""

    visit: Visit
    leg: Leg | None
    actual: Actual | None
    faults: frozenset[Fault]

    @property
    def carer(self) -> str:
        """Who came, or else who was to come."""
        if self.actual is not None:
            return self.actual.carer
        return self.leg.carer if self.leg is not None else ""

    @property
    def off(self) -> int | None:
        """Minutes after the planned start; before it below zero. None where one of the two is not known."""
        if self.leg is None or self.actual is None or self.actual.start is None:
            return None
        return self.actual.start - self.leg.start

    @property
    def missing(self) -> int:
        """Minutes that the client was owed and did not get."""
        if self.leg is None or Fault.UNRECORDED in self.faults:
            return 0
        return max(0, self.leg.minutes - (self.actual.minutes if self.actual else 0))


def deliveries(rota: Rota, actuals: Sequence[Actual], problem: Problem) -> tuple[Delivery, ...]:
    """Every planned leg with what became of it, and what was done without being planned, by visit. A carer who came in
    another's place is set beside that leg."""
    clocked: dict[str, list[Actual]] = defaultdict(list)
    for row in actuals:
        clocked[row.visit].append(row)
    found = []
    for visit in problem.visits:
        legs, rows = list(rota.of_visit(visit.id)), clocked[visit.id]
        own = {row.carer: row for row in rows}
        spare = [row for row in rows if row.carer not in {leg.carer for leg in legs}]
        for leg in legs:
            actual: Actual | None = own.get(leg.carer)
            if (actual is None or actual.start is None) and spare:
                actual = spare.pop(0)
            found.append(Delivery(visit, leg, actual, _faults(leg, actual, problem)))
        found += [
            Delivery(visit, None, row, frozenset({Fault.UNPLANNED})) for row in spare if row.start is not None
        ]
    return tuple(found)


def _faults(leg: Leg, actual: Actual | None, problem: Problem) -> frozenset[Fault]:
    if actual is None:
        return frozenset({Fault.UNRECORDED})
    if actual.start is None:
        return frozenset({Fault.MISSED})
    off, tolerance = actual.start - leg.start, problem.settings.told_tolerance
    told = {
        Fault.LATE: off > tolerance,
        Fault.EARLY: off < -tolerance,
        Fault.SHORT: leg.minutes - actual.minutes > problem.settings.short_tolerance,
    }
    return frozenset(fault for fault, holds in told.items() if holds)


def delivered_rota(actuals: Sequence[Actual], problem: Problem) -> Rota:
    """What was done, as a rota: judged by the same rules and measures as the plan. Who stayed longest leads."""
    rows: dict[str, list[Actual]] = defaultdict(list)
    for actual in actuals:
        if actual.start is not None and actual.minutes > 0:
            rows[actual.visit].append(actual)
    return Rota(
        problem.start,
        problem.days,
        tuple(
            Leg(row.start, row.carer, visit, row.minutes, second=i > 0)
            for visit, found in rows.items()
            for i, row in enumerate(sorted(found, key=lambda row: (-row.minutes, row.carer)))
            if row.start is not None
        ),
    )
