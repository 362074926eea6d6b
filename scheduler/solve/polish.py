"""The last step of a search: each visit at the best minute of its window, with everybody else left where they are.

The search looks at the starts that something hangs on: a wish, a neighbour, the end of a window. Where prices jump, as
at a break or where waiting begins to be paid, the best start can be another one, behind starts that cost more.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np

from scheduler.solve.search import Search

REACH = 720
"""Minutes before and after its start in which better ones are looked for. Windows of people are shorter than half a
day, and where lateness has a price a window has no end."""


def polish(search: Search, seconds: float = math.inf, stopped: Callable[[], bool] = lambda: False) -> None:
    """Move one visit after the other to its cheapest start, until none has a better one, the time is over or somebody
    stops it. The search stands at its best rota, which becomes the better one; what it may not move stays."""
    until = time.monotonic() + seconds
    visits = search.state.visits
    movable = np.nonzero((visits["placed"] == 1) & (visits["locked"] == 0))[0]
    before = math.inf
    while search.price_now < before:
        before = search.price_now
        for v in movable:
            if time.monotonic() > until or stopped():
                break
            _move(search, int(v))
    if search.price_now < search.price:
        search.note_best()


def _move(search: Search, v: int) -> None:
    price = search.price_now
    start, lead, second = search.take_out(v)
    first = max(int(search.model.earliest[v]), start - REACH)
    last = min(int(search.model.latest[v]), start + REACH)
    totals = search.prices_at(v, range(first, last + 1), lead, second)
    cheapest = int(totals.argmin())
    search.adopt(v, first + cheapest if totals[cheapest] < price else start, lead, second)
