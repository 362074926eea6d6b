"""The last step of a search: each visit at the best minute of its window, with everybody else left where they are.

The search looks at the starts that something hangs on: a wish, a neighbour, the end of a window. Where prices jump, as
at a break or where waiting begins to be paid, the best start can be another one, behind starts that cost more.
"""

from __future__ import annotations

import math
import time

import numpy as np

from scheduler.solve.insertions import NEVER
from scheduler.solve.kernel.doors import open_change, take, try_starts
from scheduler.solve.search import Search


def polish(search: Search, seconds: float = math.inf) -> None:
    """Move one visit after the other to its cheapest start, until none has a better one or the time is over. The
    search stands at its best rota, which becomes the better one; what it may not move stays."""
    until = time.monotonic() + seconds
    visits = search.state.visits
    movable = np.nonzero((visits["placed"] == 1) & (visits["locked"] == 0))[0]
    before = math.inf
    while search.price_now < before:
        before = search.price_now
        for v in movable:
            if time.monotonic() > until:
                break
            _move(search, int(v))
    search.note_best()


def _move(search: Search, v: int) -> None:
    visit, model = search.state.visits[v], search.model
    start, price, lead = int(visit["start"]), search.price_now, int(visit["round0"])
    second = int(visit["round1"]) if model.double[v] else lead
    first = int(model.earliest[v])
    totals = np.full(int(model.latest[v]) - first + 1, NEVER, dtype=np.int64)
    open_change(search.state, search.undo)
    take(search.state, search.undo, v)
    try_starts(search.state, search.undo, search.desk, v, first, lead, second, totals)
    cheapest = int(totals.argmin())
    search.adopt(v, first + cheapest if totals[cheapest] < price else start, lead, second)
