"""A carer who is ill, or away for another reason, from now until ..."""

from __future__ import annotations

from dataclasses import replace

from scheduler.problem import Problem
from scheduler.repair.day import Day, end_of_day
from scheduler.repair.event import Event, Kind, Refusal, carer_name
from scheduler.repair.words import end_moment, moment


class Absent(Kind):
    """Visits that have begun are kept. Two absences that touch are one."""

    name = "absent"
    label = "Carer absent"
    wanted = ("carer",)
    allowed = ("begins", "until")

    def apply(self, event: Event, day: Day) -> Day:
        carer = day.problem.carer(event.carer)
        away = spell_of(event)
        if away[1] <= away[0]:
            raise Refusal("until", "the absence ends before it begins.", "Correct begins or until.")
        own = day.absent.get(carer.id, ())
        if any(begin <= away[0] and away[1] <= end for begin, end in own):
            return day.noting(f"{carer.name} is absent then already: told twice, taken once.")
        if any(begin <= away[1] and away[0] <= end for begin, end in own):
            day = day.noting(f"Two absences of {carer.name} touch and were taken as one.")
        day = replace(day, absent={**day.absent, carer.id: (*own, away)})
        return day.without_carer(carer.id, away)

    def sentence(self, event: Event, problem: Problem) -> str:
        begins, until = spell_of(event)
        return (
            f"{carer_name(event.carer, problem)} is absent from {moment(begins, problem)} "
            f"to {end_moment(until, problem)}."
        )


def spell_of(event: Event) -> tuple[int, int]:
    """From when until when: without a beginning from now on, without an end to the end of that day."""
    begins = event.at if event.begins is None else event.begins
    return begins, end_of_day(begins) if event.until is None else event.until
