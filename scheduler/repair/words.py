"""Moments in words."""

from __future__ import annotations

from scheduler.problem import Problem
from scheduler.units import DAY, WEEKDAYS, clock, end_clock


def moment(minute: int, problem: Problem) -> str:
    """'Tue 08:30', when something is or begins; midnight is '00:00' of the day that it begins."""
    return f"{WEEKDAYS[problem.date_of(minute // DAY).weekday()]} {clock(minute)}"


def end_moment(minute: int, problem: Problem) -> str:
    """'Tue 08:30', when something ends; midnight is '24:00' of the day that it ends."""
    day = (minute - 1) // DAY
    return f"{WEEKDAYS[problem.date_of(day).weekday()]} {end_clock(minute)}"


def known_for(been: int) -> str:
    """How well a client is known to somebody who has been there so often."""
    if been == 1:
        return "been once before"
    return f"been {been} times before" if been else "a new face"
