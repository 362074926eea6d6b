"""A road that is closed, snow, a match day: all travel takes longer for a while."""

from __future__ import annotations

from dataclasses import replace

from scheduler.problem import Problem
from scheduler.repair.day import Day, Slower, end_of_day
from scheduler.repair.event import Event, Kind, Refusal
from scheduler.repair.words import end_moment, moment


class Roads(Kind):
    """Where two tellings overlap the slower one holds."""

    name = "roads"
    label = "Slower roads"
    wanted = ("percent",)
    allowed = ("begins", "until")

    def apply(self, event: Event, day: Day) -> Day:
        slower = slower_of(event)
        if not 1 <= slower.percent <= 500:
            raise Refusal("percent", "travel takes 1 to 500 per cent longer.", "Write 30 for 30 % longer.")
        if slower.until <= slower.begins:
            raise Refusal("until", "it ends before it begins.", "Correct begins or until.")
        if slower in day.slower:
            return day.noting("The roads are that slow already: told twice, taken once.")
        if slower.begins >= end_of_day(day.now) or slower.until > end_of_day(day.now):
            day = day.noting(
                "Slower roads are planned with on the day of the repair only: for another day repair again on that day."
            )
        return replace(day, slower=(*day.slower, slower))

    def sentence(self, event: Event, problem: Problem) -> str:
        slower = slower_of(event)
        return (
            f"All travel takes {slower.percent} % longer from {moment(slower.begins, problem)} "
            f"to {end_moment(slower.until, problem)}."
        )


def slower_of(event: Event) -> Slower:
    """From when until when: without an end to the end of that day."""
    begins = event.at if event.begins is None else event.begins
    return Slower(event.percent or 0, begins, end_of_day(begins) if event.until is None else event.until)
