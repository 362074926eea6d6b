"""How far one visit's start can move while all others stay, and moving it."""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.solve.kernel.change import touch
from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import Int, State, Undo
from scheduler.solve.kernel.reach import stop_of
from scheduler.solve.kernel.routes import (
    first_start,
    last_end,
    round_after,
    round_before,
)
from scheduler.solve.kernel.ways import way_until


@inner
def between(s: State, to: Int, at: Int) -> Any:
    """First and last start of a stop while its neighbours and the carer's other rounds stay."""
    r = s.rounds[to]
    x = s.stops[to, at]
    if at > 0:
        p = s.stops[to, at - 1]
        lo = np.int64(p.start + p.length + x.travel)
    else:
        lo = np.int64(first_start(s, to, round_before(s, to), x.place))
    if at < r.n - 1:
        q = s.stops[to, at + 1]
        hi = np.int64(q.start - way_until(s, r.mode, x.place, q.place, q.start) - x.length)
    else:
        hi = np.int64(last_end(s, to, round_after(s, to), x.place) - x.length)
    return lo, hi


@inner
def room(s: State, v: Int, but: Int) -> Any:
    """First and last start of a visit while all others stay; the link to `but` is left out."""
    x = s.visits[v]
    lo = np.int64(x.lo)
    hi = np.int64(x.hi)
    for side in range(1 + x.double):
        to = np.int64(x.round0 if side == 0 else x.round1)
        a, b = between(s, to, stop_of(s, to, v))
        lo = max(lo, a)
        hi = min(hi, b)
    for i in range(x.link, x.link + x.links):
        o = s.links[i, 0]
        if o != but and s.visits[o].placed == 1:
            lo = max(lo, np.int64(s.visits[o].start - s.links[i, 2]))
            hi = min(hi, np.int64(s.visits[o].start - s.links[i, 1]))
    return lo, hi


@inner
def put_start(s: State, u: Undo, v: Int, t: Int) -> None:
    """Another start for a visit; its rounds are stale until they are settled."""
    x = s.visits[v]
    x.start = t
    for side in range(1 + x.double):
        to = np.int64(x.round0 if side == 0 else x.round1)
        touch(s, u, to)
        r = s.rounds[to]
        r.stale = 1
        stop = s.stops[to, stop_of(s, to, v)]
        stop.start = t
        if x.double == 1:
            stop.lo = t
            stop.hi = t
        last = s.stops[to, r.n - 1]
        r.start = s.stops[to, 0].start  # (breaks and the carer's other rounds are seen by these)
        r.end = last.start + last.length
