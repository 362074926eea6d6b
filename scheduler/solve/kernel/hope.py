"""When to give an iteration up: as soon as it could hardly be taken any more, even if all went well from here on.

What is to be put back still makes the rota cheaper, and so do better starts at the end; how much, nobody knows before.
But how much it was in the last tries is known, visit by visit, and the best of those is what is hoped for. It is a
guess, so now and then an iteration is never given up (STUBBORN): from those one learns what the others no longer show.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import UNKNOWN, Desk, Int, State

FORGET = 6
"""A hope that was not fulfilled falls by this power of one half of what was missing."""
NO_PLACE = 1
"""The same where a visit that nobody did found no place again."""


@inner
def hope_for(s: State, d: Desk, chosen: NDArray[np.int64], first: Int, n: Int) -> Any:
    """How much cheaper the rota may become by putting the visits back from the `first` of these `n` on, and by better
    starts then."""
    hope = d.gain[min(n, len(d.gain) - 1)]
    for i in range(first, n):
        x = s.visits[chosen[i]]
        if x.placed == 0:  # (a mate may have brought it along)
            hope += d.relief[chosen[i]]
            if x.mate >= 0 and _is_over(x.mate, chosen, first):  # it may bring along one that found no place
                hope += d.relief[x.mate]
    return hope


@inner
def _is_over(v: Int, chosen: NDArray[np.int64], first: Int) -> Any:
    """Has the visit had its turn?"""
    for i in range(first):
        if chosen[i] == v:
            return True
    return False


@inner
def learn_relief(d: Desk, v: Int, relief: Int, anywhere: bool) -> None:
    """Putting the visit back has made the rota cheaper by so much. Not `anywhere`: where it was it could not go, which
    says nothing against a greater hope."""
    if relief > d.relief[v]:
        d.relief[v] = relief
    elif anywhere and d.relief[v] == UNKNOWN:
        d.relief[v] = relief
    elif anywhere:
        d.relief[v] -= (d.relief[v] - relief) >> FORGET


@inner
def learn_no_place(d: Desk, v: Int, unallocated: Int) -> None:
    """A visit that nobody did has found no place. The first hope is its price of being left out."""
    if d.relief[v] == UNKNOWN:
        d.relief[v] = unallocated
    d.relief[v] >>= NO_PLACE


@inner
def learn_gain(d: Desk, n: Int, gain: Int) -> None:
    """Better starts after `n` visits were put back have made the rota cheaper by so much. (Where rounds depend on each
    other they are not always better in the end: that is no hope.)"""
    of = min(n, len(d.gain) - 1)
    gain = max(gain, 0)
    if gain > d.gain[of] or d.gain[of] == UNKNOWN:
        d.gain[of] = gain
    else:
        d.gain[of] -= (d.gain[of] - gain) >> FORGET
