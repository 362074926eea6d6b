"""The second noun: who visits whom, when and for how long. Facts only: judging them is `check`'s work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scheduler.domain import Promise, Visit
from scheduler.problem import Problem


@dataclass(frozen=True, slots=True, order=True)
class Leg:
    """One carer at one visit: `start` is a minute of the period. A double-up has two legs; `second` marks the carer
    who helps, and who leaves early where only a part is done together."""

    start: int
    carer: str
    visit: str
    minutes: int
    second: bool = False

    @property
    def end(self) -> int:
        return self.start + self.minutes


@dataclass(frozen=True, eq=False)
class Rota:
    """A planned period. `legs` are sorted by start. A visit without a leg is unallocated."""

    start: date
    days: int
    legs: tuple[Leg, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "legs", tuple(sorted(self.legs)))

    @cached_property
    def legs_by_visit(self) -> dict[str, tuple[Leg, ...]]:
        """Visit id -> its legs, the leading carer's first. Unallocated visits are absent."""
        found: dict[str, list[Leg]] = defaultdict(list)
        for leg in self.legs:
            found[leg.visit].append(leg)
        return {visit: tuple(sorted(legs, key=lambda leg: leg.second)) for visit, legs in found.items()}

    @cached_property
    def legs_by_carer(self) -> dict[str, tuple[Leg, ...]]:
        """Carer id -> the carer's legs by start."""
        found: dict[str, list[Leg]] = defaultdict(list)
        for leg in self.legs:
            found[leg.carer].append(leg)
        return {carer: tuple(legs) for carer, legs in found.items()}

    def of_visit(self, visit: str) -> tuple[Leg, ...]:
        """The legs of a visit; empty when it is unallocated."""
        return self.legs_by_visit.get(visit, ())

    def unallocated(self, problem: Problem) -> tuple[Visit, ...]:
        """The problem's visits that nobody is planned for."""
        return tuple(visit for visit in problem.visits if visit.id not in self.legs_by_visit)

    def promises(self) -> tuple[Promise, ...]:
        """What clients are told when this rota is published."""
        return tuple(
            Promise(visit, legs[0].start, tuple(dict.fromkeys(leg.carer for leg in legs)))
            for visit, legs in self.legs_by_visit.items()
        )

    def with_legs(self, legs: Iterable[Leg]) -> Rota:
        """The same rota and these legs more."""
        return Rota(self.start, self.days, (*self.legs, *legs))

    def without(self, visits: Iterable[str]) -> Rota:
        """The same rota without any leg of these visits."""
        gone = set(visits)
        return Rota(self.start, self.days, tuple(leg for leg in self.legs if leg.visit not in gone))

    def only_carers(self, carers: Iterable[str]) -> Rota:
        """The part of the rota that these carers do."""
        kept = set(carers)
        return Rota(self.start, self.days, tuple(leg for leg in self.legs if leg.carer in kept))
