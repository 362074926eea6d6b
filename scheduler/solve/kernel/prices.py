"""Prices of a carer that do not depend on where in a round a visit goes."""

from __future__ import annotations

from typing import Any

from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import INFEASIBLE, Int, State


@inner
def paid_price(s: State, k: Int, week: Int, paid: Int) -> Any:
    """Price of a carer's paid minutes in a week: missing under contract, or over the wish."""
    w = s.weeks[k, week]
    return w.per_below * max(0, w.below - paid) + w.per_above * max(0, paid - w.above)


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
        price += pair.price
        if pair.recent == 0:
            d = s.clients[c].distinct
            price += s.curve[c, d + 1] - s.curve[c, d]
    if r.n == 0 and r.unpopular == 1:
        u = s.carers[r.carer].unpopular
        price += s.unpopular[r.carer, u + 1] - s.unpopular[r.carer, u]
    return price
