"""Doing and undoing: every change keeps `totals[0]`, the exact price of the rota, up to date."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.coupling import coupled
from scheduler.solve.kernel.layout import (
    INFEASIBLE,
    LINKED,
    MOST,
    NEVER,
    PRICED,
    RICH,
    ROUND,
    SPANNED,
    STOP,
    THROUGH_ROUNDS,
    Desk,
    Int,
    Records,
    State,
    Undo,
)
from scheduler.solve.kernel.prices import paid_price
from scheduler.solve.kernel.reach import forget, reach, show_load, stop_of
from scheduler.solve.kernel.routes import legal, refresh
from scheduler.solve.kernel.ways import way_from, way_until


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


@inner
def open_change(s: State, u: Undo) -> None:
    """From here on `undo` brings everything back."""
    u.stamp[-1] += 1
    u.counts[0] = 0
    u.counts[1] = s.totals[0]
    u.counts[2] = s.totals[1]


@inner
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


@inner
def settle(s: State, to: Int) -> None:
    """Refresh a round and carry the difference into the week and the total."""
    r = s.rounds[to]
    w = s.weeks[r.carer, r.week]
    s.totals[0] -= r.cost + paid_price(s, r.carer, r.week, w.paid, w.owed)
    w.work -= r.work
    w.paid -= r.paid
    w.owed -= r.owed
    r.stale = 0
    refresh(s, to)
    w.work += r.work
    w.paid += r.paid
    w.owed += r.owed
    s.totals[0] += r.cost + paid_price(s, r.carer, r.week, w.paid, w.owed)
    if s.coupling[RICH] == 1:
        now = coupled(s)
        s.totals[0] += now - s.totals[1]
        s.totals[1] = now


@inner
def meet(s: State, c: Int, k: Int) -> None:
    """The carer sees the client once more."""
    pair = s.pairs[c, k]
    pair.count += 1
    if pair.count == 1:
        h = s.clients[c].here
        s.totals[0] += pair.price + s.curve_here[c, h + 1] - s.curve_here[c, h]
        s.clients[c].here = h + 1
        if pair.recent == 0:
            d = s.clients[c].distinct
            s.totals[0] += s.curve[c, d + 1] - s.curve[c, d]
            s.clients[c].distinct = d + 1


@inner
def part(s: State, c: Int, k: Int) -> None:
    """The carer sees the client once less."""
    pair = s.pairs[c, k]
    pair.count -= 1
    if pair.count == 0:
        h = s.clients[c].here
        s.totals[0] -= pair.price + s.curve_here[c, h] - s.curve_here[c, h - 1]
        s.clients[c].here = h - 1
        if pair.recent == 0:
            d = s.clients[c].distinct
            s.totals[0] -= s.curve[c, d] - s.curve[c, d - 1]
            s.clients[c].distinct = d - 1


@inner
def count_round(s: State, to: Int, step: Int) -> None:
    """A round gains its first visit (step 1) or loses its last (step -1)."""
    r = s.rounds[to]
    if r.unpopular == 1:
        k = s.carers[r.carer]
        u = k.unpopular
        s.totals[0] += s.unpopular[r.carer, u + step] - s.unpopular[r.carer, u]
        k.unpopular = u + step


@inner
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
        need = end + way_from(s, r.mode, at, y.place, end)
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
        need = begin - way_until(s, r.mode, y.place, at, begin) - y.length
        if need >= y.start:
            break
        y.start = need
        s.visits[y.visit].start = need
        begin = need
        at = y.place
    fill_stop(s, to, pos, v, t, length, second)


@inner
def fill_stop(s: State, to: Int, pos: Int, v: Int, t: Int, length: Int, second: Int) -> None:
    """The visit takes its stop, and those behind move up by one; nobody's start changes."""
    r = s.rounds[to]
    x = s.visits[v]
    n = r.n
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
    y.marks = LINKED if x.links > 0 else 0
    if x.moved_price > 0 or (x.spans > 0 and x.per_late >= 0):
        y.marks |= PRICED
    if x.spans > 1 and x.per_late < 0:
        y.marks |= SPANNED
    y.second = second
    r.n = n + 1
    if n == 0:
        count_round(s, to, 1)
    meet(s, x.client, r.carer)
    settle(s, to)


@inner
def put_rich(s: State, u: Undo, d: Desk, to: Int, pos: Int, v: Int, t: Int, length: Int, second: Int) -> Any:
    """One carer's part of a visit into a round of a rich problem, whoever has to move moving as `reach` finds. False
    if that cannot be; then nothing has changed."""
    d.counts[MOST] = INFEASIBLE
    if not reach(s, d, to, pos, v, t, length):
        forget(s, d)
        return False
    for i in range(d.counts[2]):
        touch(s, u, d.touched[i])
    for i in range(d.counts[0]):
        y = s.visits[d.reached[i]]
        y.start = y.tentative
        y.tentative = NEVER
        for side in range(1 + y.double):
            its = y.round0 if side == 0 else y.round1
            at = stop_of(s, its, d.reached[i])
            if at >= 0:
                stop = s.stops[its, at]
                stop.start = y.start
                if y.double == 1:
                    stop.lo = y.start
                    stop.hi = y.start
    fill_stop(s, to, pos, v, t, length, second)
    for i in range(1, d.counts[2]):
        settle(s, d.touched[i])
    forget(s, d)
    return True


@inner
def place(s: State, u: Undo, d: Desk, v: Int) -> Any:
    """Put a visit where `best_single` or `best_double` said (the desk's `out`). False if that cannot be after all: in
    a rich problem the carer who helps may ask for what the one who leads has just been given."""
    out = d.out
    x = s.visits[v]
    double = x.double == 1
    length = np.int64(out[5] if double else s.fit[x.kind, s.rounds[out[0]].carer].length)
    if d.counts[THROUGH_ROUNDS] == 1:
        if not put_rich(s, u, d, out[0], out[1], v, out[2], length, 0):
            return False
    else:
        put_stop(s, u, out[0], out[1], v, out[2], length, 0)
    x.start = out[2]
    x.placed = 1
    x.round0 = out[0]
    x.round1 = out[0]
    s.totals[0] -= x.unallocated
    if double:
        if d.counts[THROUGH_ROUNDS] == 1:
            if not put_rich(s, u, d, out[3], out[4], v, out[2], out[6], 1):
                _take_out(s, u, out[0], v)
                x.placed = 0
                s.totals[0] += x.unallocated
                return False
        else:
            put_stop(s, u, out[3], out[4], v, out[2], out[6], 1)
        x.round1 = out[3]
    return True


@inner
def find_stop(s: State, to: Int, v: Int) -> Any:
    """Where the visit is in the round."""
    i = 0
    while s.stops[to, i].visit != v:
        i += 1
    return i


@inner
def _take_out(s: State, u: Undo, to: Int, v: Int) -> None:
    """One carer's part of a visit out of a round."""
    touch(s, u, to)
    r = s.rounds[to]
    for j in range(find_stop(s, to, v), r.n - 1):
        s.stops[to, j] = s.stops[to, j + 1]
    r.n -= 1
    if r.n == 0:
        count_round(s, to, -1)
    part(s, s.visits[v].client, r.carer)
    settle(s, to)


@inner
def take(s: State, u: Undo, v: Int) -> None:
    """Take a visit out of its round or rounds."""
    x = s.visits[v]
    for side in range(1 + x.double):
        _take_out(s, u, np.int64(x.round0 if side == 0 else x.round1), v)
    x.placed = 0
    s.totals[0] += x.unallocated


@inner
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
        w.owed += u.rounds[i].owed - r.owed
        if r.unpopular == 1:
            s.carers[r.carer].unpopular += min(u.rounds[i].n, 1) - min(r.n, 1)
    for i in range(u.counts[0]):
        to = u.touched[i]
        s.rounds[to] = u.rounds[i]
        show_load(s, to)
        r = s.rounds[to]
        for j in range(r.n):
            s.stops[to, j] = u.stops[i, j]
            s.visits[s.stops[to, j].visit].start = s.stops[to, j].start
            meet(s, s.stops[to, j].place, r.carer)
    for i in range(n):
        s.visits[visits[i]] = before[i]
    s.totals[0] = u.counts[1]
    s.totals[1] = u.counts[2]


@inner
def change_is_legal(s: State, u: Undo) -> Any:
    """All rounds touched keep every rule. Insertions are checked one by one; this looks at them together."""
    for i in range(u.counts[0]):
        if not legal(s, u.touched[i]):
            return False
    return True
