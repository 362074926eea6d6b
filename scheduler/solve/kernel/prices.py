"""Prices of a carer that do not depend on where in a round a visit goes."""

from __future__ import annotations

from typing import Any

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import INFEASIBLE, Int, State


@inner
def hours_price(s: State, k: Int, week: Int, paid: Int) -> Any:
    """Price of a carer's paid minutes in a week: missing under contract, or over the wish."""
    w = s.weeks[k, week]
    return w.per_below * max(0, w.below - paid) + w.per_above * max(0, paid - w.above)


@inner
def paid_price(s: State, k: Int, week: Int, paid: Int, owed: Int) -> Any:
    """Price of a carer's paid minutes in a week: missing under contract, or over the wish; and of what the pay period
    that the week is in lacks to what is owed."""
    w = s.weeks[k, week]
    price = hours_price(s, k, week, paid)
    if w.per_missing > 0:
        price += w.per_missing * max(0, missing(s, k, week, paid, owed))
    return price


@inner
def missing(s: State, k: Int, week: Int, paid: Int, owed: Int) -> Any:
    """What a pay period's earnings lack to what is owed (negative: what they are above it), if this week of it had so
    many paid minutes and owed so much."""
    w = s.weeks[k, week]
    lacking = owed - w.earned * max(w.least, paid)
    for i in range(w.first, w.past):
        if i != week:
            o = s.weeks[k, i]
            lacking += o.owed - o.earned * max(o.least, o.paid)
    return lacking


@inner
def standing_price(s: State, v: Int, to: Int) -> Any:
    """Price of this carer for this visit, wherever it goes in the round; far beyond INFEASIBLE if the carer
    may not come once more."""
    r = s.rounds[to]
    c = s.visits[v].client
    pair = s.pairs[c, r.carer]
    if pair.count > 0 and s.clients[c].once == 1:
        return 2 * INFEASIBLE
    price = s.fit[s.visits[v].kind, r.carer].charge
    if pair.count == 0:
        h = s.clients[c].here
        price += pair.price + s.curve_here[c, h + 1] - s.curve_here[c, h]
        if pair.recent == 0:
            d = s.clients[c].distinct
            price += s.curve[c, d + 1] - s.curve[c, d]
    if r.n == 0 and r.unpopular == 1:
        u = s.carers[r.carer].unpopular
        price += s.unpopular[r.carer, u + 1] - s.unpopular[r.carer, u]
    return price
