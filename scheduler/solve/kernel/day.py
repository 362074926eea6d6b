"""A round walked through from home to home, as it is or with one visit more and others moved: what a rich problem asks.

The answer of `walk` has the price, working minutes, paid minutes, largest lateness, idle minutes, busy minutes, start
of the first visit, end of the last, the places of both, and what the carer is owed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import NEVER, Int, State
from scheduler.solve.kernel.starts import lateness, start_price
from scheduler.solve.kernel.ways import way_from, way_until


@inner
def walk(
    s: State, to: Int, pos: Int, v: Int, t: Int, length: Int, second: Int, answer: NDArray[np.int64]
) -> Any:
    """Walk through round `to` with visit `v` (from `t`, so long) as stop `pos`, or as it is where `pos` is -1; other
    visits at their tentative starts. False if somebody cannot be there in time or works too long without a break.
    The price leaves out what the carer is charged for `v` itself."""
    r = s.rounds[to]
    m = r.mode
    n = r.n + (1 if pos >= 0 else 0)
    price = np.int64(0)
    contact = np.int64(0)
    travel = np.int64(0)
    counted = np.int64(0)
    paid_gap = np.int64(0)
    waited = np.int64(0)
    spent = np.int64(0)
    worst = np.int64(0)
    end = np.int64(0)
    at = np.int64(-1)
    first_place = np.int64(-1)
    first_begin = np.int64(0)
    stretch = np.int64(0)
    least = np.int64(r.pause_lo)
    most = np.int64(r.pause_hi)
    between = False
    for i in range(n):
        if i == pos:
            u = np.int64(v)
            place = np.int64(s.visits[v].client)
            begin = np.int64(t)
            long = np.int64(length)
            if second == 0:
                price += s.visits[v].per_minute * abs(begin - s.visits[v].target)
            helps = second == 1
        else:
            x = s.stops[to, i if pos < 0 or i < pos else i - 1]
            u = np.int64(x.visit)
            place = np.int64(x.place)
            moved = np.int64(s.visits[u].tentative)
            begin = np.int64(x.start) if moved == NEVER else moved
            long = np.int64(x.length)
            price += x.per_minute * abs(begin - x.target) + s.fit[s.visits[u].kind, r.carer].charge
            helps = x.second == 1
        y = s.visits[u]
        if not helps:
            if y.spans > 0 or y.moved_price > 0:
                price += start_price(s, u, begin)
            if y.spans > 0 and y.per_late >= 0:
                worst = max(worst, lateness(s, u, begin))
        contact += long
        if i == 0:
            first_place = place
            first_begin = begin
            stretch = begin
        else:
            way = np.int64(way_from(s, m, at, place, end))
            gap = begin - end - way
            if gap < 0:
                return False
            travel += way
            counted += min(gap, r.work_cap)
            g = min(gap, np.int64(r.cap))
            paid_gap += g
            waited += gap
            price += r.travel * way + s.amounts[r.legs, at, place]
            if r.due > 0:
                spent += s.amounts[r.costs, at, place]
            if gap >= r.break_minutes:
                stretch = begin
            if r.pause > 0 and not between:  # at the place before or at the next one
                between = max(least, end) <= min(most, begin - way - r.pause) or max(least, end + way) <= min(
                    most, begin - r.pause
                )
                if between:
                    paid_gap -= g - min(gap - r.pause, np.int64(r.cap))
        end = begin + long
        at = place
        if end - stretch > r.break_after:
            return False
    out = np.int64(way_until(s, m, r.home, first_place, first_begin))
    back = np.int64(way_from(s, m, at, r.home, end))
    over = max(np.int64(0), end + back - r.by)
    paused = between
    if (
        r.pause > 0 and not between
    ):  # before the first visit (at home or at the client's), else after the last
        paused = max(least, np.int64(r.leave + out)) <= min(most, first_begin - r.pause) or max(
            least, np.int64(r.leave)
        ) <= min(most, first_begin - out - r.pause)
        if not paused and max(least, end) <= most:
            wait = max(least, end) - end
            later = max(np.int64(0), end + wait + r.pause + back - r.by)
            dearer = r.waiting * min(wait, np.int64(r.cap)) + (later - over) * r.per_over
            if dearer <= r.missed if r.per_over >= 0 else later == 0 and r.waiting * wait <= r.missed:
                paused = True
                over = later
                paid_gap += min(wait, np.int64(r.cap))
    if over > 0:
        if r.per_over < 0:
            return False
        price += over * r.per_over
    if r.from_leave == 1:
        paid_gap += min(first_begin - r.leave - out, np.int64(r.cap))
    busy = contact + travel + out + back
    k = s.carers[r.carer]
    answer[0] = (
        price
        + r.contact * contact
        + r.waiting * paid_gap
        + r.home_price * (out + back)
        + (0 if paused or r.pause == 0 else r.missed)
    )
    answer[1] = contact + travel + counted + r.home_works * (out + back)
    answer[2] = k.counts_contact * contact + k.counts_travel * travel + k.counts_waiting * paid_gap
    answer[3] = worst
    answer[4] = -1 if r.spell < 0 else r.spell - busy - (r.pause if paused else 0) + over
    answer[5] = busy
    answer[6] = first_begin
    answer[7] = end
    answer[8] = first_place
    answer[9] = at
    answer[10] = r.due * (contact + travel + counted) + spent
    return True
