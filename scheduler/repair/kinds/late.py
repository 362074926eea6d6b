"""A carer who is late by so many minutes for whoever comes next."""

from __future__ import annotations

from scheduler.problem import Problem
from scheduler.repair.day import Day
from scheduler.repair.event import Event, Kind, Refusal, carer_name
from scheduler.units import DAY, clock, end_clock


class Late(Kind):
    """Counted from the next start that people were told, so that a second repair of the day does not add to it. A visit
    that an earlier repair gave to the carer counts from the start that it has now."""

    name = "late"
    label = "Carer late"
    wanted = ("carer", "minutes")

    def apply(self, event: Event, day: Day) -> Day:
        carer, minutes = day.problem.carer(event.carer), event.minutes or 0
        if minutes < 1:
            raise Refusal("minutes", "late by no minute is not late.", "Write 1 or more, or leave it out.")
        following = _next(carer.id, day)
        if following is None:
            raise Refusal(
                "carer",
                f"{carer.name} has no visit left that day after {clock(day.now)}.",
                "Check the carer and the time.",
            )
        free = following + minutes
        if any(begin <= free < end for begin, end in day.absent.get(carer.id, ())):
            raise Refusal(
                "carer",
                f"{carer.name} is absent at {clock(free)}, and cannot be late then.",
                "Correct one of the two.",
            )
        # (The shift as it was before anything happened: an earlier telling has cut it.)
        shift = next((s for s in day.base.shifts_of(carer.id) if s.start <= following < s.end), None)
        if shift is None or free >= shift.end:
            raise Refusal(
                "minutes",
                f"{carer.name}'s shift is over by {end_clock(free)}.",
                "Enter the carer as absent instead.",
            )
        away = max(day.now, shift.start), free
        if following > day.now and not any(
            s.start < free and s.end > following for s in day.problem.shifts_of(carer.id)
        ):
            day = day.noting(
                f"{carer.name} is late until {clock(free)} or longer already: the longest delay holds."
            )
        return day.without_carer(carer.id, away)

    def sentence(self, event: Event, problem: Problem) -> str:
        return f"{carer_name(event.carer, problem)} is {event.minutes} minutes late at {clock(event.at)} or after."


def _next(carer: str, day: Day) -> int | None:
    """The next start of the day for which the carer was announced, at first or by an earlier repair."""
    told = [(id, promise.start) for id, promise in day.problem.promises.items() if carer in promise.carers]
    first = {id for id, _ in told}
    repaired = [
        (leg.visit, leg.start)
        for leg in day.planned.legs_by_carer.get(carer, ())
        if leg.visit not in first and leg.visit in day.problem.visit_index
    ]
    return min(
        (start for id, start in (*told, *repaired) if start >= day.now and start // DAY == day.now // DAY),
        default=None,
    )
