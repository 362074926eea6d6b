"""Every carer at one visit, at every start worth trying."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scheduler.domain import Carer, Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding
from scheduler.settings import Settings
from scheduler.units import DAY
from scheduler.who_could.around import Around, Stage
from scheduler.who_could.corner import BY_NAME

STEP = 15
"""Minutes between the starts that are tried."""
BEYOND = 90
"""How far outside the visit's window starts are tried too, to see whether a longer window would do."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One carer at the visit at one start: `broken` is what that would newly break at that stage, empty if nothing.
    `second`: as the one who helps for a part of a double-up."""

    carer: Carer
    start: int
    minutes: int
    stage: Stage
    broken: tuple[Finding, ...]
    second: bool = False

    @property
    def free(self) -> bool:
        return self.stage is Stage.PASSED


def trials(
    visit: Visit, rota: Rota, problem: Problem, also: Iterable[int] = ()
) -> dict[str, tuple[Trial, ...]]:
    """Carer id -> the carer at the visit at each start worth trying and those in `also`, the visit taken for one
    carer's work: whether two can come together is for the caller to see. The first trial is at the preferred start."""
    around = Around(visit, rota, problem)
    found = {carer.id: _tried(carer, around) for carer in problem.carers}
    free = {trial.start for own in found.values() for trial in own if trial.free}
    for carer in problem.carers:
        own = found[carer.id]
        # Two must find the same minute: where one is free the others are tried too.
        together = free if visit.carers == 2 and not _hopeless(carer, around) else set()
        for start in sorted({*also, *together} - {trial.start for trial in own}):
            own += _trial(carer, start, around)
    return {id: tuple(own) for id, own in found.items()}


def nearest_free(
    visit: Visit,
    rota: Rota,
    problem: Problem,
    wanted: int,
    only_then: bool = False,
    second: bool = False,
    carers: Iterable[str] | None = None,
) -> dict[str, Trial]:
    """Carer id -> the carer at the visit at the free start within its window that is nearest to the one that is wanted
    (`only_then`: at no other; `second`: also as the one who helps for a part; `carers`: of these alone); carers without
    one are left out. The
    nearest are tried first, so that whoever is free takes few trials, where `trials` tries everything for everybody."""
    around = Around(visit, rota, problem)
    asked = problem.carers if carers is None else [problem.carer(id) for id in carers]
    found = {carer.id: _first_free(carer, wanted, only_then, second, around) for carer in asked}
    return {id: trial for id, trial in found.items() if trial is not None}


def _first_free(carer: Carer, wanted: int, only_then: bool, second: bool, around: Around) -> Trial | None:
    visit = around.visit
    if _hopeless(carer, around) or not any(s.day == visit.day for s in around.problem.shifts_of(carer.id)):
        return None
    starts = {wanted} if only_then else {wanted, visit.preferred, visit.earliest, visit.latest}
    if not only_then:
        starts |= {*_starts(carer, around), *_linked_starts(around)}
    waiting = [(abs(start - wanted), start) for start in starts if visit.earliest <= start <= visit.latest]
    heapq.heapify(waiting)
    seen = set(waiting)
    while waiting:
        tried = _trial(carer, heapq.heappop(waiting)[1], around)
        for trial in tried if second else tried[:1]:
            if trial.free:
                return trial
        for start in () if only_then else _hints(tried[0], visit):
            one = abs(start - wanted), start
            if one not in seen:
                seen.add(one)
                heapq.heappush(waiting, one)
    return None


def _tried(carer: Carer, around: Around) -> list[Trial]:
    visit = around.visit
    found = _trial(carer, visit.preferred, around)
    if _hopeless(carer, around):
        return found
    on_shift = any(shift.day == visit.day for shift in around.problem.shifts_of(carer.id))
    if not on_shift and len(found[0].broken) == 1:
        return found  # an extra spell then is all it takes
    edges = {visit.earliest, visit.latest, *_linked_starts(around)}
    starts = edges | set(_starts(carer, around)) if on_shift else edges
    done = {visit.preferred}
    while starts - done:
        new = [trial for start in sorted(starts - done) for trial in _trial(carer, start, around)]
        found += new
        done |= starts
        starts = {start for trial in new for start in _hints(trial, visit)}
    return found


def _hopeless(carer: Carer, around: Around) -> bool:
    """Does something stand in the way, whatever the time, that nobody may change?"""
    return any(BY_NAME[finding.rule].effort is None for finding in around.of_pair(carer.id))


def _trial(carer: Carer, start: int, around: Around) -> list[Trial]:
    """The carer at that start; where that cannot be and the visit is done together in part, also as the helper."""
    visit = around.visit
    minutes = around.least_minutes(carer.id)
    found = [Trial(carer, start, minutes, *around.try_one(Leg(start, carer.id, visit.id, minutes)))]
    if found[0].broken and 0 < visit.together < minutes:
        shorter = Leg(start, carer.id, visit.id, visit.together, second=True)
        found.append(Trial(carer, start, visit.together, *around.try_one(shorter), second=True))
    return found


def _starts(carer: Carer, around: Around) -> Iterable[int]:
    """Starts within the window and a while beyond it; the first and last moment around the carer's own visits, with
    and without a break, and in each shift."""
    visit, problem = around.visit, around.problem
    found = set(range(visit.earliest - BEYOND, visit.latest + BEYOND + 1, STEP))
    found |= {visit.fixed_start} if visit.fixed_start is not None else set()
    minutes = around.least_minutes(carer.id)
    for shift in problem.shifts_of(carer.id):
        found |= {shift.start, shift.end - minutes}
    here = problem.place_of_client(visit.client)
    pause = _break(carer, problem.settings)
    for leg in around.legs_of_day(carer.id):
        there = problem.place_of_client(problem.visit(leg.visit).client)
        after = leg.end + problem.way(carer.mode, there, here, leg.end)
        before = leg.start - problem.way_before(carer.mode, here, there, leg.start) - minutes
        found |= {after, before}
        found |= {
            start for start in (after + pause, before - pause) if visit.earliest <= start <= visit.latest
        }
    return [start for start in found if _worth_trying(start, visit)]


def _linked_starts(around: Around) -> list[int]:
    """The first and last moments that linked visits leave."""
    visit = around.visit
    planned = {leg.visit: leg.start for leg in around.linked if not leg.second}
    starts = []
    for link in around.links:
        for apart in (link.at_least, link.at_most):
            if apart is not None and link.first in planned:
                starts.append(planned[link.first] + link.offset + apart)
            if apart is not None and link.second in planned:
                starts.append(planned[link.second] - link.offset - apart)
    return [start for start in starts if _worth_trying(start, visit)]


def _worth_trying(start: int, visit: Visit) -> bool:
    return visit.earliest - BEYOND <= start <= visit.latest + BEYOND and start // DAY == visit.day


def _break(carer: Carer, settings: Settings) -> int:
    return settings.young_break_minutes if carer.young else settings.break_minutes


def _hints(trial: Trial, visit: Visit) -> Iterator[int]:
    """A night's rest, say, that lacks so many minutes: so much earlier or later there may be enough of it."""
    for finding in trial.broken:
        if not finding.visit and BY_NAME[finding.rule].unit.startswith("minutes"):
            for start in (trial.start - finding.amount, trial.start + finding.amount):
                if visit.earliest <= start <= visit.latest:
                    yield start


def best_trial(tried: Iterable[Trial], visit: Visit) -> Trial:
    """The trial that comes furthest and breaks least, within the window if possible, nearest to the preferred
    start."""
    return min(
        tried,
        key=lambda trial: (
            -trial.stage,
            len(trial.broken),
            not visit.earliest <= trial.start <= visit.latest,
            abs(trial.start - visit.preferred),
        ),
    )
