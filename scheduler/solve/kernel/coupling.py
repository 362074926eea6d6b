"""Prices that no round has alone: the largest lateness, the largest idle time, work that is unevenly shared out.

The largest of many is a poor guide: as long as two are equally large, nothing that helps one of them shows. So the
search begins with a soft largest idle time (sum of x^9 by sum of x^8, which is a little less than the largest and falls
with every large one), and ends with the true one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import BUSY, IDLE, LATE, SOFT, Int, State


@inner
def powers(x: Int) -> Any:
    """x^9 and x^8 of an idle time; 0 where nobody counts it."""
    y = np.float64(max(x, 0))
    y8 = y * y * y * y * y * y * y * y
    return y8 * y, y8


@inner
def soft_idle(s: State) -> Any:
    """Both sums of the soft largest idle time."""
    above = 0.0
    below = 0.0
    for i in range(len(s.loads)):
        y9, y8 = powers(s.loads[i, IDLE])
        above += y9
        below += y8
    return above, below


@inner
def largest(s: State, column: Int, but: Int) -> Any:
    """Of all rounds but one (-1: of all)."""
    most = np.int64(-(2**31))
    for i in range(len(s.loads)):
        if i != but:
            most = max(most, np.int64(s.loads[i, column]))
    return most


@inner
def imbalance(s: State, to: Int, busy: Int) -> Any:
    """Minutes off the mean of all rounds, each rounded up; round `to` (-1: none) with other `busy` minutes."""
    n = len(s.loads)
    total = np.int64(0)
    for i in range(n):
        total += s.loads[i, BUSY]
    if to >= 0:
        total += busy - s.loads[to, BUSY]
    off = np.int64(0)
    for i in range(n):
        mine = np.int64(busy if i == to else s.loads[i, BUSY])
        off += (abs(mine * n - total) + n - 1) // n
    return off


@inner
def coupled(s: State) -> Any:
    """All of it, by the loads of the rounds as they are or as a trial has them."""
    price = np.int64(0)
    if s.coupling[0] > 0:
        price += s.coupling[0] * largest(s, LATE, -1)
    if s.coupling[1] > 0:
        if s.coupling[SOFT] == 1:
            above, below = soft_idle(s)
            if below > 0.0:
                price += np.int64(s.coupling[1] * above / below)
        else:
            price += s.coupling[1] * largest(s, IDLE, -1)
    if s.coupling[2] > 0:
        price += s.coupling[2] * imbalance(s, -1, 0)
    return price


@inner
def true_total(s: State) -> Any:
    """The price of the rota, whatever guides the search."""
    if s.coupling[SOFT] == 0 or s.coupling[1] == 0:
        return np.int64(s.totals[0])
    s.coupling[SOFT] = 0
    price = s.totals[0] - s.totals[1] + coupled(s)
    s.coupling[SOFT] = 1
    return price


@inner
def soften(s: State, soft: bool) -> None:
    """From here on the total counts the soft largest idle time, or the true one."""
    s.coupling[SOFT] = 1 if soft else 0
    now = coupled(s)
    s.totals[0] += now - s.totals[1]
    s.totals[1] = now
