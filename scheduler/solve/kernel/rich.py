"""Where one more visit goes best in a rich problem: pushes may run through other rounds, and prices couple them all.

First every position of every round gets a lower bound on what it costs; then the most promising are tried exactly.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.coupling import coupled, imbalance, largest, powers, soft_idle
from scheduler.solve.kernel.day import walk
from scheduler.solve.kernel.layout import (
    BUSY,
    IDLE,
    INFEASIBLE,
    LATE,
    MOST,
    REGULAR,
    RICH,
    SOFT,
    Desk,
    Hints,
    Int,
    State,
)
from scheduler.solve.kernel.near import gather
from scheduler.solve.kernel.prices import paid_price, standing_price
from scheduler.solve.kernel.reach import forget, reach
from scheduler.solve.kernel.rng import uniform
from scheduler.solve.kernel.routes import first_start, last_end, round_after, round_before, week_has_rest
from scheduler.solve.kernel.starts import not_after, not_before, parted, start_price
from scheduler.solve.kernel.ways import way_from, way_until

PUSH = 120
"""Minutes that a push is worth trying."""
PLACES = 12
"""Positions that are tried exactly for one visit."""


@inner
def sketched(s: State, d: Desk, pos: Int, v: Int, t: Int, length: Int, second: Int) -> Any:
    """Change of price by what `reach` has sketched; INFEASIBLE if it breaks a rule, or costs too much already."""
    a = s.scratch
    price = np.int64(0)
    for i in range(d.counts[2]):
        to = d.touched[i]
        r = s.rounds[to]
        if not walk(s, to, pos if i == 0 else np.int64(-1), v, t, length, second, a):
            return INFEASIBLE
        if a[6] < first_start(s, to, round_before(s, to), a[8]):
            return INFEASIBLE
        if a[7] > last_end(s, to, round_after(s, to), a[9]):
            return INFEASIBLE
        if r.watch_rest == 1:
            out = r.home_works * way_until(s, r.mode, r.home, a[8], a[6])
            back = r.home_works * way_from(s, r.mode, a[9], r.home, a[7])
            if not week_has_rest(s, to, a[6] - out, a[7] + back):
                return INFEASIBLE
        w = s.weeks[r.carer, r.week]
        if w.work + a[1] - r.work > w.limit:
            return INFEASIBLE
        for j in range(
            i
        ):  # two rounds of one carer at once: their sums and rests would have to be seen together
            if s.rounds[d.touched[j]].carer == r.carer:
                return INFEASIBLE
        price += a[0] - r.cost
        if price >= d.counts[MOST]:
            return INFEASIBLE
        price += paid_price(s, r.carer, r.week, w.paid + a[2] - r.paid, w.owed + a[10] - r.owed)
        price -= paid_price(s, r.carer, r.week, w.paid, w.owed)
        s.loads[to, LATE] = a[3]
        s.loads[to, IDLE] = a[4]
        s.loads[to, BUSY] = a[5]
    return price + coupled(s) - s.totals[1]


@inner
def trial_rich(
    s: State, d: Desk, to: Int, pos: Int, v: Int, t: Int, length: Int, second: Int, most: Int
) -> Any:
    """Exact change of price if visit `v` starts at `t` as stop `pos` of round `to`, whoever has to move moving;
    INFEASIBLE if that breaks a rule, or is seen to cost `most` while it is sketched. Without `standing_price`."""
    price = INFEASIBLE
    d.counts[MOST] = most if s.coupling[REGULAR] == 1 else INFEASIBLE
    if s.rounds[to].n < s.stops.shape[1] and reach(s, d, to, pos, v, t, length):
        price = sketched(s, d, pos, v, t, length, second)
    forget(s, d)
    return price


@inner
def shortlist_places(
    s: State, h: Hints, d: Desk, v: Int, blink: float, guide: float, most: Int, wide: bool
) -> Any:
    """The positions that look cheapest, best first: round in `found`, stop in `moved`, bound in `estimate`."""
    x = s.visits[v]
    place = np.int64(x.client)
    count = 0
    anchored = s.coupling[RICH] == 0
    idlest = np.int64(0)
    above = 0.0
    below = 0.0
    soft = s.coupling[SOFT] == 1
    if s.coupling[1] > 0:
        idlest = largest(s, IDLE, -1)
        above, below = soft_idle(s)
    evenness = imbalance(s, -1, 0) if s.coupling[2] > 0 else np.int64(0)
    size = gather(s, h, d, v, wide)
    for c in range(size):
        to = d.pool[c]
        r = s.rounds[to]
        m = r.mode
        n = r.n
        length = np.int64(s.fit[x.kind, r.carer].length)
        if x.together > 0:  # this carer may be the one who helps
            length = min(length, np.int64(x.together))
        if length == 0 or n >= s.stops.shape[1] or r.carer == x.banned or uniform(s.rng) < blink:
            continue
        standing = standing_price(s, v, to) + np.int64(guide * s.pairs[place, r.carer].guide)
        standing += r.contact * length
        others_idle = np.int64(0)
        if s.coupling[1] > 0 and r.spell >= 0:
            others_idle = idlest if r.idle < idlest else largest(s, IDLE, to)
        out = np.int64(s.minutes_to[m, place, r.home])
        back = np.int64(s.minutes[m, place, r.home])
        for pos in range(n + 1):
            early = np.int64(x.lo)
            ways = np.int64(0)
            home = np.int64(0)
            price = standing
            gap = np.int64(0)
            late = np.int64(x.hi)
            if pos > 0:
                p = s.stops[to, pos - 1]
                way = np.int64(s.minutes_to[m, place, p.place])
                early = max(early, np.int64(p.early + p.length + way))
                if anchored and p.start - PUSH > x.hi:
                    break
                ways += way
                price += s.amounts_to[r.legs, place, p.place]
                gap = -np.int64(p.start + p.length)
            else:
                early = max(early, np.int64(max(r.lo, r.leave + out)))
                home += out
            if anchored:  # a double-up's stop says that it cannot move, but it can, with both its carers
                early = np.int64(x.lo)
            if early > x.hi:
                break
            if pos < n:
                q = s.stops[to, pos]
                way = np.int64(s.minutes[m, place, q.place])
                late = min(late, np.int64(q.late - way - length))
                if anchored:
                    late = np.int64(x.hi)
                    if q.start + PUSH < x.lo:
                        continue
                ways += way
                price += s.amounts[r.legs, place, q.place]
                if pos > 0:
                    ways -= q.travel
                    price -= s.amounts[r.legs, s.stops[to, pos - 1].place, q.place]
                    gap += q.start - q.travel
                else:
                    home -= s.minutes[m, r.home, q.place]
                needed = early + length + way
                if needed > q.start:
                    price += start_price(s, q.visit, needed) - start_price(s, q.visit, q.start)
            else:
                home += back
                if n > 0:
                    home -= s.minutes[m, r.last_place, r.home]
            if early > late:
                continue
            price += r.travel * ways + r.home_price * home
            price += start_price(s, v, not_before(s, v, early))
            if pos > 0 and pos < n and r.waiting > 0:  # at the best the visit fills the gap that is there
                price -= r.waiting * min(max(gap, 0), length + ways)
            busier = length + ways + home
            if s.coupling[1] > 0 and r.spell >= 0:
                if soft:
                    old9, old8 = powers(r.idle)
                    new9, new8 = powers(r.idle - busier)
                    then = (above - old9 + new9) / max(below - old8 + new8, 1.0)
                    price += np.int64(s.coupling[1] * (then - above / max(below, 1.0)))
                else:
                    price += s.coupling[1] * (max(others_idle, r.idle - busier) - idlest)
            if s.coupling[2] > 0:
                price += s.coupling[2] * (imbalance(s, to, r.busy + busier) - evenness)
            j = count
            if count < most:
                count += 1
            elif price >= d.estimate[most - 1]:
                continue
            else:
                j = most - 1
            while j > 0 and d.estimate[j - 1] > price:
                d.estimate[j] = d.estimate[j - 1]
                d.found[j] = d.found[j - 1]
                d.places[j] = d.places[j - 1]
                j -= 1
            d.estimate[j] = price
            d.found[j] = to
            d.places[j] = pos
    return count


@inner
def best_single_rich(s: State, h: Hints, d: Desk, v: Int, blink: float, guide: float, wide: bool) -> Any:
    """Cheapest place for a visit of one carer: the price, and where in the desk's `out`."""
    x = s.visits[v]
    place = np.int64(x.client)
    best = INFEASIBLE
    anchored = s.coupling[RICH] == 0
    most = min(len(d.places), 3 * PLACES if uniform(s.rng) < 0.1 else PLACES)
    count = shortlist_places(s, h, d, v, blink, guide, most, wide)
    for i in range(count):
        if d.estimate[i] >= best:
            break
        to = d.found[i]
        pos = d.places[i]
        r = s.rounds[to]
        m = r.mode
        n = r.n
        length = np.int64(s.fit[x.kind, r.carer].length)
        standing = standing_price(s, v, to) + np.int64(guide * s.pairs[place, r.carer].guide)
        if pos > 0:  # from `a` on nobody before has to move, from `early` on everybody before can make room
            p = s.stops[to, pos - 1]
            a = np.int64(p.start + p.length)
            a = max(np.int64(x.lo), np.int64(a + way_from(s, m, p.place, place, a)))
            early = np.int64(p.early + p.length)
            early = max(np.int64(x.lo), np.int64(early + way_from(s, m, p.place, place, early)))
            if anchored:
                early = np.int64(x.lo)
        else:
            a = max(np.int64(x.lo), np.int64(first_start(s, to, round_before(s, to), place)))
            early = a
        b = np.int64(x.hi)
        if pos < n:
            q = s.stops[to, pos]
            b = min(b, np.int64(q.start - way_until(s, m, place, q.place, q.start) - length))
        else:
            b = min(b, np.int64(last_end(s, to, round_after(s, to), place) - length))
        a = not_before(s, v, a)
        b = not_after(s, v, b)
        early = not_before(s, v, early)
        for y in range(4 + 2 * x.spans):
            if y == 0:
                t = a
            elif y == 1 and anchored:  # as late as nobody after has to move, or where the visit wants to be
                t = b
                if b >= a:
                    continue
            elif y == 1:  # those before make room, where that spares those behind or the visit itself
                t = early
                if early >= a or (a <= b and start_price(s, v, a) <= start_price(s, v, early)):
                    continue
            elif y == 2:  # as late as nobody after has to move: no waiting behind
                t = b
                if b <= a or r.waiting == 0 or pos > 0:
                    continue
            elif y == 3:
                t = min(max(np.int64(x.target), early), max(a, b))
                if x.per_minute == 0 or t == a:
                    continue
            elif y < 4 + x.spans:  # at the beginning of a later span, at the end of one
                t = np.int64(s.spans[v, y - 4, 0])
                if t <= a or start_price(s, v, a) == 0:
                    continue
            else:
                t = np.int64(s.spans[v, y - 4 - x.spans, 1])
                if t <= a or t >= b or r.waiting == 0 or pos > 0:
                    continue
            if t < x.lo or t > x.hi or not_before(s, v, t) != t or parted(s, v, t):
                continue
            price = trial_rich(s, d, to, pos, v, t, length, 0, best - standing)
            if price < INFEASIBLE and price + standing < best:
                best = price + standing
                d.out[0] = to
                d.out[1] = pos
                d.out[2] = t
    return best
