"""Prices that no round has alone: the largest lateness, the largest idle time, work that is unevenly shared out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from scheduler.solve.kernel.layout import Int, State


@njit(cache=True)
def imbalance(s: State, to: Int, busy: Int) -> Any:
    """Minutes off the mean of all rounds, each rounded up; round `to` (-1: none) with other `busy` minutes."""
    n = len(s.rounds)
    total = np.int64(0)
    for i in range(n):
        r = s.rounds[i]
        total += busy if i == to else (r.trial_busy if r.on_trial == 1 else r.busy)
    off = np.int64(0)
    for i in range(n):
        r = s.rounds[i]
        mine = np.int64(busy if i == to else (r.trial_busy if r.on_trial == 1 else r.busy))
        off += (abs(mine * n - total) + n - 1) // n
    return off


@njit(cache=True)
def coupled(s: State) -> Any:
    """All of it, with the rounds on trial as they would be."""
    price = np.int64(0)
    if s.coupling[0] > 0:
        late = np.int64(0)
        for i in range(len(s.rounds)):
            r = s.rounds[i]
            late = max(late, np.int64(r.trial_late if r.on_trial == 1 else r.late))
        price += s.coupling[0] * late
    if s.coupling[1] > 0:
        idle = np.int64(-(2**31))
        for i in range(len(s.rounds)):
            r = s.rounds[i]
            if r.spell >= 0:
                idle = max(idle, np.int64(r.trial_idle if r.on_trial == 1 else r.idle))
        price += s.coupling[1] * idle
    if s.coupling[2] > 0:
        price += s.coupling[2] * imbalance(s, -1, 0)
    return price
