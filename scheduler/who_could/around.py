"""One visit, the rota without it, and the corners of it in which carers are tried."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from functools import cached_property

from scheduler.domain import Link, Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding, Rule
from scheduler.who_could.corner import BY_NAME, HARD, Corner, cut


class Stage(IntEnum):
    """What a trial is judged with, one after the other."""

    ALONE = 0
    """The visit and the carer, as if there were nothing else to do."""
    DAY = 1
    """Also the carer's other visits of that day, and the visits that are linked with this one."""
    PERIOD = 2
    """Also everything else that the carer does."""
    PASSED = 3
    """Nothing was found."""


OF_PAIR = tuple(rule for rule in HARD if rule.of_pair)
TIMED = tuple(rule for rule in HARD if not rule.of_pair and type(rule).least_minutes is Rule.least_minutes)
"""The rules that one trial is judged by beside those of the pair: a trial is as long as `least_minutes` asks, and the
second carer of a double-up may stay for a part of that, so rules about the length have no more to say."""


class Around:
    """A visit that is to be placed into a rota."""

    def __init__(self, visit: Visit, rota: Rota, problem: Problem) -> None:
        self.visit = visit
        self.rota = rota.without([visit.id])
        self.problem = problem
        self._corners: dict[tuple[str, Stage], Corner] = {}
        self._single: dict[str, Visit] = {}
        self._minutes: dict[str, int] = {}
        self._of_pair: dict[str, tuple[Finding, ...]] = {}
        self._timed, self._all = list(TIMED), list(HARD)

    @cached_property
    def links(self) -> list[Link]:
        """The links of this visit."""
        return self._links_of(self.visit.id)

    @cached_property
    def linked(self) -> list[Leg]:
        """The planned legs of the visits that are linked with this one."""
        return self._linked_with(self.visit.id)

    def _links_of(self, visit: str) -> list[Link]:
        return [link for link in self.problem.links if visit in (link.first, link.second)]

    def _linked_with(self, visit: str) -> list[Leg]:
        ids = dict.fromkeys(id for link in self._links_of(visit) for id in (link.first, link.second))
        return [leg for id in ids if id != visit for leg in self.rota.of_visit(id)]

    def legs_of_day(self, carer: str) -> list[Leg]:
        """What the carer does on the day of the visit."""
        return [
            leg
            for leg in self.rota.legs_by_carer.get(carer, ())
            if self.problem.visit(leg.visit).day == self.visit.day
        ]

    def least_minutes(self, carer: str) -> int:
        """How long the visit is if this carer comes."""
        if carer not in self._minutes:
            visit, who, problem = self._for_one(carer), self.problem.carer(carer), self.problem
            self._minutes[carer] = max(1, *(rule.least_minutes(visit, who, problem) for rule in HARD))
        return self._minutes[carer]

    def try_one(self, leg: Leg) -> tuple[Stage, tuple[Finding, ...]]:
        """The first stage that finds something against this carer at this start, and one or two things that it finds.
        The visit is taken for one carer's work: whether two can come together is seen later."""
        of_pair = self.of_pair(leg.carer)
        for stage in (Stage.DAY, Stage.PERIOD):
            found = self.corner(leg.carer, stage).broken_by([leg], most=1 - len(of_pair))
            if found or of_pair:
                alone = bool(of_pair) or any(self._alone(finding, leg) for finding in found)
                return Stage.ALONE if alone else stage, of_pair + found
        return Stage.PASSED, ()

    def of_pair(self, carer: str) -> tuple[Finding, ...]:
        """What stands in this carer's way whatever the time."""
        if carer not in self._of_pair:
            leg = Leg(self.visit.preferred, carer, self.visit.id, self.least_minutes(carer))
            problem = self.corner(carer, Stage.DAY).problem
            self._of_pair[carer] = tuple(_findings(OF_PAIR, leg, problem))
        return self._of_pair[carer]

    def _alone(self, finding: Finding, leg: Leg) -> bool:
        """Does the rule find this if the carer does nothing else?"""
        problem = self.corner(leg.carer, Stage.DAY).problem
        return any(other.cure == finding.cure for other in _findings([BY_NAME[finding.rule]], leg, problem))

    def all_broken(self, legs: Sequence[Leg], moved: Sequence[Leg] = ()) -> tuple[Finding, ...]:
        """What this visit would newly break with these legs, for whoever it concerns: everything, or more than one
        thing; `moved` are the legs of another visit at a new time."""
        carers = tuple(dict.fromkeys(leg.carer for leg in (*legs, *moved)))
        beside = [leg for id in dict.fromkeys(leg.visit for leg in moved) for leg in self._linked_with(id)]
        found: tuple[Finding, ...] = ()
        for stage in (Stage.DAY, Stage.PERIOD):
            corner = self._made(
                carers, stage, self.visit, self._all, beside
            )  # (hardly any is asked for again)
            found = corner.broken_by([*legs, *moved], 1, instead_of={leg.visit for leg in moved})
            if len({finding.cure for finding in found}) > 1:
                break
        return found

    def corner(self, carer: str, stage: Stage) -> Corner:
        """Where this carer is tried."""
        if (carer, stage) not in self._corners:
            self._corners[carer, stage] = self._made((carer,), stage, self._for_one(carer), self._timed)
        return self._corners[carer, stage]

    def _for_one(self, carer: str) -> Visit:
        """The visit as work for one carer. A lock to others stands in the way where no place is left beside them."""
        if carer not in self._single:
            visit = self.visit
            fixed = visit.fixed_carers[:1] if len(visit.fixed_carers) == visit.carers else ()
            fixed = (carer,) if carer in visit.fixed_carers else fixed
            self._single[carer] = replace(visit, carers=1, together=0, fixed_carers=fixed)
        return self._single[carer]

    def _made(
        self,
        carers: tuple[str, ...],
        stage: Stage,
        visit: Visit,
        rules: list[Rule],
        beside: Sequence[Leg] = (),
    ) -> Corner:
        legs = [leg for carer in carers for leg in self._legs(carer, stage)]
        legs = list(dict.fromkeys([*legs, *self.linked, *beside]))
        return Corner(cut(self.problem, carers, visit, legs), legs, rules)

    def _legs(self, carer: str, stage: Stage) -> Iterable[Leg]:
        if stage is Stage.DAY:
            return self.legs_of_day(carer)
        return self.rota.legs_by_carer.get(carer, ())


def _findings(rules: Iterable[Rule], leg: Leg, problem: Problem) -> Iterator[Finding]:
    """What the rules say if there were but this leg."""
    rota = Rota(problem.start, problem.days, (leg,))
    for rule in rules:
        yield from rule.findings(rota, problem)
