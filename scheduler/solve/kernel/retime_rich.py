"""Better starts in a rich problem: links across rounds, spans, lateness; the order of all rounds stays as it is."""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.solve.kernel.budge import put_start, room
from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import Int, State, Undo
from scheduler.solve.kernel.reach import stop_of
from scheduler.solve.kernel.starts import lateness, not_after, not_before, parted, start_price
from scheduler.solve.kernel.ways import way_from


@inner
def _priced(s: State, v: Int, t: Int) -> Any:
    """What depends on this visit's start alone while its neighbours stay: its own price, waiting at the ends of a
    round, being home late. (Within a round a visit only shifts waiting from one side to the other.)"""
    x = s.visits[v]
    price = x.per_minute * abs(t - x.target) + start_price(s, v, t)
    if s.coupling[0] > 0 and x.spans > 0 and x.per_late >= 0:
        price += lateness(
            s, v, t
        )  # the largest lateness counts once more; a little, since only one is the largest
    for side in range(1 + x.double):
        to = np.int64(x.round0 if side == 0 else x.round1)
        at = stop_of(s, to, v)
        r = s.rounds[to]
        if at == 0:
            price += r.waiting * (t if r.from_leave == 1 else -t)
        if at == r.n - 1:
            price += r.waiting * t
            if r.per_over > 0:
                end = t + s.stops[to, at].length
                way = way_from(s, r.mode, x.client, r.home, end)
                price += r.per_over * max(np.int64(0), end + way - r.by)
    return price


@inner
def _partner(s: State, v: Int) -> Any:
    """The one planned visit that is linked to it, in another round; -1 if there is none or not one only."""
    x = s.visits[v]
    found = np.int64(-1)
    for i in range(x.link, x.link + x.links):
        o = s.links[i, 0]
        if s.visits[o].placed == 1:
            y = s.visits[o]
            if found >= 0 or y.round0 == x.round0 or y.round0 == x.round1 or y.round1 == x.round0:
                return np.int64(-1)
            found = np.int64(i)
    return found


@inner
def _could_be_better(s: State, v: Int) -> Any:
    """Is there a price of its start, or is it at an end of a round, where waiting begins or ends?"""
    x = s.visits[v]
    if x.per_minute > 0 or start_price(s, v, x.start) > 0:
        return True
    for side in range(1 + x.double):
        to = np.int64(x.round0 if side == 0 else x.round1)
        r = s.rounds[to]
        if s.stops[to, 0].visit == v or s.stops[to, r.n - 1].visit == v:
            return True
    return False


@inner
def _retime_visit(s: State, u: Undo, v: Int, regular: bool) -> Any:
    """Move a visit to its best start, and a visit that is linked to it along where need be. True if anything moved."""
    x = s.visits[v]
    if not regular and not _could_be_better(s, v):
        return False
    link = _partner(s, v)
    o = np.int64(-1)
    if link >= 0:
        o = np.int64(s.links[link, 0])
    lo, hi = room(s, v, o)
    other_lo = np.int64(0)
    other_hi = np.int64(0)
    least = np.int64(0)
    most = np.int64(0)
    if o >= 0:
        other_lo, other_hi = room(s, o, v)
        least = np.int64(s.links[link, 1])
        most = np.int64(s.links[link, 2])
        lo = max(lo, other_lo - most)
        hi = min(hi, other_hi - least)
    if lo > hi:
        return False
    now = np.int64(x.start)
    best = now
    if regular:
        best = not_before(s, v, lo)
        if best >= now:
            return False
    else:
        then = np.int64(s.visits[o].start) if o >= 0 else np.int64(0)
        cheapest = _priced(s, v, now) + (_priced(s, o, then) if o >= 0 else 0)
        for y in range(3 + 2 * x.spans):
            if y == 0:
                t = not_before(s, v, lo)
            elif y == 1:
                t = not_after(s, v, hi)
            elif y == 2:
                t = np.int64(x.promised if x.moved_price > 0 else x.target)
            elif y < 3 + x.spans:
                t = np.int64(s.spans[v, y - 3, 0])
            else:
                t = np.int64(s.spans[v, y - 3 - x.spans, 1])
            t = min(max(t, lo), hi)
            if t == now or not_before(s, v, t) != t or parted(s, v, t):
                continue
            price = _priced(s, v, t)
            if o >= 0:
                to = min(max(then, max(other_lo, t + least)), min(other_hi, t + most))
                if not_before(s, o, to) != to:
                    continue
                price += _priced(s, o, to)
            if price < cheapest:
                cheapest = price
                best = t
        if best == now:
            return False
    if o >= 0:
        then = np.int64(s.visits[o].start)
        to = min(max(then, max(other_lo, best + least)), min(other_hi, best + most))
        if regular:
            to = not_before(s, o, to)
            if to > min(other_hi, best + most) or to > then:
                return False
        if to != then:
            put_start(s, u, o, to)
    put_start(s, u, v, best)
    return True


@inner
def retime_rich(s: State, u: Undo, to: Int, regular: bool) -> Any:
    """Every visit of a round to its best start, first to last and (where earlier is not always better) back again.
    True if anything moved: then stale rounds have to be settled, and `change_is_legal` has to look at breaks."""
    moved = False
    n = s.rounds[to].n
    for sweep in range(1 if regular else 2):
        for step in range(n):
            i = step if sweep == 0 else n - 1 - step
            moved |= _retime_visit(s, u, np.int64(s.stops[to, i].visit), regular)
    return moved
