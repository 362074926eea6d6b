"""Where a visit that takes two carers goes best: one start in two rounds."""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.insert import SHORTLIST, shortlist, trial, window_now
from scheduler.solve.kernel.layout import INFEASIBLE, THROUGH_ROUNDS, Desk, Hints, Int, State
from scheduler.solve.kernel.prices import standing_price
from scheduler.solve.kernel.rich import trial_rich
from scheduler.solve.kernel.rng import below, uniform
from scheduler.solve.kernel.routes import (
    round_after,
    round_before,
)
from scheduler.solve.kernel.starts import start_price
from scheduler.solve.kernel.ways import way_from, way_into, way_until

TIMES = 10
"""Common starts that are tried for a double-up."""


@inner
def best_position(s: State, d: Desk, to: Int, v: Int, t: Int, length: Int, second: Int, most: Int) -> Any:
    """Cheapest stop of a round for a visit that starts at `t`: (price, pos). One that costs `most` may be missed."""
    r = s.rounds[to]
    n = r.n
    best = INFEASIBLE
    where = -1
    if t < r.lo or t + length > r.hi or n >= s.stops.shape[1]:
        return best, where
    before = round_before(s, to)
    after = round_after(s, to)
    pos = 0
    while pos < n and s.stops[to, pos].start < t:
        pos += 1
    place = s.visits[v].client
    for at in range(max(0, pos - 1), min(n, pos + 1) + 1):
        if at > 0:  # can those before and after make room at all?
            p = s.stops[to, at - 1]
            ready = p.early + p.length
            if ready + way_into(s, r.mode, place, p.place, ready) > t:
                continue
        if at < n:
            q = s.stops[to, at]
            if t + length + way_from(s, r.mode, place, q.place, t + length) > q.late:
                continue
        if d.counts[THROUGH_ROUNDS] == 1:
            price = trial_rich(s, d, to, at, v, t, length, second, min(most, best))
        else:
            price = trial(s, to, before, after, at, v, t, length, second, d.moved)
        if price < best:
            best = price
            where = at
    return best, where


@inner
def best_double(s: State, h: Hints, d: Desk, v: Int, blink: float, guide: float, wide: bool) -> Any:
    """Cheapest pair of carers and common start for a double-up: the price, and where in the desk's `out`."""
    found, estimate, out = d.found, d.estimate, d.out
    lo, hi = window_now(s, v)
    best = INFEASIBLE
    if lo > hi:
        return best
    x = s.visits[v]
    most = len(found) if uniform(s.rng) < 0.05 else SHORTLIST
    count = shortlist(s, h, d, v, lo, hi, blink, guide, most, wide)
    times = TIMES if below(s.rng, 4) == 0 else TIMES // 2
    if count < 2:
        return best
    lead = np.empty(count, np.int64)
    lead_pos = np.empty(count, np.int64)
    help_ = np.empty(count, np.int64)
    help_pos = np.empty(count, np.int64)
    standing = np.empty(count, np.int64)
    for i in range(count):
        r = s.rounds[found[i]]
        standing[i] = standing_price(s, v, found[i]) + np.int64(guide * s.pairs[x.client, r.carer].guide)
    for attempt in range(times):
        if attempt == 0:
            t = np.int64(x.target)
        else:  # a start at which one of the rounds needs to push nobody, or any start of the window
            to = found[below(s.rng, count)]
            r = s.rounds[to]
            n = r.n
            at = below(s.rng, n + 1)
            need = s.fit[x.kind, r.carer].length
            kind = below(s.rng, 8)
            if kind == 0:
                t = lo + below(s.rng, hi - lo + 1)
            elif kind == 1:
                t = np.int64(r.hi - need)
            elif kind == 2:
                t = np.int64(r.lo)
            elif at == n and n == 0:
                t = r.lo if kind < 5 else r.hi - need
            elif at == n or (kind < 5 and at > 0):
                p = s.stops[to, at - 1]
                t = np.int64(p.start + p.length)
                t += way_from(s, r.mode, p.place, x.client, t)
            else:
                q = s.stops[to, at]
                t = q.start - way_until(s, r.mode, x.client, q.place, q.start) - need
        t = min(max(t, lo), hi)
        if estimate[0] + estimate[1] >= best:
            break
        for i in range(count):
            if estimate[i] + estimate[0 if i > 0 else 1] >= best:  # so are all behind
                count = i
                break
            to = found[i]
            most = best - standing[i] - estimate[0 if i > 0 else 1]
            need = np.int64(s.fit[x.kind, s.rounds[to].carer].length)
            lead[i], lead_pos[i] = best_position(s, d, to, v, t, need, 0, most)
            if x.together > 0:
                help_[i], help_pos[i] = best_position(s, d, to, v, t, np.int64(x.together), 1, most)
            else:
                help_pos[i] = lead_pos[i]
                help_[i] = lead[i]
                if lead[i] < INFEASIBLE:
                    help_[i] -= x.per_minute * abs(t - x.target) + start_price(s, v, t)
        for i in range(count):
            if lead[i] >= INFEASIBLE or lead[i] + standing[i] >= best:
                continue
            for j in range(count):
                if help_[j] >= INFEASIBLE:
                    continue
                price = lead[i] + standing[i] + help_[j] + standing[j]
                if price >= best:
                    continue
                a = s.rounds[found[i]].carer
                b = s.rounds[found[j]].carer
                if a == b or (x.must >= 0 and a != x.must and b != x.must):
                    continue
                long_a = np.int64(s.fit[x.kind, a].length)
                long_b = np.int64(s.fit[x.kind, b].length)
                pos_a = lead_pos[i]
                pos_b = help_pos[j]
                if x.together > 0:
                    long_b = np.int64(x.together)
                elif long_a < long_b:
                    again, pos_a = best_position(s, d, found[i], v, t, long_b, 0, INFEASIBLE)
                    price += again - lead[i]
                    long_a = long_b
                elif long_b < long_a:
                    again, pos_b = best_position(s, d, found[j], v, t, long_a, 1, INFEASIBLE)
                    price += again - help_[j]
                    long_b = long_a
                if price >= best:
                    continue
                best = price
                out[0] = found[i]
                out[1] = pos_a
                out[2] = t
                out[3] = found[j]
                out[4] = pos_b
                out[5] = long_a
                out[6] = long_b
    return best
