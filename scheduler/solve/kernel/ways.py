"""How long a way takes at that hour; `scheduler.travel.rush` has the meaning. Where there are no rush hours `s.rush`
has no rows, and both are one look into the matrix."""

from __future__ import annotations

from typing import Any

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import Int, State


@inner
def _at_that_hour(s: State, m: Int, a: Int, b: Int, way: Int, leaving: Int) -> Any:
    if leaving < len(s.rush) and leaving >= 0:
        left = s.rush[leaving, 1]
        if left > 0:
            way = min(s.rush_minutes[m, a, b], left + way)
    return way


@inner
def way_from(s: State, m: Int, a: Int, b: Int, leaving: Int) -> Any:
    """Minutes from place `a` to place `b` for who leaves at this minute. Leaving later is never arriving earlier."""
    return _at_that_hour(s, m, a, b, s.minutes[m, a, b], leaving)


@inner
def way_into(s: State, m: Int, b: Int, a: Int, leaving: Int) -> Any:
    """The same as `way_from(s, m, a, b, leaving)`, quicker where many ways lead to the one place `b`."""
    return _at_that_hour(s, m, a, b, s.minutes_to[m, b, a], leaving)


@inner
def way_until(s: State, m: Int, a: Int, b: Int, arriving: Int) -> Any:
    """Minutes before `arriving` at which one leaves `a` at the latest."""
    way = s.minutes[m, a, b]
    leaving = arriving - way
    if leaving < len(s.rush) and leaving >= 0 and s.rush[leaving, 1] > 0:
        way = min(s.rush_minutes[m, a, b], way + s.rush[leaving, 0] + 1)
    return way
