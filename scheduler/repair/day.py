"""The day as it is now: what was planned, what has been done of it, and what the events have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from scheduler.check import check
from scheduler.domain import Shift, Visit
from scheduler.intake.patterns import Spell, cut
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.units import DAY


@dataclass(frozen=True, slots=True)
class Slower:
    """All travel takes so many per cent more between two minutes of the period."""

    percent: int
    begins: int
    until: int


@dataclass(frozen=True)
class Day:
    """`problem` and `rota` are what is planned with; both are immutable, so each event makes a new Day.

    `base` is the problem before anything happened, `told` the rota that people were told of before the first event,
    `planned` the one that is being repaired: an earlier repair, or the same.
    `off` are visits that a stay in hospital took away, as they were asked for until then.
    `aside` are legs that have begun and that today's rules would not allow any more (a "never again" about a carer who
    came this morning), `aside_visits` their visits: facts that stay in the rota that is written, and that nobody
    judges. `cancelled`, `absent` and `in_hospital` are what later events are held against; `touched` the visits that
    events took from somebody, changed or asked for; `notes` what was merged, in sentences.
    """

    base: Problem
    told: Rota
    planned: Rota
    problem: Problem
    rota: Rota
    now: int
    aside: tuple[Leg, ...] = ()
    aside_visits: tuple[Visit, ...] = ()
    slower: tuple[Slower, ...] = ()
    cancelled: frozenset[str] = frozenset()
    absent: Mapping[str, tuple[Spell, ...]] = field(default_factory=dict)
    in_hospital: Mapping[str, int] = field(default_factory=dict)
    off: tuple[Visit, ...] = ()
    touched: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    def has_begun(self, visit: str) -> bool:
        """Has somebody begun this visit by now, as planned?"""
        legs = self.rota.of_visit(visit)
        return bool(legs) and legs[0].start < self.now

    def is_over(self, visit: str) -> bool:
        """Was this visit over by now, as planned?"""
        legs = self.rota.of_visit(visit)
        return bool(legs) and max(leg.end for leg in legs) <= self.now

    def begun(self, carer: str) -> list[Leg]:
        """The carer's legs that have begun by now."""
        return [leg for leg in self.rota.legs_by_carer.get(carer, ()) if leg.start < self.now]

    def noting(self, sentence: str) -> Day:
        """The day with something more to be said about it."""
        return replace(self, notes=(*self.notes, sentence))

    def touching(self, visits: Iterable[str]) -> Day:
        """The day with these visits counted among those that the events are about."""
        return replace(self, touched=self.touched | set(visits))

    def without_visits(self, visits: Iterable[str]) -> Day:
        """Nobody is asked to do these visits any more."""
        gone = set(visits)
        return replace(
            self, problem=without_visits(self.problem, gone), rota=self.rota.without(gone)
        ).touching(gone)

    def with_visits(self, visits: Iterable[Visit]) -> Day:
        """These visits are asked for, in place of those of the same ids."""
        new = {visit.id: visit for visit in visits}
        kept = tuple(new.pop(visit.id, visit) for visit in self.problem.visits)
        ids = {visit.id for visit in visits}
        return replace(self, problem=self.problem.replace(visits=(*kept, *new.values()))).touching(ids)

    def without_carer(self, carer: str, away: Spell) -> Day:
        """The carer is away then; what has begun is kept to its end."""
        begins = max([away[0], *(leg.end for leg in self.begun(carer) if leg.end > away[0])])
        if begins >= away[1]:
            return self
        lost = {
            leg.visit
            for leg in self.rota.legs_by_carer.get(carer, ())
            if leg.start >= self.now and leg.start < away[1] and leg.end > begins
        }
        return replace(self, problem=cut_shifts(self.problem, {carer: [(begins, away[1])]})).touching(lost)

    def recorded(self) -> Problem:
        """The problem to keep beside a rota that holds what was set aside as done, too."""
        return self.problem.replace(visits=(*self.problem.visits, *self.aside_visits))


def begin(problem: Problem, rota: Rota, now: int, told: Rota | None = None) -> Day:
    """The day before anything happened. `told`: what people were told at first, where `rota` is a repair of that."""
    told = told or rota
    return Day(problem, told, rota, problem.replace(published=told.promises()), rota, now)


def settle(day: Day) -> Day:
    """Set aside what has begun and what the rules, as they are now, would not allow: done is done."""
    known = begun(day).without(id for id in begun(day).legs_by_visit if id not in day.problem.visit_index)
    broken = set(begun(day).legs_by_visit) - set(known.legs_by_visit)
    while found := {f.visit for f in check(known, day.problem).hard if f.visit in known.legs_by_visit}:
        broken |= found
        known = known.without(found)
    return set_aside(day, broken)


def begun(day: Day) -> Rota:
    """The part of the rota that has begun by now."""
    return Rota(day.rota.start, day.rota.days, tuple(leg for leg in day.rota.legs if leg.start < day.now))


def set_aside(day: Day, gone: set[str]) -> Day:
    """The day with these visits, which have begun, out of everybody's way, as they are."""
    aside = tuple(leg for leg in day.rota.legs if leg.visit in gone)
    # Whoever is still under way is not free before its end.
    under_way = [leg for leg in aside if leg.end > day.now]
    problem = busy_with(under_way, without_visits(day.problem, gone))
    visits = {visit.id: visit for visit in (*day.base.visits, *day.problem.visits) if visit.id in gone}
    return replace(
        day,
        problem=problem,
        rota=day.rota.without(gone),
        aside=(*day.aside, *(leg for leg in aside if leg.visit in visits)),
        aside_visits=(*day.aside_visits, *visits.values()),
    )


def without_visits(problem: Problem, gone: set[str]) -> Problem:
    """The problem without these visits, and without the links that name them."""
    if not gone:
        return problem
    return problem.replace(
        visits=tuple(visit for visit in problem.visits if visit.id not in gone),
        links=tuple(link for link in problem.links if link.first not in gone and link.second not in gone),
    )


def busy_with(legs: Iterable[Leg], problem: Problem) -> Problem:
    """The problem with everybody's shifts outside these legs."""
    away: dict[str, list[Spell]] = defaultdict(list)
    for leg in legs:
        away[leg.carer].append((leg.start, leg.end))
    return cut_shifts(problem, away) if away else problem


def cut_shifts(problem: Problem, away: Mapping[str, list[Spell]]) -> Problem:
    """The problem with the shifts of these carers outside these spells."""
    shifts: list[Shift] = []
    for shift in problem.shifts:
        pieces = cut([(shift.start, shift.end)], away.get(shift.carer, []))
        shifts += [Shift(shift.carer, shift.day, start, end) for start, end in pieces]
    return problem.replace(shifts=tuple(shifts))


def end_of_day(minute: int) -> int:
    """The midnight after that minute of the period."""
    return (minute // DAY + 1) * DAY
