"""A price by number."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from scheduler.solve.exact.draft import Draft, Linear


def add_curve(draft: Draft, amount: Linear, curve: Sequence[int]) -> None:
    """Add curve[amount] to the price."""
    cp = draft.cp
    if len(set(curve)) == 1:
        draft.price.append(curve[0])
        return
    price = cp.new_int_var(min(curve), max(curve), "price")
    steps = [b - a for a, b in pairwise(curve)]
    if steps == sorted(steps):  # no step smaller than the one before: straight lines hold it from below
        for n, step in enumerate(steps):
            cp.add(price >= curve[n] + step * (amount - n))
    else:
        index = cp.new_int_var(0, len(curve) - 1, "count")
        cp.add(index == amount)
        cp.add_element(index, curve, price)
    draft.price.append(price)
