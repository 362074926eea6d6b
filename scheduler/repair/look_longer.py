"""A visit has been left to nobody: looked for longer, with nothing that was told in the way.

A search in which each change costs hardly ever walks through an exchange of many visits that frees one place; a search
in which they cost nothing does, and changes far more than was needed. The next one, which starts from there and in
which changes cost most, gives nearly all of that back: each change given back makes the rota cheaper by its price, and
to lose a visit again is dearer than many of them.
"""

from __future__ import annotations

import math
from dataclasses import replace

from scheduler.repair.day import Day, begun
from scheduler.repair.day_search import Effort, is_asked_for, with_all_that_has_begun
from scheduler.repair.ways import ANYBODY, GIVEN_BACK, Way
from scheduler.rota import Rota

LONGER, BACK = 0.75, 0.5
"""Work of each search for somebody and of the giving back, of a proposal's. A search that finds somebody mostly does so
early; where one does not, another that begins hotter may: two short ones found somebody more often than a long one."""


def look_longer(day: Day, start: Rota, effort: Effort) -> Rota:
    """Where the proposals go on from: `start`, the first of them, unless it leaves somebody out who was not left out
    before, and a search in which nothing that was told has a price leaves out fewer."""
    if not left_out(day, start):
        return start
    best = start
    for way in ANYBODY:
        found = _found(day, start, way, effort, LONGER)
        best = min(best, found, key=lambda rota: _lost(day, rota))
        if not left_out(day, best):
            break
    if best is start:
        return start
    return min(_found(day, best, GIVEN_BACK, effort, BACK), best, key=lambda rota: _lost(day, rota))


def left_out(day: Day, rota: Rota) -> list[str]:
    """Visits that have nobody, though they were planned this morning or an event asks for them."""
    return [visit.id for visit in rota.unallocated(day.problem) if is_asked_for(visit.id, day)]


def _found(day: Day, start: Rota, way: Way, effort: Effort, share: float) -> Rota:
    """With so much of a proposal's work."""
    seconds = None if effort.seconds is None else share * effort.seconds
    iterations = None if effort.iterations is None else math.ceil(share * effort.iterations)
    effort = replace(effort, seconds=seconds, iterations=iterations)
    return with_all_that_has_begun(day, start, way, effort)[0]


def _lost(day: Day, rota: Rota) -> tuple[int, int]:
    """Time-critical visits without anybody, and all; what has begun and was set aside has somebody."""
    done = begun(day).legs_by_visit
    left = [visit for visit in rota.unallocated(day.problem) if visit.id not in done]
    return sum(visit.time_critical for visit in left), len(left)
