"""Ruin and recreate (after SISR, Christiaens and Vanden Berghe 2020) over the whole week with annealing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.kernel.change import (
    change_is_legal,
    open_change,
    place,
    take,
    undo,
)
from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.corner import corner_at, movable_by_day, seed_of
from scheduler.solve.kernel.coupling import soften, true_total
from scheduler.solve.kernel.double import best_double
from scheduler.solve.kernel.hope import (
    hope_for,
    learn_gain,
    learn_no_place,
    learn_relief,
)
from scheduler.solve.kernel.insert import best_single
from scheduler.solve.kernel.layout import (
    ELSEWHERE,
    INFEASIBLE,
    KEPT,
    REGULAR,
    RICH,
    STUBBORN,
    THROUGH,
    THROUGH_ROUNDS,
    VISIT,
    Best,
    Desk,
    Hints,
    Int,
    Records,
    State,
    Undo,
)
from scheduler.solve.kernel.retime import retime_all
from scheduler.solve.kernel.rich import best_single_rich
from scheduler.solve.kernel.rng import below, uniform
from scheduler.solve.kernel.ruin import MAX_RUIN, RUINS, TAILS, pick, ruin

FEW = 6
"""Visits that are all sent elsewhere at the most."""


def best_for(s: State) -> Best:
    """A keeper for the best rota of a search; nothing is kept yet."""
    n = len(s.rounds)
    return Best(
        np.zeros(n, np.int64),
        np.zeros(s.stops.shape, KEPT),
        np.array([2**60, 0, 0, n], np.int64),
        np.ones(n, np.bool_),
        np.arange(n),
    )


@inner
def keep(s: State, best: Best) -> None:
    """The current rota is the best."""
    for j in range(best.total[3]):
        to = best.changed[j]
        best.dirty[to] = False
        best.n[to] = s.rounds[to].n
        for i in range(s.rounds[to].n):
            x = s.stops[to, i]
            y = best.stops[to, i]
            y.visit = x.visit
            y.start = x.start
            y.length = x.length
            y.second = x.second
    best.total[3] = 0
    best.total[0] = true_total(s)


@inner
def note_left_over(
    s: State, v: Int, left_over: NDArray[np.int64], where_left: NDArray[np.int64], left: Int
) -> Any:
    """Keep the list of visits that nobody does up to date for one visit; its new length."""
    at = where_left[v]
    if s.visits[v].placed == 0:
        if at < 0:
            left_over[left] = v
            where_left[v] = left
            left += 1
    elif at >= 0:
        left -= 1
        last = left_over[left]
        left_over[at] = last
        where_left[last] = at
        where_left[v] = -1
    return left


@inner
def recreate_order(s: State, chosen: NDArray[np.int64], n: Int, key: NDArray[np.float64]) -> None:
    """A sort key a visit: the smallest is put back first."""
    kind = below(s.rng, 6)
    doubles_first = below(s.rng, 2) == 0
    for i in range(n):
        x = s.visits[chosen[i]]
        if kind == 0:
            key[i] = uniform(s.rng)
        elif kind == 1:
            key[i] = -x.unallocated * (1.0 + x.double)
        elif kind == 2:
            key[i] = x.hi - x.lo - 60.0 * x.links
        elif kind == 3:
            key[i] = x.target % 1440
        elif kind == 4:
            key[i] = -s.fit[x.kind, 0].length - 30.0 * x.double + 20.0 * uniform(s.rng)
        else:
            key[i] = x.client * 10.0 + x.day + uniform(s.rng)
        if doubles_first and x.double == 1:
            key[i] -= 1e12


@inner
def sort_by(key: NDArray[np.float64], chosen: NDArray[np.int64], before: Records, n: Int) -> None:
    """Sort the first `n` visits and their records by key. Few enough for the simplest way, which compiles at once."""
    record = np.zeros(1, VISIT)
    for i in range(1, n):
        k = key[i]
        v = chosen[i]
        record[0] = before[i]
        j = i - 1
        while j >= 0 and key[j] > k:
            key[j + 1] = key[j]
            chosen[j + 1] = chosen[j]
            before[j + 1] = before[j]
            j -= 1
        key[j + 1] = k
        chosen[j + 1] = v
        before[j + 1] = record[0]


@inner
def best_place(s: State, h: Hints, d: Desk, v: Int, blink: float, guide: float, wide: bool) -> Any:
    """Cheapest place for a visit: the price, and where in the desk's `out`."""
    rich = s.coupling[RICH] == 1
    d.counts[THROUGH_ROUNDS] = rich or (s.visits[v].double == 0 and uniform(s.rng) < h.knobs[THROUGH])
    if s.visits[v].double == 1:
        return best_double(s, h, d, v, blink, guide, wide)
    if d.counts[THROUGH_ROUNDS] == 1:
        return best_single_rich(s, h, d, v, blink, guide, wide or rich)
    return best_single(s, h, d, v, blink, guide, wide)


@inner
def with_mates(s: State, chosen: NDArray[np.int64], marked: NDArray[np.bool_], n: Int) -> Any:
    """Choose the mates of the chosen too; the new count."""
    for i in range(n):
        m = np.int64(s.visits[chosen[i]].mate)
        if m < 0 or marked[m] or n >= len(chosen):
            continue
        known = False
        for j in range(n):
            known |= chosen[j] == m
        if not known and s.visits[m].locked == 0:
            chosen[n] = m
            marked[m] = s.visits[m].placed == 1
            n += 1
    return n


@inner
def put_back(
    s: State, u: Undo, h: Hints, d: Desk, v: Int, blink: float, guide: float, wide: bool, anywhere: bool
) -> None:
    """Plan a visit where it is cheapest, with its mate if it has one, unless leaving it out is cheaper."""
    x = s.visits[v]
    m = np.int64(x.mate)
    if x.placed == 1 or (m >= 0 and s.visits[m].placed == 1):
        return
    without = s.totals[0]
    worth = np.int64(x.unallocated)
    if m >= 0:
        worth += s.visits[m].unallocated
    price = best_place(s, h, d, v, blink, guide, wide)
    if price >= worth or price >= INFEASIBLE or not place(s, u, d, v):
        return
    alone = s.totals[0]
    if m >= 0:
        more = best_place(s, h, d, m, blink, guide, wide)
        if more >= INFEASIBLE or price + more >= worth or not place(s, u, d, m):
            take(s, u, v)
            return
        learn_relief(d, m, alone - s.totals[0], anywhere)
    learn_relief(d, v, without - alone, anywhere)


@inner
def put_all_back(
    s: State,
    u: Undo,
    h: Hints,
    d: Desk,
    chosen: NDArray[np.int64],
    before: Records,
    n: Int,
    limit: float,
    anywhere: bool,
    blink: float,
    guide: float,
) -> Any:
    """Plan the visits one by one. False if it was given up, because what may still be hoped for would not bring the
    price below `limit`. Not `anywhere`: nobody may go back where it was."""
    stubborn = uniform(s.rng) < h.knobs[STUBBORN]
    for i in range(n):
        if not stubborn and s.totals[0] - hope_for(s, d, chosen, i, n) >= limit:
            return False
        v = chosen[i]
        # Visits left over look everywhere now and then: the more there is to look at, the less often.
        wide = before[i].placed == 0 and below(s.rng, max(2, h.possible[v] // 20)) == 0
        put_back(s, u, h, d, v, blink, guide, wide, anywhere or before[i].placed == 0)
        if before[i].placed == 0 and s.visits[v].placed == 0:
            learn_no_place(d, v, s.visits[v].unallocated)
    return stubborn or s.totals[0] - hope_for(s, d, chosen, n, n) < limit


@inner
def search(
    s: State,
    u: Undo,
    h: Hints,
    d: Desk,
    best: Best,
    iterations: Int,
    warm: float,
    cold: float,
    size: Int,
    blink: float,
    guide: float,
    soft: bool,
) -> None:
    """So many iterations, the temperature falling evenly (in its logarithm) from `warm` to `cold` (money units)."""
    visits = len(s.visits)
    chosen = np.zeros(MAX_RUIN + 64, np.int64)
    before = np.zeros(MAX_RUIN + 64, VISIT)
    key = np.zeros(MAX_RUIN + 64, np.float64)
    marked = np.zeros(visits, np.bool_)
    seen = np.zeros(MAX_RUIN + 64, np.int64)
    left_over = np.zeros(visits, np.int64)
    where_left = np.full(visits, -1, np.int64)
    left = 0
    for v in range(visits):
        left = note_left_over(s, v, left_over, where_left, left)
    movable = np.zeros(visits, np.int64)
    first_of_day = np.zeros(len(h.first_of_day), np.int64)
    free = movable_by_day(s, h, movable, first_of_day)
    corner = np.int64(0)
    rich = s.coupling[RICH] == 1
    soften(s, soft)
    for it in range(iterations):
        temperature = warm * (cold / warm) ** (it / iterations)
        seed = np.int64(0)
        if free > 0:
            corner = corner_at(s, it, free, corner)
            seed = seed_of(s, movable, first_of_day, corner)
        if left > 0 and uniform(s.rng) < 0.3:
            seed = left_over[below(s.rng, left)]
        chance = uniform(s.rng)
        kind = 0
        while kind < RUINS - 1 and chance > h.ruin_chance[kind]:
            chance -= h.ruin_chance[kind]
            kind += 1
        n = ruin(s, h, kind, seed, 2 + below(s.rng, 2 * size), chosen, marked, seen)
        taken = n
        for i in range(min(left, 6)):  # visits left over try again, first those of the same day
            j = i + below(s.rng, left - i)
            v = left_over[j]
            left_over[j] = left_over[i]
            left_over[i] = v
            where_left[left_over[j]] = j
            where_left[v] = i
            if s.visits[v].day == s.visits[seed].day or uniform(s.rng) < 0.1:
                chosen[n] = v
                n += 1
        with_links = n
        for i in range(taken, with_links):  # a visit that is linked to others often needs them to move
            x = s.visits[chosen[i]]
            if uniform(s.rng) < 0.5:
                for j in range(x.link, x.link + x.links):
                    n = pick(s, s.links[j, 0], chosen, marked, n)
        if rich:
            n = with_mates(s, chosen, marked, n)
        if n == 0:
            continue
        open_change(s, u)
        for i in range(n):
            before[i] = s.visits[chosen[i]]
        recreate_order(s, chosen, n, key)
        if kind == TAILS:
            for i in range(n):
                key[i] = before[i].start
        elif below(s.rng, 2) == 0:
            for i in range(taken, with_links):
                key[i] -= 1e15
        for i in range(n):
            if s.visits[chosen[i]].placed == 1:
                marked[chosen[i]] = False
                take(s, u, chosen[i])
        if rich:  # those who stay come sooner: a price of the time before the ruin would be wrong
            retime_all(s, u, 1)
        sort_by(key, chosen, before, n)
        elsewhere = kind == TAILS or (n <= FEW and uniform(s.rng) < h.knobs[ELSEWHERE])
        if elsewhere:  # nobody goes back where it was: exchanges that no single move would begin
            for i in range(n):
                if before[i].placed == 1:
                    s.visits[chosen[i]].banned = s.rounds[before[i].round0].carer
        limit = u.counts[1] - temperature * np.log(1.0 - uniform(s.rng))  # what it may cost at the most
        hopeful = put_all_back(s, u, h, d, chosen, before, n, limit, not elsewhere, blink, guide)
        if elsewhere:
            for i in range(n):
                s.visits[chosen[i]].banned = -1
        if hopeful:
            without = s.totals[0]
            retime_all(s, u, 3 if s.coupling[REGULAR] == 1 else 1)
            learn_gain(d, n, without - s.totals[0])
        total = s.totals[0]
        if hopeful and (total <= u.counts[1] or total < limit) and change_is_legal(s, u):
            for i in range(u.counts[0]):
                to = u.touched[i]
                if not best.dirty[to]:
                    best.dirty[to] = True
                    best.changed[best.total[3]] = to
                    best.total[3] += 1
            for i in range(n):
                left = note_left_over(s, chosen[i], left_over, where_left, left)
            if true_total(s) < best.total[0]:
                keep(s, best)
                best.total[2] += 1
        else:
            undo(s, u, chosen, before, n)
    best.total[1] += iterations
