"""Pricing, compiled: the rounds of one shift that a set of dual prices makes cheapest.

A label is the cheapest way to be at a visit at one minute. Times are whole minutes, so that labels lie in plain tables
(a row of minutes a node), filled in order of time; money is whole sixtieths of a penny, duals too, so that nothing is
rounded. A round may come back to a visit if the window lets it, but not at once (2-cycle elimination: each minute
keeps two labels, with different visits before): so more is allowed than there is, and the bound is at most lower.

The wage of a gap is `waiting * min(gap, cap)`, the lesser of a rising line and a constant; so of all earlier starts of
the visit before only two matter at any minute, the best by either measure, and these are kept as the minutes go.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scheduler.solve.kernel.layout import Int

NOTHING = np.int64(2**60)
"""The price of what cannot be."""


class Spell(NamedTuple):
    """One shift as pricing sees it: n nodes (a carer's part of a visit) that it has room for, by earliest start; S
    minutes of nodes; P places. The tables of journeys are shared by all shifts of a kind; rows are where to, as pricing
    looks from one visit back at all others."""

    node: NDArray[np.int64]  # (n,): row of the day's nodes
    visit: NDArray[np.int64]  # (n,): nodes of one visit do not follow each other
    lo: NDArray[np.int64]  # (n,): first and last start
    hi: NDArray[np.int64]
    length: NDArray[np.int64]  # (n,)
    base: NDArray[np.int64]  # (n,): where the node's minutes begin
    start_price: NDArray[np.int64]  # (S,)
    fixed: NDArray[np.int64]  # (n,): contact pay and the carer's charges
    place: NDArray[np.int64]  # (n,): row and column of the tables
    minutes: NDArray[np.int32]  # (P, P) of travel, and what else a journey costs
    amounts: NDArray[np.int32]
    rate: int  # pay of a minute of travel
    out: NDArray[np.int64]  # (n,): what the journey from home, and back home, costs
    back: NDArray[np.int64]
    waiting: int  # pay of a minute of waiting, each gap up to the cap
    cap: int


@njit(cache=True)
def way(s: Spell, u: Int, v: Int) -> Any:
    """Minutes from node u to node v."""
    return s.minutes[s.place[v], s.place[u]]


@njit(cache=True)
def journey(s: Spell, u: Int, v: Int) -> Any:
    """What it costs to get from node u to node v."""
    to, start = s.place[v], s.place[u]
    return s.rate * s.minutes[to, start] + s.amounts[to, start]


class Labels(NamedTuple):
    """A table of labels, two a row (cells 2i and 2i + 1): the best, and the best that comes from another visit.
    `label` is the cell of the label before, -1 for home; `origin` the visit there, -2 for no label at all."""

    price: NDArray[np.int64]
    label: NDArray[np.int64]
    origin: NDArray[np.int64]


@njit(cache=True)
def empty(rows: Int) -> Labels:
    """A table without any label."""
    return Labels(
        np.full(2 * rows, NOTHING, np.int64),
        np.full(2 * rows, -1, np.int64),
        np.full(2 * rows, -2, np.int64),
    )


@njit(cache=True)
def offer(kept: Labels, row: Int, price: Int, label: Int, visit: Int) -> None:
    """Keep the label if it is one of the row's two."""
    first = 2 * row
    if price < kept.price[first]:
        if visit != kept.origin[first]:
            kept.price[first + 1] = kept.price[first]
            kept.label[first + 1] = kept.label[first]
            kept.origin[first + 1] = kept.origin[first]
        kept.price[first] = price
        kept.label[first] = label
        kept.origin[first] = visit
    elif visit != kept.origin[first] and price < kept.price[first + 1]:
        kept.price[first + 1] = price
        kept.label[first + 1] = label
        kept.origin[first + 1] = visit


@njit(cache=True)
def carry(kept: Labels, row: Int) -> None:
    """Begin a row with what the row before has."""
    for i in range(2 * row, 2 * row + 2):
        kept.price[i] = kept.price[i - 2]
        kept.label[i] = kept.label[i - 2]
        kept.origin[i] = kept.origin[i - 2]


@njit(cache=True)
def cell(kept: Labels, row: Int, visit: Int) -> Any:
    """The row's best that does not come from this visit."""
    return 2 * row + 1 if kept.origin[2 * row] == visit else 2 * row


@njit(cache=True)
def cheapest_rounds(s: Spell, dual: NDArray[np.int64], most: int) -> Any:
    """Up to `most` rounds with the least reduced costs, each with another last visit, best first. `dual`: what each of
    the day's nodes earns.

    Returns (reduced costs, number of stops, nodes, starts), the last two with a row a round. The first round is the
    best of all; there is at least one, if any node has a minute at which it can start.
    """
    n = len(s.node)
    here = empty(len(s.start_price))
    rising = empty(
        len(s.start_price)
    )  # up to this minute: best if all of the gap is paid, seen from minute 0
    flat = empty(len(s.start_price))  # ... if as much as the cap is paid
    closed_rising = empty(n)  # the same over all nodes whose window is over when this node's begins
    closed_flat = empty(n)
    owner = np.zeros(len(s.start_price), np.int64)
    before = np.zeros((n, n), np.int64)  # nodes whose window is still open then
    count = np.zeros(n, np.int64)
    first = 0
    for t in range(s.lo[0] if n else 0, s.hi.max() + 1 if n else 0):
        while s.hi[first] < t:
            first += 1
        for v in range(first, n):
            if s.lo[v] > t:
                break
            if s.hi[v] < t:
                continue
            row = s.base[v] + t - s.lo[v]
            owner[row] = v
            if t == s.lo[v]:
                count[v] = _look_back(s, v, rising, flat, closed_rising, closed_flat, before[v])
            else:
                carry(rising, row)
                carry(flat, row)
            if s.start_price[row] == NOTHING:
                continue
            offer(here, row, s.out[v], -1, -1)
            for i in range(2 * v, 2 * v + 2):
                if closed_rising.price[i] < NOTHING:
                    price = closed_rising.price[i] + s.waiting * t
                    offer(here, row, price, closed_rising.label[i], closed_rising.origin[i])
                    offer(here, row, closed_flat.price[i], closed_flat.label[i], closed_flat.origin[i])
            for j in range(count[v]):
                u = before[v, j]
                ready = t - s.length[u] - way(s, u, v)
                if ready < s.lo[u]:
                    continue
                from_row = s.base[u] + min(ready, s.hi[u]) - s.lo[u]
                i = cell(rising, from_row, s.visit[v])
                k = cell(flat, from_row, s.visit[v])
                price = rising.price[i] + s.waiting * ready
                label = rising.label[i]
                if flat.price[k] + s.waiting * s.cap < price:
                    price = flat.price[k] + s.waiting * s.cap
                    label = flat.label[k]
                if rising.price[i] < NOTHING:
                    offer(here, row, price + journey(s, u, v), label, s.visit[u])
            own = s.start_price[row] + s.fixed[v] - dual[s.node[v]]
            for i in range(2 * row, 2 * row + 2):
                if here.price[i] < NOTHING:
                    here.price[i] += own
                    offer(rising, row, here.price[i] - s.waiting * t, i, here.origin[i])
                    offer(flat, row, here.price[i], i, here.origin[i])
    return _written_out(s, here, owner, most)


@njit(cache=True)
def _look_back(
    s: Spell, v: Int, rising: Labels, flat: Labels, closed_rising: Labels, closed_flat: Labels, before: Any
) -> Any:
    """Sort the nodes that may come before v: those whose window is over when v's begins do not change any more, so the
    best of them will do; the others are listed in `before`. Returns how many."""
    count = 0
    for u in range(len(s.node)):
        need = s.length[u] + way(s, u, v)
        if s.visit[u] == s.visit[v] or s.lo[u] + need > s.hi[v]:
            continue
        if s.lo[v] - need < s.hi[u]:
            before[count] = u
            count += 1
            continue
        last = s.base[u] + s.hi[u] - s.lo[u]
        i = cell(rising, last, s.visit[v])
        k = cell(flat, last, s.visit[v])
        if rising.price[i] < NOTHING:
            price = rising.price[i] + journey(s, u, v) - s.waiting * need
            offer(closed_rising, v, price, rising.label[i], s.visit[u])
            price = flat.price[k] + journey(s, u, v) + s.waiting * s.cap
            offer(closed_flat, v, price, flat.label[k], s.visit[u])
    return count


@njit(cache=True)
def _written_out(s: Spell, here: Labels, owner: Any, most: int) -> Any:
    """The best round by last visit, the best of them stop by stop."""
    n = len(s.node)
    best = np.full(n, NOTHING, np.int64)
    label = np.zeros(n, np.int64)
    for v in range(n):
        for i in range(2 * s.base[v], 2 * (s.base[v] + s.hi[v] - s.lo[v] + 1)):
            if here.price[i] < NOTHING and here.price[i] + s.back[v] < best[v]:
                best[v] = here.price[i] + s.back[v]
                label[v] = i
    order = np.argsort(best)
    kept = min(most, n)
    while kept > 0 and best[order[kept - 1]] == NOTHING:
        kept -= 1
    stops = np.zeros(kept, np.int64)
    for k in range(kept):
        i = label[order[k]]
        while i >= 0:
            stops[k] += 1
            i = here.label[i]
    nodes = np.zeros((kept, stops.max() if kept else 0), np.int64)
    starts = np.zeros_like(nodes)
    for k in range(kept):
        i = label[order[k]]
        for j in range(stops[k] - 1, -1, -1):
            u = owner[i // 2]
            nodes[k, j] = s.node[u]
            starts[k, j] = s.lo[u] + i // 2 - s.base[u]
            i = here.label[i]
    return best[order[:kept]], stops, nodes, starts


def warm_up() -> None:
    """Make sure that pricing is compiled: about ten seconds, once on this machine."""
    none, square = np.zeros(0, np.int64), np.zeros((0, 0), np.int32)
    nobody = Spell(none, none, none, none, none, none, none, none, none, square, square, 0, none, none, 0, 0)
    cheapest_rounds(nobody, none, 1)
