"""Each carer's schedule line by line: visits, travel and rest breaks told apart, as regulation 41 of the Welsh
Regulated Services Regulations 2017 asks of every provider there, and as carers everywhere need it.

A gap is a rest break where one is due (the round is longer than the law lets pass without one) and the gap is long
enough; any other gap is waiting. Home legs are told so that nobody leaves too late: they are no working time of the
minimum wage (regulation 34) and are in no total.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from scheduler.pay import Counted, counted
from scheduler.problem import Problem
from scheduler.report.carers import ForCarer, for_carers
from scheduler.report.words import labels, tasks
from scheduler.rota import Rota
from scheduler.rounds import Round, Stop
from scheduler.settings import Settings
from scheduler.units import hours


class What(StrEnum):
    """What a line of a schedule is."""

    OUT = "From home"
    BACK = "To home"
    VISIT = "Visit"
    TRAVEL = "Travel"
    WAITING = "Waiting"
    BREAK = "Rest break"


@dataclass(frozen=True, slots=True)
class Line:
    """Minutes of the period from `start` to `end`; `paid` minutes of it by the carer's terms; `metres` on the road."""

    day: int
    start: int
    end: int
    what: What
    where: str
    paid: int = 0
    metres: int = 0
    note: str = ""

    @property
    def minutes(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Schedule:
    """One carer's schedule with everything that the totals are made of."""

    person: ForCarer
    lines: tuple[Line, ...]

    def minutes(self, what: What) -> int:
        """Minutes of all such lines."""
        return sum(line.minutes for line in self.lines if line.what is what)

    @property
    def paid(self) -> int:
        """Paid minutes of all lines; contracted minutes that are not worked come on top."""
        return sum(line.paid for line in self.lines)

    @property
    def metres(self) -> int:
        """Metres between visits: those that mileage is for."""
        return sum(line.metres for line in self.lines if line.what is What.TRAVEL)

    @property
    def expected_pay(self) -> int:
        """Pay, extras, contracted hours not worked, and mileage (sixtieths of a penny), each to the whole penny."""
        return self.person.expected_pay


def schedules(rota: Rota, problem: Problem) -> tuple[Schedule, ...]:
    """Every carer's, in the problem's order, also of those without a visit."""
    names, people = labels(problem.carers), labels(problem.clients)
    return tuple(
        Schedule(
            person=person,
            lines=tuple(
                line for trip in person.rounds for line in _lines(trip, rota, problem, names, people)
            ),
        )
        for person in for_carers(rota, problem)
    )


def _lines(
    trip: Round, rota: Rota, problem: Problem, names: dict[str, str], people: dict[str, str]
) -> Iterator[Line]:
    terms = counted(trip.carer.pay.basis, problem.settings)
    pause = _pause(trip, problem.settings)
    first = people[trip.stops[0].visit.client]
    yield Line(trip.day, trip.leaves_home, trip.start, What.OUT, f"To {first}")
    end = trip.start
    for stop in trip.stops:
        yield from _between(trip.day, stop, end, terms, pause, people[stop.visit.client])
        end = stop.leg.end
        yield Line(
            day=trip.day,
            start=stop.leg.start,
            end=end,
            what=What.VISIT,
            where=_place(stop, problem, people),
            paid=stop.leg.minutes,
            note=_note(stop, rota, names),
        )
    yield Line(trip.day, end, end + trip.home_back, What.BACK, "")


def _between(day: int, stop: Stop, end: int, terms: Counted, pause: int, client: str) -> Iterator[Line]:
    """The way to a stop and the gap before it, from the end of the stop before."""
    if stop.travel:
        late = f"Only {hours(stop.travel + stop.gap)} are left for it." if stop.gap < 0 else ""
        paid = stop.travel if terms.travel else 0
        yield Line(day, end, end + stop.travel, What.TRAVEL, f"To {client}", paid, stop.metres, late)
    if stop.waiting:
        what = What.BREAK if pause and stop.waiting >= pause else What.WAITING
        paid = min(stop.waiting, terms.waiting_cap)
        yield Line(day, stop.leg.start - stop.waiting, stop.leg.start, what, "", paid)


def _pause(trip: Round, settings: Settings) -> int:
    """How long a break is due within the round; 0 where none is."""
    young = trip.carer.young
    after = settings.young_break_after if young else settings.break_after
    return (
        (settings.young_break_minutes if young else settings.break_minutes)
        if trip.end - trip.start > after
        else 0
    )


def _place(stop: Stop, problem: Problem, people: dict[str, str]) -> str:
    client = problem.client(stop.visit.client)
    return f"{people[client.id]}, {client.place.label}" if client.place.label else people[client.id]


def _note(stop: Stop, rota: Rota, names: dict[str, str]) -> str:
    visit = stop.visit
    others = [names[leg.carer] for leg in rota.of_visit(visit.id) if leg.carer != stop.leg.carer]
    told = [f"With {', '.join(others)}."] if others else []
    if visit.carers == 2 and not others:
        told.append("The second carer is missing.")
    if visit.time_critical:
        told.append("Time-critical.")
    if visit.tasks:
        listed = tasks(visit)
        told.append(f"{listed[0].upper()}{listed[1:]}.")
    return " ".join(told)
