"""Which rounds are worth a look for one visit."""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import Desk, Hints, Int, State
from scheduler.solve.kernel.rng import below, uniform

EVERYWHERE, ELSEWHERE = 0.06, 40
"""How often so many rounds anywhere are looked at, rather than those near by."""
NEAREST, ENOUGH, FAMILIAR, ANYWHERE = 16, 10, 6, 3
"""Otherwise: rounds of the nearest visits (of so many, or until so many rounds), of the carers at so many of the
client's visits, and at random."""


@inner
def _into_pool(d: Desk, to: Int, n: Int) -> Any:
    """The pool's new size."""
    if d.stamp[to] != d.stamp[-1]:
        d.stamp[to] = d.stamp[-1]
        d.pool[n] = to
        n += 1
    return n


@inner
def gather(s: State, h: Hints, d: Desk, v: Int, wide: bool) -> Any:
    """Put into the pool the rounds worth looking at: those of visits near in place and time, those of carers whom the
    client sees anyway, and a few at random; all of them if `wide`, and now and then only random ones. So the work
    does not grow with the size of the town."""
    x = s.visits[v]
    all_of_them = h.candidates[v]
    n = 0
    many: Int = h.possible[v]
    if wide:
        for i in range(many):
            d.pool[i] = all_of_them[i]
        return many
    d.stamp[-1] += 1
    if uniform(s.rng) < EVERYWHERE:
        for _ in range(min(many, ELSEWHERE)):
            n = _into_pool(d, np.int64(all_of_them[below(s.rng, many)]), n)
        return n
    for i in range(NEAREST):
        u = h.near[v, i]
        if u < 0 or n >= ENOUGH:
            break
        y = s.visits[u]
        if y.placed == 1:
            for side in range(1 + y.double):
                n = _into_pool(d, np.int64(y.round0 if side == 0 else y.round1), n)
    of_client = h.client_visits[x.client]
    size = 0
    while of_client[size] >= 0:
        size += 1
    for _ in range(min(size, FAMILIAR)):
        y = s.visits[of_client[below(s.rng, size)]]
        if y.placed == 1:
            for side in range(1 + y.double):
                k = s.rounds[y.round0 if side == 0 else y.round1].carer
                for to in h.rounds_on[k, x.day]:
                    if to < 0:
                        break
                    n = _into_pool(d, np.int64(to), n)
    for _ in range(min(many, ANYWHERE)):
        n = _into_pool(d, np.int64(all_of_them[below(s.rng, many)]), n)
    return n
