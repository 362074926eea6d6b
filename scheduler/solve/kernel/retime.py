"""Better starts, the order of all rounds staying as it is."""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.solve.kernel.change import settle, touch
from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import REGULAR, RICH, Int, State, Undo
from scheduler.solve.kernel.prices import missing
from scheduler.solve.kernel.reach import stop_of
from scheduler.solve.kernel.routes import (
    first_start,
    has_breaks,
    last_end,
    round_after,
    round_before,
)
from scheduler.solve.kernel.starts import lateness, not_after, not_before, parted, start_price
from scheduler.solve.kernel.ways import way_from, way_until


@inner
def _between(s: State, to: Int, at: Int) -> Any:
    """First and last start of a stop while its neighbours and the carer's other rounds stay."""
    r = s.rounds[to]
    x = s.stops[to, at]
    if at > 0:
        p = s.stops[to, at - 1]
        lo = np.int64(p.start + p.length + x.travel)
    else:
        lo = np.int64(first_start(s, to, round_before(s, to), x.place))
    if at < r.n - 1:
        q = s.stops[to, at + 1]
        hi = np.int64(q.start - way_until(s, r.mode, x.place, q.place, q.start) - x.length)
    else:
        hi = np.int64(last_end(s, to, round_after(s, to), x.place) - x.length)
    return lo, hi


@inner
def _room(s: State, v: Int, but: Int) -> Any:
    """First and last start of a visit while all others stay; the link to `but` is left out."""
    x = s.visits[v]
    lo = np.int64(x.lo)
    hi = np.int64(x.hi)
    for side in range(1 + x.double):
        to = np.int64(x.round0 if side == 0 else x.round1)
        a, b = _between(s, to, stop_of(s, to, v))
        lo = max(lo, a)
        hi = min(hi, b)
    for i in range(x.link, x.link + x.links):
        o = s.links[i, 0]
        if o != but and s.visits[o].placed == 1:
            lo = max(lo, np.int64(s.visits[o].start - s.links[i, 2]))
            hi = min(hi, np.int64(s.visits[o].start - s.links[i, 1]))
    return lo, hi


@inner
def _put_start(s: State, u: Undo, v: Int, t: Int) -> None:
    """Another start for a visit; its rounds are stale until they are settled."""
    x = s.visits[v]
    x.start = t
    for side in range(1 + x.double):
        to = np.int64(x.round0 if side == 0 else x.round1)
        touch(s, u, to)
        r = s.rounds[to]
        r.stale = 1
        stop = s.stops[to, stop_of(s, to, v)]
        stop.start = t
        if x.double == 1:
            stop.lo = t
            stop.hi = t
        last = s.stops[to, r.n - 1]
        r.start = s.stops[to, 0].start  # (breaks and the carer's other rounds are seen by these)
        r.end = last.start + last.length


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
            lo, hi = _room(s, v, -1)
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
                _put_start(s, u, v, best)
                if not _has_breaks(s, v) or (len(s.rush) > 0 and not _within_limit(s, v)):
                    _put_start(s, u, v, now)


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
            _put_start(s, u, o, to)
    _put_start(s, u, v, best)
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
