"""What a rota means on the road: each carer's rounds with travel, gaps and home legs.

This is data that every reading of a rota shares (rules, cost, measures, maps, schedules); it compares and judges
nothing. A round is the ordered visits of one carer in one shift; one that begins outside every shift (who clocks in a
minute early) is of the nearest of its day, so that the way to it and from it is not lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from scheduler.domain import Carer, Shift, Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota


@dataclass(frozen=True, slots=True)
class Stop:
    """One leg within a round. `travel` (minutes) and `metres` lead to it from the stop before (0 at the first);
    `gap` is the time left after that travel, and negative where the carer cannot be there in time."""

    leg: Leg
    visit: Visit
    travel: int
    metres: int
    gap: int

    @property
    def waiting(self) -> int:
        return max(self.gap, 0)


@dataclass(frozen=True)
class Round:
    """`shift` is None where the carer has none that day. Home legs (minutes, metres) lie outside the round."""

    carer: Carer
    day: int
    shift: Shift | None
    stops: tuple[Stop, ...]
    home_out: int
    home_back: int
    home_metres: int

    @property
    def start(self) -> int:
        return self.stops[0].leg.start

    @property
    def end(self) -> int:
        return max(stop.leg.end for stop in self.stops)

    @property
    def leaves_home(self) -> int:
        return self.start - self.home_out

    @property
    def is_home(self) -> int:
        return self.end + self.home_back

    @cached_property
    def contact(self) -> int:
        return sum(stop.leg.minutes for stop in self.stops)

    @cached_property
    def travel(self) -> int:
        return sum(stop.travel for stop in self.stops)

    @cached_property
    def metres(self) -> int:
        return sum(stop.metres for stop in self.stops)

    @cached_property
    def waiting(self) -> int:
        return sum(stop.waiting for stop in self.stops)

    def counted_waiting(self, cap: int) -> int:
        """Waiting with each gap counted up to `cap` minutes."""
        return sum(min(stop.waiting, cap) for stop in self.stops)


@lru_cache(maxsize=16)
def rounds(rota: Rota, problem: Problem) -> tuple[Round, ...]:
    """All rounds, by carer (in the problem's order) and start. Both nouns are immutable, so the answer is kept."""
    found: list[Round] = []
    for carer in problem.carers:
        shifts = problem.shifts_of(carer.id)
        groups: dict[tuple[int, Shift | None], list[Leg]] = {}
        for leg in rota.legs_by_carer.get(carer.id, ()):
            day = problem.visit(leg.visit).day
            groups.setdefault((day, _shift_of(leg, day, shifts)), []).append(leg)
        for (day, shift), legs in groups.items():
            found.append(_round(carer, day, shift, legs, problem))
    order = problem.carer_index
    return tuple(sorted(found, key=lambda r: (order[r.carer.id], r.start)))


def _shift_of(leg: Leg, day: int, shifts: tuple[Shift, ...]) -> Shift | None:
    """The shift in which the leg begins, else the nearest one of its day."""
    for shift in shifts:
        if shift.start <= leg.start < shift.end:
            return shift
    todays = (shift for shift in shifts if shift.day == day)
    return min(todays, key=lambda s: max(s.start - leg.start, leg.start - s.end), default=None)


def _round(carer: Carer, day: int, shift: Shift | None, legs: list[Leg], problem: Problem) -> Round:
    matrix, mode = problem.travel[carer.mode], carer.mode
    home = problem.home_of(carer.id)
    stops: list[Stop] = []
    before: Leg | None = None
    at = home
    for leg in legs:
        visit = problem.visit(leg.visit)
        to = problem.place_of_client(visit.client)
        travel = problem.way(mode, at, to, before.end) if before else 0
        metres = int(matrix.metres[at, to]) if before else 0
        gap = leg.start - before.end - travel if before else 0
        stops.append(Stop(leg, visit, travel, metres, gap))
        before, at = leg, to
    first = problem.place_of_client(stops[0].visit.client)
    end = max(leg.end for leg in legs)
    return Round(
        carer=carer,
        day=day,
        shift=shift,
        stops=tuple(stops),
        home_out=problem.way_before(mode, home, first, stops[0].leg.start),
        home_back=problem.way(mode, at, home, end),
        home_metres=int(matrix.metres[home, first]) + int(matrix.metres[at, home]),
    )
