"""Moments in words."""

from __future__ import annotations

from scheduler.problem import Problem
from scheduler.units import DAY, WEEKDAYS, clock


def moment(minute: int, problem: Problem) -> str:
    """'Tue 08:30'; midnight is '24:00' of the day that it ends."""
    day = (minute - 1) // DAY if minute % DAY == 0 and minute > 0 else minute // DAY
    return f"{WEEKDAYS[problem.date_of(day).weekday()]} {clock(minute)}"


def known_for(been: int) -> str:
    """How well a client is known to somebody who has been there so often."""
    if been == 1:
        return "been once before"
    return f"been {been} times before" if been else "a new face"
