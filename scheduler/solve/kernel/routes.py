"""One round: what it costs, and whether it is legal. Everything here is exact."""

from __future__ import annotations

from typing import Any

import numpy as np

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.day import walk
from scheduler.solve.kernel.layout import LINKED, NEVER, PRICED, RICH, SPANNED, Int, State
from scheduler.solve.kernel.reach import show_load
from scheduler.solve.kernel.starts import not_before, parted, start_price
from scheduler.solve.kernel.ways import way_from, way_until


@inner
def refresh(s: State, to: Int) -> None:
    """Recompute everything of a round that follows from its stops."""
    r = s.rounds[to]
    n = r.n
    rich = s.coupling[RICH] == 1
    hurried = len(s.rush) > 0
    if n == 0:
        r.cost = r.missed
        r.work = 0
        r.paid = 0
        r.owed = 0
        r.late = 0
        r.busy = 0
        r.idle = r.spell
        show_load(s, to)
        return
    m = r.mode
    cost = 0
    contact = 0
    travel = 0
    counted = 0
    paid_gap = 0
    spent = 0
    early = 0
    for i in range(n):
        x = s.stops[to, i]
        x.arc = x.per_minute * abs(x.start - x.target)
        if x.marks & PRICED and x.second == 0:
            x.arc += start_price(s, x.visit, x.start)
        x.travel = 0
        x.counted = 0
        x.paid_gap = 0
        x.spent = 0
        if i == 0:
            early = max(x.lo, r.lo)
        else:
            p = s.stops[to, i - 1]
            x.travel = way_from(s, m, p.place, x.place, p.start + p.length)
            gap = x.start - p.start - p.length - x.travel
            x.counted = min(gap, r.work_cap)
            x.paid_gap = min(gap, r.cap)
            x.arc += r.travel * x.travel + r.waiting * x.paid_gap + s.amounts[r.legs, p.place, x.place]
            if r.due > 0:
                x.spent = s.amounts[r.costs, p.place, x.place]
            early += p.length
            early = max(x.lo, early + (way_from(s, m, p.place, x.place, early) if hurried else x.travel))
        x.early = early
        cost += x.arc + s.fit[s.visits[x.visit].kind, r.carer].charge
        contact += x.length
        travel += x.travel
        counted += x.counted
        paid_gap += x.paid_gap
        spent += x.spent
    late = 0
    for i in range(n - 1, -1, -1):
        x = s.stops[to, i]
        if i == n - 1:
            late = r.hi
        elif hurried:
            late -= way_until(s, m, x.place, s.stops[to, i + 1].place, late)
        else:
            late -= s.stops[to, i + 1].travel
        late = min(x.hi, late - x.length)
        x.late = late
    first = s.stops[to, 0]
    last = s.stops[to, n - 1]
    out = way_until(s, m, r.home, first.place, first.start)
    back = way_from(s, m, last.place, r.home, last.start + last.length)
    k = s.carers[r.carer]
    r.cost = cost + r.contact * contact + r.home_price * (out + back)
    r.work = contact + travel + counted + r.home_works * (out + back)
    r.paid = k.counts_contact * contact + k.counts_travel * travel + k.counts_waiting * paid_gap
    r.owed = r.due * (contact + travel + counted) + spent
    r.start = first.start
    r.end = last.start + last.length
    r.leaves = r.start - r.home_works * out
    r.is_home = r.end + r.home_works * back
    r.last_place = last.place
    if rich:
        walk(s, to, -1, 0, 0, 0, 0, s.scratch)
        r.cost = s.scratch[0]
        r.late = s.scratch[3]
        r.idle = s.scratch[4]
        r.busy = s.scratch[5]
        show_load(s, to)


@inner
def round_before(s: State, to: Int) -> Any:
    """The carer's round with stops that comes before, or -1."""
    first = s.carers[s.rounds[to].carer].first
    p = to - 1
    while p >= first and s.rounds[p].n == 0:
        p -= 1
    return p if p >= first else -1


@inner
def round_after(s: State, to: Int) -> Any:
    """The carer's round with stops that comes next, or -1."""
    last = s.carers[s.rounds[to].carer].last
    q = to + 1
    while q < last and s.rounds[q].n == 0:
        q += 1
    return q if q < last else -1


@inner
def first_start(s: State, to: Int, before: Int, place: Int) -> Any:
    """Earliest start of a round whose first visit is at `place`: shift, the round before, rest."""
    r = s.rounds[to]
    k = s.carers[r.carer]
    begin = np.int64(r.lo)
    if r.leave > NEVER:
        begin = max(begin, np.int64(r.leave + way_from(s, r.mode, r.home, place, r.leave)))
    if before < 0:
        rested = k.worked_until + k.rest
    else:
        p = s.rounds[before]
        if p.day == r.day:
            return max(begin, p.end + way_from(s, r.mode, p.last_place, place, p.end))
        rested = p.is_home + k.rest
    return max(begin, rested + r.home_works * way_from(s, r.mode, r.home, place, rested))


@inner
def last_end(s: State, to: Int, after: Int, place: Int) -> Any:
    """Latest end of a round whose last visit is at `place`: shift, the round after, rest."""
    r = s.rounds[to]
    end = r.hi if r.per_over >= 0 else min(r.hi, r.by - way_until(s, r.mode, place, r.home, r.by))
    if after < 0:
        return end
    q = s.rounds[after]
    if q.day == r.day:
        return min(end, q.start - way_until(s, r.mode, place, s.stops[after, 0].place, q.start))
    rested = q.leaves - s.carers[r.carer].rest
    return min(end, rested - r.home_works * way_until(s, r.mode, place, r.home, rested))


@inner
def week_has_rest(s: State, to: Int, leaves: Int, is_home: Int) -> Any:
    """Would the carer's week keep one long stretch at home if round `to` ran from `leaves` to `is_home`?"""
    r = s.rounds[to]
    k = s.carers[r.carer]
    if r.watch_rest == 0:
        return True
    free_from = r.week * 10080
    for i in range(k.first, k.last):
        x = s.rounds[i]
        if x.week != r.week or (x.n == 0 and i != to):
            continue
        if (leaves if i == to else x.leaves) - free_from >= k.weekly_rest:
            return True
        free_from = is_home if i == to else x.is_home
    return (r.week + 1) * 10080 - free_from >= k.weekly_rest


@inner
def has_breaks(s: State, to: Int) -> Any:
    """No stretch of the round is longer than the carer may go without a break."""
    r = s.rounds[to]
    if r.n == 0 or r.end - r.start <= r.break_after:
        return True
    begun = r.start
    before = r.start
    for i in range(r.n):
        x = s.stops[to, i]
        if i > 0 and x.start - before - x.travel >= r.break_minutes:
            begun = x.start
        before = x.start + x.length
        if before - begun > r.break_after:
            return False
    return True


@inner
def links_hold(s: State, v: Int, start: Int) -> Any:
    """Would visit `v`, started at `start`, keep its distance from the placed visits it is linked to?"""
    x = s.visits[v]
    for i in range(x.link, x.link + x.links):
        o = s.visits[s.links[i, 0]]
        if o.placed == 1:
            gap = o.start - start
            if gap < s.links[i, 1] or gap > s.links[i, 2]:
                return False
    return not parted(s, v, start)


@inner
def legal(s: State, to: Int) -> Any:
    """The whole of a round, checked afresh (after `refresh`)."""
    r = s.rounds[to]
    n = r.n
    if n == 0:
        return True
    for i in range(n):
        x = s.stops[to, i]
        v = s.visits[x.visit]
        if x.start < v.lo or x.start > v.hi:
            return False
        if i > 0 and x.start < s.stops[to, i - 1].start + s.stops[to, i - 1].length + x.travel:
            return False
        if x.marks & LINKED and not links_hold(s, x.visit, x.start):
            return False
        if x.marks & SPANNED and not_before(s, x.visit, x.start) != x.start:
            return False
    if r.start < first_start(s, to, round_before(s, to), s.stops[to, 0].place):
        return False
    if r.end > last_end(s, to, round_after(s, to), r.last_place):
        return False
    w = s.weeks[r.carer, r.week]
    return w.work <= w.limit and has_breaks(s, to) and week_has_rest(s, to, r.leaves, r.is_home)
