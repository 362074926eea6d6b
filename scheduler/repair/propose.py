"""At most three ways on from a day: each a rota that breaks nothing hard, with what it changes and what that costs."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from scheduler.check import Report, check
from scheduler.domain import Promise
from scheduler.problem import Problem
from scheduler.repair.day import Day, begun, set_aside, without_visits
from scheduler.repair.slow import merged, slow_now, with_slow_roads
from scheduler.repair.tell import Tell, people_to_tell
from scheduler.repair.ways import WAYS, Way, priced
from scheduler.repair.words import moment
from scheduler.rota import Rota
from scheduler.rules import RULES
from scheduler.solve import solve
from scheduler.units import DAY, pounds

ITERATIONS = 40_000
"""Work of the search for one proposal: four seconds on a week of 2,400 visits where nobody else is at work. (With a
fifth of it a visit is left to nobody here and there for which a free plan finds somebody: `benchmarks repair`.)"""
EXACT = 500
"""Where iterations are counted CP-SAT, which has no end by the clock then, is asked up to so many visits only."""


@dataclass(frozen=True)
class Proposal:
    """One way on. `rota` is what is planned with (`Day.problem`), `written` the same with what was set aside as done.
    `unallocated_before` counts the visits that had nobody before anything happened. `tell` are the people to whom
    something changes, `changed` counts the visits of which a client is told something else than before, and
    `changed_in_all` those of which it is something else than was told at first, earlier repairs of the day included;
    `differences` are the sentences on every visit. `report` is the checker's by the agency's own prices, `more` what
    the rota then costs more than before the events (sixtieths of a penny), `money` the part of it that leaves the
    agency. `seconds` is what it took."""

    name: str
    label: str
    rota: Rota
    written: Rota
    report: Report
    unallocated: tuple[str, ...]
    unallocated_before: int
    tell: tuple[Tell, ...]
    changed: int
    changed_in_all: int
    differences: tuple[str, ...]
    more: int
    money: int
    seconds: float

    def __str__(self) -> str:
        clients = sum(1 for tell in self.tell if tell.who == "client")
        in_all = f" ({self.changed_in_all} in all)" if self.changed_in_all != self.changed else ""
        left = "every visit has somebody"
        if self.unallocated:
            left = f"{len(self.unallocated)} without anybody ({self.unallocated_before} before)"
        return (
            f"{self.label}: {_count(self.changed, 'promise')} changed{in_all}, {_count(clients, 'client')} and "
            f"{_count(len(self.tell) - clients, 'carer')} to tell, {left}, {pounds(abs(self.money))} "
            f"{'more' if self.money >= 0 else 'less'} money ({self.seconds:.1f} s)."
        )


def propose(
    day: Day,
    locked: Collection[str] = (),
    iterations: int = ITERATIONS,
    seconds: float | None = None,
    seed: int = 1,
    workers: int = 2,
) -> Iterator[Proposal]:
    """The proposals, the one with fewest changes first, each as soon as it is there; one that is the same as another is
    left out. The others go on from the first, so that whoever has somebody by then is not lost again. `locked` visits
    stay as they are unless an event is about them. The same day gives the same proposals, unless the work is counted in
    `seconds`."""
    seen: set[tuple[object, ...]] = set()
    before = check(_known(day.planned, day.base), day.base)
    start = day.rota
    for way in WAYS:
        begun_at = time.monotonic()
        rota, day = _with_all_that_has_begun(
            day,
            start,
            way,
            Effort(frozenset(locked), seconds, iterations if seconds is None else None, seed, workers),
        )
        start = start if seen else rota
        if rota.legs in seen:
            continue
        seen.add(rota.legs)
        written, report = rota.with_legs(day.aside), check(rota, day.problem)
        after = check(written, day.recorded()) if day.aside else report
        planned, told_first = _settled(day.planned, day), _settled(day.told, day)
        told = people_to_tell(planned, rota, day.problem, day.base)
        yield Proposal(
            name=way.name,
            label=way.label,
            rota=rota,
            written=written,
            report=report,
            unallocated=tuple(visit.id for visit in rota.unallocated(day.problem)),
            unallocated_before=len(day.planned.unallocated(day.base)),
            tell=tuple(told),
            changed=_promises(told, day.planned),
            changed_in_all=_promises(people_to_tell(told_first, rota, day.problem, day.base), day.told),
            differences=tuple(differences(planned, rota, day.problem, day.base)),
            more=after.total - before.total,
            money=_money(after) - _money(before),
            seconds=time.monotonic() - begun_at,
        )


@dataclass(frozen=True)
class Effort:
    """How a proposal is looked for: see `propose`."""

    locked: frozenset[str]
    seconds: float | None
    iterations: int | None
    seed: int
    workers: int


def _with_all_that_has_begun(day: Day, start: Rota, way: Way, effort: Effort) -> tuple[Rota, Day]:
    """A rota that keeps every visit that has begun, looked for from `start` on. Where the rules are against some of
    them only together with the rest (a week's hours, say), those are set aside, since they are facts, and the rest is
    planned without them."""
    rota = _searched(day, start, way, effort)
    lost = {id for id, legs in begun(day).legs_by_visit.items() if rota.of_visit(id) != legs}
    if not lost:
        return rota, day
    day = set_aside(day, lost)
    return _searched(day, start, way, effort), day


def _searched(day: Day, start: Rota, way: Way, effort: Effort) -> Rota:
    """Only the days that the events are about are searched; all others stay as they are."""
    days = affected_days(day)
    day = replace(day, rota=_settled(start, day))
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
            exact=effort.iterations is None or len(problem.visits) <= EXACT,
        ).rota

    # Nothing may move there, and the search would try again and again.
    elsewhere = {visit.id for visit in day.rota.unallocated(day.problem) if visit.day not in days}
    asked = without_visits(day.problem, elsewhere)
    problem = priced(asked.replace(published=_last_told(day, way)), way)
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


def differences(before: Rota, after: Rota, problem: Problem, earlier: Problem) -> Iterator[str]:
    """A sentence on every visit that is done otherwise, in order of time."""
    found = []
    for id in dict.fromkeys([*before.legs_by_visit, *after.legs_by_visit]):
        old, new = before.of_visit(id), after.of_visit(id)
        if old != new:
            known = problem if id in problem.visit_index else earlier
            found.append((min(leg.start for leg in (*old, *new)), _difference(id, before, after, known)))
    yield from (sentence for _, sentence in sorted(found))


def _difference(id: str, before: Rota, after: Rota, problem: Problem) -> str:
    old, new = before.of_visit(id), after.of_visit(id)
    whose = problem.client(problem.visit(id).client).name

    def who(rota: Rota) -> str:
        legs = rota.of_visit(id)
        names = " and ".join(problem.carer(leg.carer).name for leg in legs)
        return f"{names}, {moment(legs[0].start, problem)} for {legs[0].minutes} minutes"

    if not new:
        return f"{whose}: nobody; it was {who(before)}."
    if not old:
        return f"{whose}: {who(after)}; nobody was planned."
    return f"{whose}: {who(after)}; it was {who(before)}."


def _known(rota: Rota, problem: Problem) -> Rota:
    """The part of the rota that the problem before the events knows: an earlier repair may have taken in a package."""
    legs = (leg for leg in rota.legs if leg.visit in problem.visit_index)
    return Rota(rota.start, rota.days, tuple(legs))


def _last_told(day: Day, way: Way) -> tuple[Promise, ...]:
    """What people believe now: what an earlier repair of the day told them, else what they were told at first. A start
    that moved too little to be told of is as it was told (where each minute counts, as its carer knows it)."""
    first, tolerance = day.problem.promises, min(day.problem.settings.told_tolerance, way.tolerance)

    def last(promise: Promise) -> Promise:
        told = first.get(promise.visit)
        same = told is not None and set(told.carers) == set(promise.carers)
        return told if told and same and abs(told.start - promise.start) <= tolerance else promise

    return tuple(last(one) for one in day.planned.promises() if one.visit in day.problem.visit_index)


def _settled(rota: Rota, day: Day) -> Rota:
    """What was planned before, without what was set aside: nobody is told of that."""
    return rota.without({leg.visit for leg in day.aside})


def _promises(told: Iterable[Tell], before: Rota) -> int:
    """Visits of that rota of which a client is told something else."""
    return len({id for one in told if one.who == "client" for id in one.visits if before.of_visit(id)})


def _money(report: Report) -> int:
    """What leaves the agency, in sixtieths of a penny."""
    rules = {rule.name for rule in RULES if rule.money}
    return sum(finding.price for finding in report.findings if finding.rule in rules)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
