"""When a visit may start, and what a start costs beside the distance from its target."""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import Int, State

ZERO = np.int64(0)


@inner
def lateness(s: State, v: Int, t: Int) -> Any:
    """Minutes past the end of the last span that has begun by `t`; the visit has spans."""
    i = 0
    while i + 1 < s.visits[v].spans and s.spans[v, i + 1, 0] <= t:
        i += 1
    return max(0, t - s.spans[v, i, 1])


@inner
def span_at(s: State, v: Int, t: Int) -> Any:
    """Which of its spans was the last to begin by `t`."""
    i = 0
    while i + 1 < s.visits[v].spans and s.spans[v, i + 1, 0] <= t:
        i += 1
    return i


@inner
def parted(s: State, v: Int, t: Int) -> Any:
    """Would visit `v`, started at `t`, be in another span than a placed visit that has to be in the same?"""
    x = s.visits[v]
    for i in range(x.link, x.link + x.links):
        o = np.int64(s.links[i, 0])
        if (
            s.links[i, 3] == 1
            and s.visits[o].placed == 1
            and span_at(s, v, t) != span_at(s, o, s.visits[o].start)
        ):
            return True
    return False


@inner
def start_price(s: State, v: Int, t: Int) -> Any:
    """Price of this start: lateness, and another time than was promised."""
    x = s.visits[v]
    price = ZERO
    if x.spans > 0 and x.per_late > 0:
        price += x.per_late * lateness(s, v, t)
    if x.moved_price > 0 and abs(t - x.promised) > x.tolerance:
        price += x.moved_price
    return price


@inner
def not_before(s: State, v: Int, t: Int) -> Any:
    """The first start from `t` on that is in a span, where the visit may never be late."""
    x = s.visits[v]
    if x.spans > 1 and x.per_late < 0:
        i = 0
        while i + 1 < x.spans and s.spans[v, i + 1, 0] <= t:
            i += 1
        if t > s.spans[v, i, 1] and i + 1 < x.spans:
            return ZERO + s.spans[v, i + 1, 0]
    return ZERO + t


@inner
def not_after(s: State, v: Int, t: Int) -> Any:
    """The last start up to `t` that is in a span, where the visit may never be late."""
    x = s.visits[v]
    if x.spans > 1 and x.per_late < 0:
        i = 0
        while i + 1 < x.spans and s.spans[v, i + 1, 0] <= t:
            i += 1
        return ZERO + min(t, s.spans[v, i, 1])
    return ZERO + t
