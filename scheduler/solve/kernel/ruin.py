"""Which visits an iteration takes out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.kernel.change import find_stop
from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import Hints, Int, State
from scheduler.solve.kernel.rng import below, uniform

RUINS = 9
"""Ways to choose them: see `ruin`."""
TAILS = 8
"""The way after which nobody goes back to the carer who had them."""
MAX_RUIN = 120
"""Visits taken out in one iteration at the most."""


@inner
def pick(s: State, v: Int, chosen: NDArray[np.int64], marked: NDArray[np.bool_], n: Int) -> Any:
    """Mark a placed visit for taking out: the new count."""
    if n < MAX_RUIN and s.visits[v].placed == 1 and s.visits[v].locked == 0 and not marked[v]:
        marked[v] = True
        chosen[n] = v
        return n + 1
    return n


@inner
def pick_round(s: State, to: Int, chosen: NDArray[np.int64], marked: NDArray[np.bool_], n: Int) -> Any:
    """Mark a whole round."""
    for i in range(s.rounds[to].n):
        n = pick(s, s.stops[to, i].visit, chosen, marked, n)
    return n


@inner
def pick_tail(s: State, v: Int, chosen: NDArray[np.int64], marked: NDArray[np.bool_], n: Int) -> Any:
    """Mark a visit and all behind it in its round that take one carer."""
    x = s.visits[v]
    if x.placed == 0:
        return n
    to = x.round1 if x.double == 1 and below(s.rng, 2) == 0 else x.round0
    for i in range(find_stop(s, to, v), s.rounds[to].n):
        u = s.stops[to, i].visit
        if s.visits[u].double == 0:
            n = pick(s, u, chosen, marked, n)
    return n


@inner
def ruin(
    s: State,
    h: Hints,
    kind: Int,
    seed: Int,
    size: Int,
    chosen: NDArray[np.int64],
    marked: NDArray[np.bool_],
    seen: NDArray[np.int64],
) -> Any:
    """Choose the visits to take out around `seed`; their number."""
    n = 0
    near = h.near[seed]
    if kind == 0:  # strings of neighbouring rounds
        rounds = 1 + below(s.rng, max(1, size // 4) + 1)
        used = 0
        for i in range(-1, len(near)):
            v = seed if i < 0 else near[i]
            if v < 0 or used >= rounds:
                break
            x = s.visits[v]
            if x.placed == 0 or marked[v]:
                continue
            to = x.round1 if x.double == 1 and below(s.rng, 2) == 0 else x.round0
            known = False
            for y in range(used):
                known |= seen[y] == to
            if known:
                continue
            seen[used] = to
            used += 1
            m = s.rounds[to].n
            long = min(m, 1 + below(s.rng, 8))
            at = find_stop(s, to, v)
            begin = min(max(0, at - below(s.rng, long)), m - long)
            skip = -1
            if m > long and below(s.rng, 2) == 0:  # leave one in the middle: the round keeps its shape
                skip = begin + below(s.rng, long)
                long += 1
            for y in range(begin, min(m, begin + long)):
                if y != skip or s.stops[to, y].visit == v:
                    n = pick(s, s.stops[to, y].visit, chosen, marked, n)
    elif kind == 1:  # near in place and time
        for i in range(-1, len(near)):
            v = seed if i < 0 else near[i]
            if v < 0 or n >= size:
                break
            if uniform(s.rng) < 0.7:
                n = pick(s, v, chosen, marked, n)
    elif (
        kind == 2 or kind == 3 or kind == 4
    ):  # a client: the week, one part of the day, or one carer's visits
        c = s.visits[seed].client
        who = -1
        if kind == 4 and s.visits[seed].placed == 1:
            who = s.rounds[s.visits[seed].round0].carer
        of_day = s.visits[seed].target % 1440
        for v in h.client_visits[c]:
            if v < 0:
                break
            x = s.visits[v]
            if kind == 3 and abs(x.target % 1440 - of_day) > 75:
                continue
            if who >= 0 and x.placed == 1:
                other = x.round1 if x.double == 1 else x.round0
                if s.rounds[x.round0].carer != who and s.rounds[other].carer != who:
                    continue
            n = pick(s, v, chosen, marked, n)
        first = n
        for i in range(first):  # and room around them
            if n < first + 8 and uniform(s.rng) < 0.35:
                v = h.near[chosen[i], below(s.rng, 12)]
                if v >= 0:
                    n = pick(s, v, chosen, marked, n)
    elif kind == 5:  # whole rounds
        for i in range(1 + below(s.rng, 2)):
            v = seed if i == 0 else near[below(s.rng, len(near))]
            if v >= 0 and s.visits[v].placed == 1:
                n = pick_round(s, s.visits[v].round0, chosen, marked, n)
    elif kind == 6:  # a few
        for i in range(1 + below(s.rng, 4)):
            v = seed if i == 0 else near[below(s.rng, min(20, len(near)))]
            if v >= 0:
                n = pick(s, v, chosen, marked, n)
    elif kind == TAILS:  # the rest of two rounds, from one time on
        n = pick_tail(s, seed, chosen, marked, n)
        v = near[below(s.rng, len(near))]
        if v >= 0:
            n = pick_tail(s, v, chosen, marked, n)
    else:  # a double-up with both its rounds around that time
        for i in range(-1, len(near)):
            v = seed if i < 0 else near[i]
            if v < 0:
                break
            x = s.visits[v]
            if x.double == 1 and x.placed == 1:
                for side in range(2):
                    to = x.round0 if side == 0 else x.round1
                    at = find_stop(s, to, v)
                    for y in range(max(0, at - 2), min(s.rounds[to].n, at + 3)):
                        n = pick(s, s.stops[to, y].visit, chosen, marked, n)
                break
    return n
