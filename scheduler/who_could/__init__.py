"""Who could do a visit, when, and what stands in the way: every carer tried against every hard rule.

Nothing here knows the solver or names a rule: a carer is put at the visit at many starts, and the rules themselves say
what that would break.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import combinations

import numpy as np

from scheduler.domain import Carer, PastVisit, Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules import RULES
from scheduler.rules.base import Finding, Level, Rule
from scheduler.travel.base import Matrix
from scheduler.units import DAY

HARD: tuple[Rule, ...] = tuple(rule for rule in RULES if rule.level is Level.HARD)
STEP = 15
"""Minutes between the starts that are tried."""
BEYOND = 90
"""How far outside the visit's window starts are tried too, to see whether a longer window would do."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One carer at the visit at one start: `broken` is what that would newly break, empty if nothing."""

    carer: Carer
    start: int
    minutes: int
    broken: tuple[Finding, ...]

    @property
    def free(self) -> bool:
        return not self.broken


@dataclass(frozen=True, slots=True)
class Change:
    """A single change that would place the visit: the half sentence, and how hard it is for people (lower: easier)."""

    sentence: str
    effort: int
    trials: tuple[Trial, ...]


def trials(visit: Visit, rota: Rota, problem: Problem) -> dict[str, tuple[Trial, ...]]:
    """Carer id -> the carer at the visit at each start worth trying, the visit taken for one carer's work: whether two
    can come together is for the caller to see."""
    alone = replace(visit, carers=1, together=0, fixed_carers=visit.fixed_carers[:1])
    others = rota.without([visit.id])
    return {carer.id: tuple(_try(carer, alone, others, problem)) for carer in problem.carers}


def _try(carer: Carer, visit: Visit, rota: Rota, whole: Problem) -> Iterator[Trial]:
    """Most starts are ruled out by the day itself and the days beside it; only what passes there is tried against
    the carer's whole week."""
    linked = {id for link in whole.links for id in (link.first, link.second) if visit.id in (link.first, link.second)}
    legs = dict.fromkeys(
        [*rota.legs_by_carer.get(carer.id, ()), *(leg for id in linked for leg in rota.of_visit(id))]
    )
    week = _Corner(whole, carer, visit, list(legs))
    near = [leg for leg in legs if leg.visit in linked or abs(leg.start // DAY - visit.day) <= 1]
    days = _Corner(whole, carer, visit, near)
    minutes = max(1, max(rule.least_minutes(visit, carer, days.problem) for rule in HARD))

    def tried(start: int) -> Trial:
        leg = Leg(start, carer.id, visit.id, minutes)
        return Trial(carer, start, minutes, days.broken_by(leg) or week.broken_by(leg))

    at_preferred = tried(visit.preferred)
    on_shift = any(shift.day == visit.day for shift in days.problem.shifts_of(carer.id))
    if not on_shift or any(problem_of_pair(finding) for finding in at_preferred.broken):
        yield at_preferred
        return
    for start in _starts(carer, visit, minutes, days):
        yield tried(start)


class _Corner:
    """The part of a problem that these legs and this visit touch, so that hundreds of trials cost little."""

    def __init__(self, whole: Problem, carer: Carer, visit: Visit, legs: list[Leg]) -> None:
        self.problem = _corner(whole, carer, visit, legs)
        self.own = Rota(whole.start, whole.days, tuple(legs))

    @cached_property
    def _before(self) -> frozenset[Finding]:
        return frozenset(_hard(self.own, self.problem))

    def broken_by(self, leg: Leg) -> tuple[Finding, ...]:
        """What this leg more would newly break."""
        found = _hard(self.own.with_legs([leg]), self.problem)
        return tuple(finding for finding in found if finding not in self._before)


def _corner(problem: Problem, carer: Carer, visit: Visit, legs: list[Leg]) -> Problem:
    carers = [problem.carer(id) for id in dict.fromkeys([carer.id, *(leg.carer for leg in legs)])]
    visits = {id: problem.visit(id) for id in dict.fromkeys(leg.visit for leg in legs)} | {visit.id: visit}
    clients = [problem.client(id) for id in dict.fromkeys(v.client for v in visits.values())]
    rows = [problem.client_index[client.id] for client in clients] + [problem.home_of(c.id) for c in carers]
    pick = np.ix_(rows, rows)
    modes = {c.mode for c in carers}
    ids = {client.id for client in clients}
    return problem.replace(
        clients=tuple(clients),
        carers=tuple(carers),
        visits=tuple(visits.values()),
        shifts=tuple(shift for c in carers for shift in problem.shifts_of(c.id)),
        travel={
            mode: Matrix(problem.travel[mode].minutes[pick], problem.travel[mode].metres[pick]) for mode in modes
        },
        links=tuple(link for link in problem.links if link.first in visits and link.second in visits),
        ties=tuple(tie for tie in problem.ties if tie.client in ids),
        history=tuple(
            past
            for c in carers
            for past in _history_of(problem).get(c.id, ())
            if past.client in ids or past.day >= -1
        ),
    )


@lru_cache(maxsize=4)
def _history_of(problem: Problem) -> dict[str, list[PastVisit]]:
    found: dict[str, list[PastVisit]] = {}
    for past in problem.history:
        found.setdefault(past.carer, []).append(past)
    return found


def problem_of_pair(finding: Finding) -> bool:
    """Does the finding stand whatever the time: can nobody, or only slow work such as training, cure it?"""
    return next(rule for rule in HARD if rule.name == finding.rule).of_pair


def _starts(carer: Carer, visit: Visit, minutes: int, corner: _Corner) -> list[int]:
    """Starts within the window (and a while beyond it), and the first and last moment around the carer's own visits."""
    problem = corner.problem
    lo, hi = visit.earliest - BEYOND, visit.latest + BEYOND
    found = {visit.preferred, visit.earliest, visit.latest, *range(lo, hi + 1, STEP)}
    matrix = problem.travel[carer.mode].minutes
    here = problem.place_of_client(visit.client)
    for leg in corner.own.legs_by_carer.get(carer.id, ()):
        there = problem.place_of_client(problem.visit(leg.visit).client)
        found |= {leg.end + int(matrix[there, here]), leg.start - int(matrix[here, there]) - minutes}
    for shift in problem.shifts_of(carer.id):
        found |= {shift.start, shift.end - minutes}
    return sorted(start for start in found if lo <= start <= hi and start // DAY == visit.day)


def _hard(rota: Rota, problem: Problem) -> Iterator[Finding]:
    for rule in HARD:
        yield from rule.findings(rota, problem)


def best_trial(tried: tuple[Trial, ...], visit: Visit) -> Trial:
    """The trial that breaks least, within the window if possible, nearest to the preferred start."""
    return min(
        tried,
        key=lambda trial: (
            len(trial.broken),
            not visit.earliest <= trial.start <= visit.latest,
            abs(trial.start - visit.preferred),
        ),
    )


def single_changes(visit: Visit, tried: dict[str, tuple[Trial, ...]]) -> list[Change]:
    """Every single change that would place the visit, easiest first."""
    by_start: dict[int, list[Trial]] = {}
    for carer_trials in tried.values():
        for trial in carer_trials:
            if len(trial.broken) <= 1 and all(_effort(finding) is not None for finding in trial.broken):
                by_start.setdefault(trial.start, []).append(trial)
    found: dict[str, Change] = {}
    for start, able in by_start.items():
        for group in combinations(sorted(able, key=lambda t: len(t.broken))[:8], visit.carers):
            broken = {finding.cure: finding for trial in group for finding in trial.broken}
            if len(broken) > 1:
                continue
            cure, finding = next(iter(broken.items()), ("", None))
            effort = 0 if finding is None else 1000 * (_effort(finding) or 0) + finding.amount
            effort = 10 * effort + min(9, abs(start - visit.preferred) // 30)
            if cure not in found or effort < found[cure].effort:
                found[cure] = Change(cure, effort, group)
    return sorted(found.values(), key=lambda change: change.effort)


def _effort(finding: Finding) -> int | None:
    return next(rule.effort for rule in HARD if rule.name == finding.rule)
