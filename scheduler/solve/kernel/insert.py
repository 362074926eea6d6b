"""What one more visit would cost, and where it goes best. (`double` has those that take two carers.)"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import INFEASIBLE, LINKED, PRICED, Desk, Hints, Int, State
from scheduler.solve.kernel.near import gather
from scheduler.solve.kernel.prices import hours_price, paid_price, standing_price
from scheduler.solve.kernel.rng import uniform
from scheduler.solve.kernel.routes import (
    first_start,
    last_end,
    links_hold,
    round_after,
    round_before,
    week_has_rest,
)
from scheduler.solve.kernel.starts import start_price
from scheduler.solve.kernel.ways import way_from, way_into, way_until

SHORTLIST = 12
"""Rounds that are tried exactly for one visit; the others are ruled out by an estimate."""


@inner
def trial(
    s: State,
    to: Int,
    before: Int,
    after: Int,
    pos: Int,
    v: Int,
    t: Int,
    length: Int,
    second: Int,
    moved: NDArray[np.int64],
) -> Any:
    """Exact change of price if visit `v` starts at `t` as stop `pos` of round `to`, its neighbours pushed as far as
    needed (their new starts in `moved`); INFEASIBLE if that breaks a rule. Without `standing_price`."""
    r = s.rounds[to]
    m = r.mode
    n = r.n
    hurried = len(s.rush) > 0  # (looked at once: this is the innermost loop)
    place = s.visits[v].client
    result = INFEASIBLE
    ok = True
    s.visits[v].start = t  # for the links of those who are pushed
    s.visits[v].placed = 1
    end = t + length
    at = place
    j = pos
    while j < n:
        x = s.stops[to, j]
        need = end + (way_from(s, m, at, x.place, end) if hurried else s.minutes[m, at, x.place])
        if need <= x.start:
            break
        if need > x.late or (x.marks & LINKED and not links_hold(s, x.visit, need)):
            ok = False
            break
        moved[j] = need
        end = need + x.length
        at = x.place
        j += 1
    to_end = j  # first stop after `pos` that stays
    finish = end if j == n else r.end
    final = at if j == n else r.last_place
    begin = t
    at = place
    j = pos - 1
    while ok and j >= 0:
        x = s.stops[to, j]
        way = way_until(s, m, x.place, at, begin) if hurried else s.minutes[m, x.place, at]
        need = begin - way - x.length
        if need >= x.start:
            break
        if need < x.early or (x.marks & LINKED and not links_hold(s, x.visit, need)):
            ok = False
            break
        moved[j] = need
        begin = need
        at = x.place
        j -= 1
    from_begin = j  # last stop before `pos` that stays
    initial = at if j < 0 else s.stops[to, 0].place
    begin = begin if j < 0 else r.start
    if ok:
        ok = begin >= first_start(s, to, before, initial) and finish <= last_end(s, to, after, final)
    if ok:
        out = way_until(s, m, r.home, initial, begin)
        back = way_from(s, m, final, r.home, finish)
        home = out + back
        if n > 0:
            home -= way_until(s, m, r.home, s.stops[to, 0].place, r.start)
            home -= way_from(s, m, r.last_place, r.home, r.end)
        ok = week_has_rest(s, to, begin - r.home_works * out, finish + r.home_works * back)
        price = 0
        travel = 0
        counted = 0
        paid_gap = 0
        spent = 0
        top = min(to_end, n - 1)
        for i in range(from_begin + 1, top + 1):
            x = s.stops[to, i]
            price -= x.arc
            travel -= x.travel
            counted -= x.counted
            paid_gap -= x.paid_gap
            spent -= x.spent
        p_place = -1
        p_end = 0
        if from_begin >= 0:
            x = s.stops[to, from_begin]
            p_place = x.place
            p_end = x.start + x.length
        for i in range(from_begin + 1, top + 2):
            if i == pos:
                i_place = place
                i_start = t
                i_length = length
                if second == 0:
                    price += s.visits[v].per_minute * abs(t - s.visits[v].target)
                    if s.visits[v].moved_price > 0:
                        price += start_price(s, v, t)
            else:
                old = i if i < pos else i - 1
                x = s.stops[to, old]
                i_place = x.place
                i_start = moved[old] if from_begin < old < to_end else x.start
                i_length = x.length
                price += x.per_minute * abs(i_start - x.target)
                if x.marks & PRICED and x.second == 0:
                    price += start_price(s, x.visit, i_start)
            if p_place >= 0:
                way = way_from(s, m, p_place, i_place, p_end) if hurried else s.minutes[m, p_place, i_place]
                gap = i_start - p_end - way
                travel += way
                counted += min(gap, r.work_cap)
                g = min(gap, r.cap)
                paid_gap += g
                price += r.travel * way + r.waiting * g + s.amounts[r.legs, p_place, i_place]
                if r.due > 0:
                    spent += s.amounts[r.costs, p_place, i_place]
            p_place = i_place
            p_end = i_start + i_length
        w = s.weeks[r.carer, r.week]
        if w.work + length + travel + counted + r.home_works * home > w.limit:
            ok = False
        if ok and finish - begin > r.break_after:
            stretch = begin
            p_place = -1
            p_end = 0
            for i in range(n + 1):
                if i == pos:
                    i_place = place
                    i_start = t
                    i_length = length
                else:
                    old = i if i < pos else i - 1
                    x = s.stops[to, old]
                    i_place = x.place
                    i_start = moved[old] if from_begin < old < to_end else x.start
                    i_length = x.length
                if p_place >= 0:
                    if i_start - p_end - way_from(s, m, p_place, i_place, p_end) >= r.break_minutes:
                        stretch = i_start
                p_place = i_place
                p_end = i_start + i_length
                if p_end - stretch > r.break_after:
                    ok = False
        if ok:
            k = s.carers[r.carer]
            paid = k.counts_contact * length + k.counts_travel * travel + k.counts_waiting * paid_gap
            owed = r.due * (length + travel + counted) + spent
            result = (
                price
                + r.contact * length
                + r.home_price * home
                + paid_price(s, r.carer, r.week, w.paid + paid, w.owed + owed)
                - paid_price(s, r.carer, r.week, w.paid, w.owed)
            )
    s.visits[v].placed = 0
    return result


@inner
def window_now(s: State, v: Int) -> Any:
    """The visit's window, narrowed by the placed visits that it is linked to."""
    x = s.visits[v]
    lo = np.int64(x.lo)
    hi = np.int64(x.hi)
    for i in range(x.link, x.link + x.links):
        o = s.visits[s.links[i, 0]]
        if o.placed == 1:
            lo = max(lo, o.start - s.links[i, 2])
            hi = min(hi, o.start - s.links[i, 1])
    return lo, hi


@inner
def shortlist(
    s: State, h: Hints, d: Desk, v: Int, lo: Int, hi: Int, blink: float, guide: float, most: Int, wide: bool
) -> Any:
    """The rounds that look cheapest for the visit, best first; each is skipped with chance `blink`."""
    found = d.found
    estimate = d.estimate
    size = gather(s, h, d, v, wide)
    x = s.visits[v]
    count = 0
    target = min(max(x.target, lo), hi)
    for i in range(size):
        to = d.pool[i]
        r = s.rounds[to]
        length = s.fit[x.kind, r.carer].length
        if x.together > 0:  # this carer may be the one who helps
            length = min(length, x.together)
        if length == 0 or r.lo > hi or r.hi < lo + length or r.carer == x.banned or uniform(s.rng) < blink:
            continue
        price = standing_price(s, v, to) + np.int64(guide * s.pairs[x.client, r.carer].guide)
        if count == most and price >= estimate[most - 1]:
            continue
        pos = 0
        n = r.n
        while pos < n and s.stops[to, pos].start < target:
            pos += 1
        place = x.client
        way = 0
        if n == 0:
            away = s.minutes_to[r.mode, place, r.home] + s.minutes[r.mode, place, r.home]
            price += r.home_price * away
        else:
            p = s.stops[to, pos - 1].place if pos > 0 else -1
            q = s.stops[to, pos].place if pos < n else -1
            if p >= 0:
                way += s.minutes_to[r.mode, place, p]
                price += s.amounts_to[r.legs, place, p]
            if q >= 0:
                way += s.minutes[r.mode, place, q]
                price += s.amounts[r.legs, place, q]
            if p >= 0 and q >= 0:
                way -= s.stops[to, pos].travel
                price -= s.amounts[r.legs, p, q]
            price += r.travel * way
            gap = 0
            if p >= 0:
                gap = target - s.stops[to, pos - 1].start - s.stops[to, pos - 1].length
            if q >= 0:
                room = s.stops[to, pos].start - target - length
                gap = min(gap, room) if p >= 0 else room
            price += r.waiting * min(max(gap, 0), r.cap) // 2
        k = s.carers[r.carer]
        w = s.weeks[r.carer, r.week]
        paid = k.counts_contact * length + k.counts_travel * way
        price += r.contact * length
        price += hours_price(s, r.carer, r.week, w.paid + paid) - hours_price(s, r.carer, r.week, w.paid)
        j = count
        if count < most:
            count += 1
        elif price >= estimate[most - 1]:
            continue
        else:
            j = most - 1
        while j > 0 and estimate[j - 1] > price:
            estimate[j] = estimate[j - 1]
            found[j] = found[j - 1]
            j -= 1
        estimate[j] = price
        found[j] = to
    return count


@inner
def best_single(s: State, h: Hints, d: Desk, v: Int, blink: float, guide: float, wide: bool) -> Any:
    """Cheapest place for a visit of one carer: the price, and where in the desk's `out`."""
    found, estimate, moved, out = d.found, d.estimate, d.moved, d.out
    lo, hi = window_now(s, v)
    best = INFEASIBLE
    if lo > hi:
        return best
    x = s.visits[v]
    place = x.client
    most = len(found) if uniform(s.rng) < 0.03 else SHORTLIST
    count = shortlist(s, h, d, v, lo, hi, blink, guide, most, wide)
    for i in range(count):
        if estimate[i] >= best:  # the estimate leaves out waiting and pushing: those behind are no better
            break
        to = found[i]
        r = s.rounds[to]
        m = r.mode
        n = r.n
        if n >= s.stops.shape[1]:
            continue
        length = s.fit[x.kind, r.carer].length
        standing = standing_price(s, v, to) + np.int64(guide * s.pairs[place, r.carer].guide)
        before = round_before(s, to)
        after = round_after(s, to)
        for pos in range(n + 1):
            # a..b: starts that push nobody; early..late: starts that are possible at all
            if pos > 0:
                p = s.stops[to, pos - 1]
                a = p.start + p.length
                a = max(lo, a + way_into(s, m, place, p.place, a))
                early = p.early + p.length
                early = max(lo, early + way_into(s, m, place, p.place, early))
            else:
                a = max(lo, first_start(s, to, before, place))
                early = a
            if early > hi:
                break
            if pos < n:
                q = s.stops[to, pos]
                b = min(hi, q.start - way_until(s, m, place, q.place, q.start) - length)
                late = min(hi, q.late - way_until(s, m, place, q.place, q.late) - length)
            else:
                b = min(hi, last_end(s, to, after, place) - length)
                late = b
            if early > late:
                continue
            wanted = min(max(x.target, early), late)
            t2 = -1
            if a <= b:
                t1 = min(max(x.target, a), b)
                if pos == n and n > 0 and a != t1:
                    t2 = a
                elif pos == 0 and n > 0 and b != t1:
                    t2 = b
            else:
                t1 = min(max(a, early), late)
                t2 = min(max(b, early), late)
            for y in range(3 if x.moved_price == 0 else 4):
                t = t1 if y == 0 else (t2 if y == 1 else wanted)
                if y == 3:
                    t = min(max(x.promised, early), late)
                if t < 0 or (y > 0 and t == t1) or (y == 2 and t == t2):
                    continue
                price = trial(s, to, before, after, pos, v, t, length, 0, moved)
                if price < INFEASIBLE and price + standing < best:
                    best = price + standing
                    out[0] = to
                    out[1] = pos
                    out[2] = t
    return best
