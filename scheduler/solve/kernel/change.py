"""Doing and undoing: every change keeps `totals[0]`, the exact price of the rota, up to date."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scheduler.solve.kernel.insert import paid_price
from scheduler.solve.kernel.layout import ROUND, STOP, Int, Records, State, Undo
from scheduler.solve.kernel.routes import first_start as earliest_first
from scheduler.solve.kernel.routes import has_breaks, legal, links_hold, refresh, round_after, round_before
from scheduler.solve.kernel.routes import last_end as latest_last


def undo_for(s: State) -> Undo:
    """Room to undo one change of a search."""
    n = len(s.rounds)
    return Undo(
        np.zeros(n + 1, np.int64),
        np.zeros(n, np.int64),
        np.zeros(n, ROUND),
        np.zeros(s.stops.shape, STOP),
        np.zeros(3, np.int64),
    )


@njit(cache=True)
def open_change(s: State, u: Undo) -> None:
    """From here on `undo` brings everything back."""
    u.stamp[-1] += 1
    u.counts[0] = 0
    u.counts[1] = s.totals[0]


@njit(cache=True)
def touch(s: State, u: Undo, to: Int) -> None:
    """Keep a copy of the round as it is, once a change."""
    if u.stamp[to] == u.stamp[-1]:
        return
    u.stamp[to] = u.stamp[-1]
    at = u.counts[0]
    u.touched[at] = to
    u.rounds[at] = s.rounds[to]
    for i in range(s.rounds[to].n):
        u.stops[at, i] = s.stops[to, i]
    u.counts[0] = at + 1


@njit(cache=True)
def settle(s: State, to: Int) -> None:
    """Refresh a round and carry the difference into the week and the total."""
    r = s.rounds[to]
    w = s.weeks[r.carer, r.week]
    s.totals[0] -= r.cost + paid_price(s, r.carer, r.week, w.paid)
    w.work -= r.work
    w.paid -= r.paid
    refresh(s, to)
    w.work += r.work
    w.paid += r.paid
    s.totals[0] += r.cost + paid_price(s, r.carer, r.week, w.paid)


@njit(cache=True)
def meet(s: State, c: Int, k: Int) -> None:
    """The carer sees the client once more."""
    pair = s.pairs[c, k]
    pair.count += 1
    if pair.count == 1:
        s.totals[0] += pair.price
        if pair.recent == 0:
            d = s.clients[c].distinct
            s.totals[0] += s.curve[c, d + 1] - s.curve[c, d]
            s.clients[c].distinct = d + 1


@njit(cache=True)
def part(s: State, c: Int, k: Int) -> None:
    """The carer sees the client once less."""
    pair = s.pairs[c, k]
    pair.count -= 1
    if pair.count == 0:
        s.totals[0] -= pair.price
        if pair.recent == 0:
            d = s.clients[c].distinct
            s.totals[0] -= s.curve[c, d] - s.curve[c, d - 1]
            s.clients[c].distinct = d - 1


@njit(cache=True)
def count_round(s: State, to: Int, step: Int) -> None:
    """A round gains its first visit (step 1) or loses its last (step -1)."""
    r = s.rounds[to]
    if r.unpopular == 1:
        k = s.carers[r.carer]
        u = k.unpopular
        s.totals[0] += s.unpopular[r.carer, u + step] - s.unpopular[r.carer, u]
        k.unpopular = u + step


@njit(cache=True)
def put_stop(s: State, u: Undo, to: Int, pos: Int, v: Int, t: Int, length: Int, second: Int) -> None:
    """One carer's part of a visit into a round; neighbours are pushed as `trial` found."""
    touch(s, u, to)
    r = s.rounds[to]
    x = s.visits[v]
    n = r.n
    end = t + length
    at = x.client
    for j in range(pos, n):
        y = s.stops[to, j]
        need = end + s.minutes[r.mode, at, y.place]
        if need <= y.start:
            break
        y.start = need
        s.visits[y.visit].start = need
        end = need + y.length
        at = y.place
    begin = t
    at = x.client
    for j in range(pos - 1, -1, -1):
        y = s.stops[to, j]
        need = begin - s.minutes[r.mode, y.place, at] - y.length
        if need >= y.start:
            break
        y.start = need
        s.visits[y.visit].start = need
        begin = need
        at = y.place
    for j in range(n, pos, -1):
        s.stops[to, j] = s.stops[to, j - 1]
    y = s.stops[to, pos]
    y.visit = v
    y.start = t
    y.length = length
    y.place = x.client
    y.lo = t if x.double == 1 else x.lo
    y.hi = t if x.double == 1 else x.hi
    y.target = x.target
    y.per_minute = 0 if second == 1 else x.per_minute
    y.linked = 1 if x.links > 0 else 0
    y.second = second
    r.n = n + 1
    if n == 0:
        count_round(s, to, 1)
    meet(s, x.client, r.carer)
    settle(s, to)


@njit(cache=True)
def place(s: State, u: Undo, v: Int, out: NDArray[np.int64]) -> None:
    """Put a visit where `best_single` or `best_double` said."""
    x = s.visits[v]
    x.start = out[2]
    x.placed = 1
    x.round0 = out[0]
    s.totals[0] -= x.unallocated
    if x.double == 1:
        x.round1 = out[3]
        put_stop(s, u, out[0], out[1], v, out[2], out[5], 0)
        put_stop(s, u, out[3], out[4], v, out[2], out[6], 1)
    else:
        length = np.int64(s.fit[v, s.rounds[out[0]].carer].length)
        put_stop(s, u, out[0], out[1], v, out[2], length, 0)


@njit(cache=True)
def find_stop(s: State, to: Int, v: Int) -> Any:
    """Where the visit is in the round."""
    i = 0
    while s.stops[to, i].visit != v:
        i += 1
    return i


@njit(cache=True)
def take(s: State, u: Undo, v: Int) -> None:
    """Take a visit out of its round or rounds."""
    x = s.visits[v]
    for side in range(1 + x.double):
        to = np.int64(x.round0 if side == 0 else x.round1)
        touch(s, u, to)
        r = s.rounds[to]
        for j in range(find_stop(s, to, v), r.n - 1):
            s.stops[to, j] = s.stops[to, j + 1]
        r.n -= 1
        if r.n == 0:
            count_round(s, to, -1)
        part(s, x.client, r.carer)
        settle(s, to)
    x.placed = 0
    s.totals[0] += x.unallocated


@njit(cache=True)
def undo(s: State, u: Undo, visits: NDArray[np.int64], before: Records, n: Int) -> None:
    """Bring back the rounds touched and the first `n` of `visits`, whose records are in `before`."""
    for i in range(u.counts[0]):
        to = u.touched[i]
        r = s.rounds[to]
        for j in range(r.n):
            part(s, s.stops[to, j].place, r.carer)
        w = s.weeks[r.carer, r.week]
        w.work += u.rounds[i].work - r.work
        w.paid += u.rounds[i].paid - r.paid
        if r.unpopular == 1:
            s.carers[r.carer].unpopular += min(u.rounds[i].n, 1) - min(r.n, 1)
    for i in range(u.counts[0]):
        to = u.touched[i]
        s.rounds[to] = u.rounds[i]
        r = s.rounds[to]
        for j in range(r.n):
            s.stops[to, j] = u.stops[i, j]
            s.visits[s.stops[to, j].visit].start = s.stops[to, j].start
            meet(s, s.stops[to, j].place, r.carer)
    for i in range(n):
        s.visits[visits[i]] = before[i]
    s.totals[0] = u.counts[1]


@njit(cache=True)
def change_is_legal(s: State, u: Undo) -> Any:
    """All rounds touched keep every rule. Insertions are checked one by one; this looks at them together."""
    for i in range(u.counts[0]):
        if not legal(s, u.touched[i]):
            return False
    return True


@njit(cache=True)
def retime(s: State, to: Int) -> None:
    """Move each visit of a touched round, one after the other, to its best start between its neighbours."""
    r = s.rounds[to]
    n = r.n
    if n == 0:
        return
    m = r.mode
    before = round_before(s, to)
    after = round_after(s, to)
    moved = False
    w = s.weeks[r.carer, r.week]
    waiting = np.int64(r.waiting)
    if w.paid < w.below and s.carers[r.carer].counts_waiting == 1:  # contracted hours are paid anyway
        waiting -= w.per_below
    for sweep in range(2):
        for step in range(n):
            i = step if sweep == 0 else n - 1 - step
            x = s.stops[to, i]
            if x.lo == x.hi:
                continue
            a = x.lo
            b = x.hi
            way_in = 0
            way_out = 0
            p_end = 0
            q_start = 0
            if i > 0:
                p = s.stops[to, i - 1]
                way_in = s.minutes[m, p.place, x.place]
                p_end = p.start + p.length
                a = max(a, p_end + way_in)
            else:
                a = max(a, earliest_first(s, to, before, x.place))
            if i < n - 1:
                q = s.stops[to, i + 1]
                way_out = s.minutes[m, x.place, q.place]
                q_start = q.start
                b = min(b, q_start - way_out - x.length)
            else:
                b = min(b, latest_last(s, to, after, x.place) - x.length)
            if a > b:
                continue
            now = x.start
            best = now
            least = np.int64(2**60)
            for y in range(4):
                t = now if y == 0 else (min(max(x.target, a), b) if y == 1 else (a if y == 2 else b))
                price = x.per_minute * abs(t - x.target)
                if i > 0:
                    price += waiting * min(t - p_end - way_in, r.cap)
                if i < n - 1:
                    price += waiting * min(q_start - t - x.length - way_out, r.cap)
                if price < least:
                    least = price
                    best = t
            if best == now or (x.linked == 1 and not links_hold(s, x.visit, best)):
                continue
            x.start = best
            begun = r.start
            ended = r.end
            r.start = s.stops[to, 0].start
            r.end = s.stops[to, n - 1].start + s.stops[to, n - 1].length
            if has_breaks(s, to):
                s.visits[x.visit].start = best
                moved = True
            else:
                x.start = now
                r.start = begun
                r.end = ended
    if moved:
        settle(s, to)
