"""A visit that the client, the family or the council cancels."""

from __future__ import annotations

from dataclasses import replace

from scheduler.problem import Problem
from scheduler.repair.day import Day
from scheduler.repair.event import Event, Kind, Refusal, visit_name
from scheduler.repair.known import known_visit
from scheduler.units import clock, hours


class Cancelled(Kind):
    """The notice is the time from the call to the start that was told: what a contract, and one day the Employment
    Rights Act 2025, pays by."""

    name = "cancelled"
    label = "Visit cancelled"
    wanted = ("visit",)

    def apply(self, event: Event, day: Day) -> Day:
        if event.visit in day.cancelled:
            return day.noting(f"Visit {event.visit} is cancelled already: told twice, taken once.")
        visit = known_visit(event, day)
        if day.has_begun(visit.id):
            done = "is over" if day.is_over(visit.id) else "is under way"
            raise Refusal(
                "visit",
                f"it began at {clock(day.rota.of_visit(visit.id)[0].start)} and {done} by {clock(day.now)}.",
                "Enter what was delivered with `careround delivered`, or correct the time.",
            )
        legs = day.rota.of_visit(visit.id)
        start = legs[0].start if legs else visit.preferred
        client = day.problem.client(visit.client).name
        day = day.noting(f"{client}: cancelled with {hours(max(start - event.at, 0))} notice.")
        day = replace(day, cancelled=day.cancelled | {visit.id})
        return day.without_visits([visit.id])

    def sentence(self, event: Event, problem: Problem) -> str:
        return f"Cancelled: {visit_name(event.visit, problem)} ({event.visit})."
