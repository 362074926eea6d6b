"""Better starts, the order of all rounds staying as it is."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from scheduler.solve.kernel.change import settle, touch
from scheduler.solve.kernel.layout import LINKED, PRICED, REGULAR, RICH, Int, State, Undo
from scheduler.solve.kernel.reach import stop_of
from scheduler.solve.kernel.routes import (
    first_start,
    has_breaks,
    last_end,
    links_hold,
    round_after,
    round_before,
)
from scheduler.solve.kernel.starts import lateness, not_after, not_before, start_price


@njit(cache=True)
def _retime(s: State, to: Int) -> None:
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
                a = max(a, first_start(s, to, before, x.place))
            if i < n - 1:
                q = s.stops[to, i + 1]
                way_out = s.minutes[m, x.place, q.place]
                q_start = q.start
                b = min(b, q_start - way_out - x.length)
            else:
                b = min(b, last_end(s, to, after, x.place) - x.length)
            if a > b:
                continue
            now = x.start
            best = now
            least = np.int64(2**60)
            curved = x.marks & PRICED and x.second == 0
            for y in range(5 if curved else 4):
                t = now if y == 0 else (min(max(x.target, a), b) if y == 1 else (a if y == 2 else b))
                if y == 4:
                    t = min(max(np.int64(s.visits[x.visit].promised), a), b)
                price = x.per_minute * abs(t - x.target)
                if curved:
                    price += start_price(s, x.visit, t)
                if i > 0:
                    price += waiting * min(t - p_end - way_in, r.cap)
                if i < n - 1:
                    price += waiting * min(q_start - t - x.length - way_out, r.cap)
                if price < least:
                    least = price
                    best = t
            if best == now or (x.marks & LINKED and not links_hold(s, x.visit, best)):
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


@njit(cache=True)
def _room(s: State, v: Int, but: Int) -> Any:
    """First and last start of a visit while all others stay; the link to `but` is left out."""
    x = s.visits[v]
    lo = np.int64(x.lo)
    hi = np.int64(x.hi)
    for side in range(1 + x.double):
        to = np.int64(x.round0 if side == 0 else x.round1)
        at = stop_of(s, to, v)
        r = s.rounds[to]
        length = s.stops[to, at].length
        if at > 0:
            p = s.stops[to, at - 1]
            lo = max(lo, np.int64(p.start + p.length + s.stops[to, at].travel))
        else:
            lo = max(lo, np.int64(first_start(s, to, round_before(s, to), x.client)))
        if at < r.n - 1:
            q = s.stops[to, at + 1]
            hi = min(hi, np.int64(q.start - q.travel - length))
        else:
            hi = min(hi, np.int64(last_end(s, to, round_after(s, to), x.client) - length))
    for i in range(x.link, x.link + x.links):
        o = s.links[i, 0]
        if o != but and s.visits[o].placed == 1:
            lo = max(lo, np.int64(s.visits[o].start - s.links[i, 2]))
            hi = min(hi, np.int64(s.visits[o].start - s.links[i, 1]))
    return lo, hi


@njit(cache=True)
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
                way = s.minutes[r.mode, x.client, r.home]
                price += r.per_over * max(np.int64(0), t + s.stops[to, at].length + way - r.by)
    return price


@njit(cache=True)
def _put_start(s: State, u: Undo, v: Int, t: Int) -> None:
    x = s.visits[v]
    x.start = t
    for side in range(1 + x.double):
        to = np.int64(x.round0 if side == 0 else x.round1)
        touch(s, u, to)
        s.rounds[to].stale = 1
        stop = s.stops[to, stop_of(s, to, v)]
        stop.start = t
        if x.double == 1:
            stop.lo = t
            stop.hi = t


@njit(cache=True)
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


@njit(cache=True)
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


@njit(cache=True)
def _retime_visit(s: State, u: Undo, v: Int, regular: bool) -> Any:
    """Move a visit to its best start, and a visit that is linked to it along where need be. True if anything moved."""
    x = s.visits[v]
    if not regular and not _could_be_better(s, v):
        return False
    link = _partner(s, v)
    o = np.int64(-1)
    if link >= 0:
        o = np.int64(s.links[link, 0])
    lo, hi = _room(s, v, o)
    other_lo = np.int64(0)
    other_hi = np.int64(0)
    least = np.int64(0)
    most = np.int64(0)
    if o >= 0:
        other_lo, other_hi = _room(s, o, v)
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
            if t == now or not_before(s, v, t) != t:
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
            _put_start(s, u, o, to)
    _put_start(s, u, v, best)
    return True


@njit(cache=True)
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


@njit(cache=True)
def retime_round(s: State, u: Undo, to: Int) -> None:
    """Better starts in one round."""
    if s.coupling[RICH] == 1:
        retime_rich(s, u, to, s.coupling[REGULAR] == 1)
        for i in range(u.counts[0]):
            if s.rounds[u.touched[i]].stale == 1:
                settle(s, u.touched[i])
    else:
        _retime(s, to)
