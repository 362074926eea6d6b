"""Better starts, the order of all rounds staying as it is. (`retime_rich` has those of rich problems.)"""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.solve.kernel.budge import put_start, room
from scheduler.solve.kernel.change import settle
from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import REGULAR, RICH, Int, State, Undo
from scheduler.solve.kernel.prices import missing
from scheduler.solve.kernel.reach import stop_of
from scheduler.solve.kernel.retime_rich import retime_rich
from scheduler.solve.kernel.routes import (
    has_breaks,
)
from scheduler.solve.kernel.starts import start_price
from scheduler.solve.kernel.ways import way_from, way_until


@inner
def _gap_price(s: State, to: Int, at: Int, t: Int) -> Any:
    """Price of the waiting before and after a stop if it starts at `t`."""
    r = s.rounds[to]
    x = s.stops[to, at]
    w = s.weeks[r.carer, r.week]
    waiting = np.int64(r.waiting)
    if w.paid < w.below and s.carers[r.carer].counts_waiting == 1:  # contracted hours are paid anyway
        waiting -= w.per_below
    owed = np.int64(0)
    if w.per_missing > 0 and missing(s, r.carer, r.week, w.paid, w.owed) > 0:
        owed = w.per_missing * r.due
        waiting -= w.per_missing * w.earned * s.carers[r.carer].counts_waiting
    price = np.int64(0)
    if at > 0:
        p = s.stops[to, at - 1]
        gap = t - p.start - p.length - x.travel
        price += waiting * min(gap, r.cap) + owed * min(gap, r.work_cap)
    if at < r.n - 1:
        q = s.stops[to, at + 1]
        gap = q.start - t - x.length
        gap -= way_from(s, r.mode, x.place, q.place, t + x.length)
        price += waiting * min(gap, r.cap) + owed * min(gap, r.work_cap)
    if len(s.rush) > 0:
        price += _rush_price(s, to, at, t)
    return price


@inner
def _rush_price(s: State, to: Int, at: Int, t: Int) -> Any:
    """What the way on from a stop, and those from home and back, cost more by rush hours if it starts at `t`."""
    r = s.rounds[to]
    x = s.stops[to, at]
    m = r.mode
    w = s.weeks[r.carer, r.week]
    travel = np.int64(r.travel)
    if w.paid < w.below and s.carers[r.carer].counts_travel == 1:
        travel -= w.per_below
    end = t + x.length
    price = np.int64(0)
    if at == 0:
        price += r.home_price * (way_until(s, m, r.home, x.place, t) - s.minutes[m, r.home, x.place])
    if at < r.n - 1:
        q = s.stops[to, at + 1]
        price += travel * (way_from(s, m, x.place, q.place, end) - s.minutes[m, x.place, q.place])
    else:
        price += r.home_price * (way_from(s, m, x.place, r.home, end) - s.minutes[m, x.place, r.home])
    return price


@inner
def _start_and_gaps(s: State, v: Int, t: Int) -> Any:
    """All that a visit's start costs while the others stay."""
    x = s.visits[v]
    price = x.per_minute * abs(t - x.target) + start_price(s, v, t)
    for side in range(1 + x.double):
        to = np.int64(x.round0 if side == 0 else x.round1)
        price += _gap_price(s, to, stop_of(s, to, v), t)
    return price


@inner
def _has_breaks(s: State, v: Int) -> Any:
    x = s.visits[v]
    return has_breaks(s, np.int64(x.round0)) and (x.double == 0 or has_breaks(s, np.int64(x.round1)))


@inner
def _within_limit(s: State, v: Int) -> Any:
    """Do the visit's carers stay within their week's limit? Another hour may have a longer way; without rush hours
    only waiting grows, which costs, so nobody is retimed into it."""
    x = s.visits[v]
    for side in range(1 + x.double):
        to = np.int64(x.round0 if side == 0 else x.round1)
        settle(s, to)
        r = s.rounds[to]
        w = s.weeks[r.carer, r.week]
        if w.work > w.limit:
            return False
    return True


@inner
def _retime(s: State, u: Undo, to: Int) -> None:
    """Each visit of a round, one after the other, to its best start between its neighbours; double-ups with both
    their carers."""
    n = s.rounds[to].n
    for sweep in range(2):
        for step in range(n):
            at = step if sweep == 0 else n - 1 - step
            v = np.int64(s.stops[to, at].visit)
            x = s.visits[v]
            if x.locked == 1:
                continue
            now = np.int64(x.start)
            best = now
            least = _start_and_gaps(s, v, now)
            if least == 0 and s.rounds[to].waiting >= 0:
                continue
            lo, hi = room(s, v, -1)
            if lo >= hi:
                continue
            cap = np.int64(s.rounds[to].cap)
            stop = s.stops[to, at]
            for y in range(6):
                if y == 0:
                    t = np.int64(x.target)
                elif y == 1:
                    t = lo
                elif y == 2:
                    t = hi
                elif y == 3:
                    if x.moved_price == 0:
                        continue
                    t = np.int64(x.promised)
                elif y == 4:  # the gap before is just as long as is paid, or the gap behind
                    if at == 0:
                        continue
                    p = s.stops[to, at - 1]
                    t = p.start + p.length + stop.travel + cap
                else:
                    if at == n - 1:
                        continue
                    q = s.stops[to, at + 1]
                    t = q.start - q.travel - stop.length - cap
                if y > 3 and (t <= lo or t >= hi):
                    continue
                t = min(max(t, lo), hi)
                if t != now:
                    price = _start_and_gaps(s, v, t)
                    if price < least:
                        least = price
                        best = t
            if best != now:
                put_start(s, u, v, best)
                if not _has_breaks(s, v) or (len(s.rush) > 0 and not _within_limit(s, v)):
                    put_start(s, u, v, now)


@inner
def retime_all(s: State, u: Undo, passes: Int) -> None:
    """Better starts in all rounds that the change has touched."""
    rich = s.coupling[RICH] == 1
    regular = s.coupling[REGULAR] == 1
    for _ in range(passes):
        moved = False
        i = 0
        while i < u.counts[0]:  # (a partner's round may be touched on the way)
            if rich:
                moved |= retime_rich(s, u, u.touched[i], regular)
            else:
                _retime(s, u, u.touched[i])
            i += 1
        if not moved:
            break
    for i in range(u.counts[0]):
        if s.rounds[u.touched[i]].stale == 1:
            settle(s, u.touched[i])


@inner
def retime_round(s: State, u: Undo, to: Int) -> None:
    """Better starts in one round."""
    if s.coupling[RICH] == 1:
        retime_rich(s, u, to, s.coupling[REGULAR] == 1)
    else:
        _retime(s, u, to)
    for i in range(u.counts[0]):
        if s.rounds[u.touched[i]].stale == 1:
            settle(s, u.touched[i])
