"""Where an iteration begins: for a while in one corner of the town on one day, so that what is needed stays near the
processor, however large the town."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import Hints, Int, State
from scheduler.solve.kernel.rng import below

STRETCH, AREA = 256, 60
"""Iterations that begin in one corner, and how many visits it has. (The way through the town now and then leaps: then a
corner lies in two places.)"""


@inner
def movable_by_day(s: State, h: Hints, movable: NDArray[np.int64], first: NDArray[np.int64]) -> Any:
    """Fill in who may be moved, day by day in the order of the hints, and where each day begins. How many those are."""
    n = 0
    for day in range(len(first) - 1):
        first[day] = n
        for i in range(h.first_of_day[day], h.first_of_day[day + 1]):
            if s.visits[h.by_day[i]].locked == 0:
                movable[n] = h.by_day[i]
                n += 1
    first[-1] = n
    return n


@inner
def corner_at(s: State, it: Int, free: Int, corner: Int) -> Any:
    """Where among the `free` movable ones the corner of iteration `it` begins: where it did, or anew."""
    return below(s.rng, free) if it % STRETCH == 0 else corner


@inner
def seed_of(s: State, movable: NDArray[np.int64], first_of_day: NDArray[np.int64], corner: Int) -> Any:
    """A visit to begin at: one of the AREA of one day from `corner` on, the last of the day followed by its first."""
    day = s.visits[movable[corner]].day
    first = first_of_day[day]
    many = first_of_day[day + 1] - first
    return movable[first + (corner - first + below(s.rng, min(many, AREA))) % many]
