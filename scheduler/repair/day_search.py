"""One search of the day, the way that somebody asks for: what has begun stays, and so do all other days."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scheduler.check import check
from scheduler.domain import Promise
from scheduler.problem import Problem
from scheduler.repair.day import Day, begun, set_aside, without_visits
from scheduler.repair.slow import merged, slow_now, with_slow_roads
from scheduler.repair.ways import Way, priced
from scheduler.rota import Rota
from scheduler.solve import solve
from scheduler.units import DAY

EXACT = 500
"""Where iterations are counted CP-SAT, which has no end by the clock then, is asked up to so many visits only."""


@dataclass(frozen=True)
class Effort:
    """How a proposal is looked for: see `propose`."""

    locked: frozenset[str]
    seconds: float | None
    iterations: int | None
    seed: int
    workers: int


def with_all_that_has_begun(day: Day, start: Rota, way: Way, effort: Effort) -> tuple[Rota, Day]:
    """A rota that keeps every visit that has begun, looked for from `start` on. Where the rules are against some of
    them only together with the rest (a week's hours, say), those are set aside, since they are facts, and the rest is
    planned without them."""
    rota = searched(day, start, way, effort)
    lost = {id for id, legs in begun(day).legs_by_visit.items() if rota.of_visit(id) != legs}
    if not lost:
        return rota, day
    day = set_aside(day, lost)
    return searched(day, start, way, effort), day


def searched(day: Day, start: Rota, way: Way, effort: Effort) -> Rota:
    """Only the days that the events are about are searched; all others stay as they are."""
    days = affected_days(day)
    day = replace(day, rota=settled(start, day))
    kept = {
        id
        for id, legs in day.rota.legs_by_visit.items()
        if day.problem.visit(id).day not in days or (id in effort.locked and id not in day.touched)
    }

    def plan(problem: Problem, start: Rota) -> Rota:
        return solve(
            problem,
            start=start,
            locked=kept & set(start.legs_by_visit),
            frozen_before=day.now,
            seconds=effort.seconds,
            iterations=effort.iterations,
            seed=effort.seed,
            workers=effort.workers,
            teams=False,
            heat=way.heat,
            until_placed=not way.promises,
            exact=effort.iterations is None or len(problem.visits) <= EXACT,
        ).rota

    # Nothing may move on other days, and the search would try again and again; and whoever had nobody before is no
    # reason to go on where nothing that is changed has a price.
    left = day.rota.unallocated(day.problem)
    unasked = {v.id for v in left if v.day not in days or not (way.promises or is_asked_for(v.id, day))}
    asked = without_visits(day.problem, unasked)
    problem = priced(asked.replace(published=_last_told(day, way) if way.promises else ()), way)
    if slow_now(day) is None:
        return plan(problem, day.rota)
    if days != {day.now // DAY}:  # what lies on other days is mended by the ordinary way first
        day = replace(day, rota=plan(problem, day.rota))
    part, start = with_slow_roads(problem, day)
    return merged(plan(part, start), part, day)


def affected_days(day: Day) -> set[int]:
    """The days with something to mend: a visit that an event took from somebody or asked for, or one with which the
    rules, as they are now, find fault. Today is always among them. A visit of another day that had nobody before
    anything happened is no reason to tell people of that day anything this morning."""
    broken = {f.visit for f in check(day.rota, day.problem).hard if f.visit}
    about = (broken | day.touched) & set(day.problem.visit_index)
    return {day.now // DAY} | {day.problem.visit(id).day for id in about}


def is_asked_for(visit: str, day: Day) -> bool:
    """Had the visit somebody before, or is an event about it?"""
    return bool(day.planned.of_visit(visit)) or visit in day.touched


def _last_told(day: Day, way: Way) -> tuple[Promise, ...]:
    """What people believe now: what an earlier repair of the day told them, else what they were told at first. A start
    that moved too little to be told of is as it was told (where each minute counts, as its carer knows it)."""
    first, tolerance = day.problem.promises, min(day.problem.settings.told_tolerance, way.tolerance)

    def last(promise: Promise) -> Promise:
        told = first.get(promise.visit)
        same = told is not None and set(told.carers) == set(promise.carers)
        return told if told and same and abs(told.start - promise.start) <= tolerance else promise

    return tuple(last(one) for one in day.planned.promises() if one.visit in day.problem.visit_index)


def settled(rota: Rota, day: Day) -> Rota:
    """What was planned before, without what was set aside: nobody is told of that."""
    return rota.without({leg.visit for leg in day.aside})
