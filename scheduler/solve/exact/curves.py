"""A price by number."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from scheduler.solve.exact.draft import Draft, Literal


def add_curve(draft: Draft, facts: Sequence[Literal], curve: Sequence[int], known: int = 0) -> None:
    """Add curve[known + how many of the facts hold] to the price. Of the curve only what is still open comes into the
    model: in a large agency nearly all of it is settled."""
    cp = draft.cp
    still_open = [fact for fact in facts if not isinstance(fact, int)]
    known += sum(fact for fact in facts if isinstance(fact, int))
    points = [int(price) for price in curve[known : known + len(still_open) + 1]]
    if len(set(points)) == 1:
        draft.price.append(points[0])
        return
    amount = sum(still_open)
    price = cp.new_int_var(min(points), max(points), "price")
    steps = [b - a for a, b in pairwise(points)]
    if steps == sorted(steps):  # no step smaller than the one before: straight lines hold it from below
        for n, step in enumerate(steps):
            cp.add(price >= points[n] + step * (amount - n))
    else:
        index = cp.new_int_var(0, len(points) - 1, "count")
        cp.add(index == amount)
        cp.add_element(index, points, price)
    draft.price.append(price)
