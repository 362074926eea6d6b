"""Putting a given rota into the state, visit by visit: what would break a rule stays out."""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.solve.kernel.change import change_is_legal, open_change, place, undo
from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.insert import trial, window_now
from scheduler.solve.kernel.layout import INFEASIBLE, RICH, THROUGH_ROUNDS, VISIT, Desk, Int, State, Undo
from scheduler.solve.kernel.rich import trial_rich
from scheduler.solve.kernel.routes import round_after, round_before


@inner
def _fits(s: State, d: Desk, to: Int, v: Int, t: Int, length: Int) -> Any:
    """Stop at which the visit fits into the round at this very start, or -1. A legal rota needs nobody pushed."""
    r = s.rounds[to]
    if t < r.lo or t + length > r.hi or r.n >= s.stops.shape[1]:
        return -1
    pos = 0
    while pos < r.n and s.stops[to, pos].start < t:
        pos += 1
    if s.coupling[RICH] == 1:
        price = trial_rich(s, d, to, pos, v, t, length, 0, INFEASIBLE)
    else:
        price = trial(s, to, round_before(s, to), round_after(s, to), pos, v, t, length, 0, d.moved)
    return pos if price < INFEASIBLE else -1


@inner
def adopt(s: State, u: Undo, d: Desk, v: Int, start: Int, lead: Int, second: Int) -> Any:
    """Place visit `v` at `start` in round `lead` (and `second` for a double-up). False if that breaks a rule."""
    x = s.visits[v]
    lo, hi = window_now(s, v)
    if x.placed == 1 or start < lo or start > hi:
        return False
    d.counts[THROUGH_ROUNDS] = s.coupling[RICH]
    out = d.out
    out[4] = 0
    a = np.int64(s.fit[s.visits[v].kind, s.rounds[lead].carer].length)
    if a == 0:
        return False
    if s.clients[x.client].once == 1 and s.pairs[x.client, s.rounds[lead].carer].count > 0:
        return False
    b = np.int64(0)
    if x.double == 1:
        other = s.rounds[second].carer
        b = np.int64(s.fit[s.visits[v].kind, other].length)
        if (
            b == 0
            or other == s.rounds[lead].carer
            or (x.must >= 0 and x.must not in (other, s.rounds[lead].carer))
        ):
            return False
        if x.together > 0:
            b = np.int64(x.together)
        else:
            a = max(a, b)
            b = a
        out[4] = _fits(s, d, second, v, start, b)
    out[1] = _fits(s, d, lead, v, start, a)
    if out[1] < 0 or out[4] < 0:
        return False
    out[0] = lead
    out[2] = start
    out[3] = second
    out[5] = a
    out[6] = b
    visits = np.array([v], dtype=np.int64)
    before = np.zeros(1, VISIT)
    before[0] = s.visits[v]
    open_change(s, u)
    if place(s, u, d, v) and change_is_legal(s, u):
        return True
    undo(s, u, visits, before, 1)
    return False
