"""Column generation for one day: rounds are priced and added until the linear program cannot get any cheaper.

Whatever the duals, the Lagrangian value is a bound: so the work can end at any time, and duals are taken between the
LP's own and the best so far (smoothing), which keeps them from jumping about. Duals are rounded to whole money units
before pricing and everything after that is whole numbers, so no bound leans on a tolerance.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.bound.day import Day
from scheduler.solve.bound.label import cheapest_rounds
from scheduler.solve.bound.master import Column, Duals, Master, Pair
from scheduler.solve.bound.simple import least_prices

SMOOTH = 0.5
"""Weight of the best duals so far where the next are priced."""
ROUNDS = 3
"""Rounds taken from a shift each time."""
MODEST = 2
"""Leaving a visit out begins at so many times the least that it costs: the lower, the better are early bounds, and the
later comes the last one."""
CLOSE = 1e-4
"""Bound and LP this near each other (relative to the LP): done."""


class Prices(NamedTuple):
    """Whole duals: what each node earns, and what each pair's row costs (zero or negative)."""

    node: NDArray[np.int64]
    pair: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Generated:
    """The best bound (sixtieths), what of it each of the day's visits stands for when it is served (`worth`, by its
    duals), whether the bound met the linear program's value, and the work done: rounds known in the end, and how often
    all shifts were priced.

    A visit that is worth more than leaving it out costs lowers the bound by the difference. So where visits must not be
    left out, the bound is `bound + sum(max(0, worth - leaving_out))`, and each that is left out all the same takes its
    worth away and costs its price.
    """

    bound: int
    worth: NDArray[np.int64]
    converged: bool
    columns: int
    passes: int


def generate(
    day: Day,
    seconds: float = math.inf,
    stop: Callable[[], bool] = lambda: False,
    passes: int | None = None,
) -> Generated:
    """A bound for the day's price, as good as the time (or so many passes) allows."""
    until = time.monotonic() + seconds
    least = least_prices(day)
    master = Master(day, MODEST * _by_visit(day, day.need * least))
    center = Prices(least, np.zeros(0, np.int64))
    best, _ = priced(day, center, [])
    worth = worth_of(day, center, [])
    done = 1
    converged = False

    def over() -> bool:
        return done == passes or time.monotonic() >= until or stop()

    while not converged and not over():
        lp = master.solve(until - time.monotonic())
        if lp is None:
            break
        weight = SMOOTH
        added = 0
        while not added and not over():
            duals = _between(center, lp, weight)
            bound, found = priced(day, duals, master.pairs)
            done += 1
            if bound > best:
                best, center, worth = bound, duals, worth_of(day, duals, master.pairs)
            added = sum([master.add(column) for column in found if master.make_cheaper(column, lp)])
            # Without smoothing and without a round that helps, only the rounding of duals lies between the two.
            if lp.value - best <= CLOSE * abs(lp.value) or (not added and weight == 0.0):
                converged = not (master.be_earnest() or master.pair_up())
                break
            weight = max(0.0, 2 * weight - 1)
    return Generated(best, worth, converged, master.columns, done)


def priced(day: Day, duals: Prices, pairs: Sequence[Pair]) -> tuple[int, list[Column]]:
    """The Lagrangian bound of these duals, whatever they are (but those of pairs at most zero), and the best rounds."""
    bound = int((day.need * duals.node).sum() + duals.pair.sum())
    bound += int(np.minimum(0, day.leaving_out - worth_of(day, duals, pairs)).sum())
    found = []
    for shift, spell in enumerate(day.spells):
        own = duals.node.copy()
        for pair, cost in zip(pairs, duals.pair, strict=True):
            if pair.carer == day.shifts[shift][0]:
                own[day.visit == pair.visit] += cost
        costs, stops, nodes, starts = cheapest_rounds(spell, own, ROUNDS)
        bound += min(0, int(costs[0])) if len(costs) else 0
        for cost, n, to, at in zip(costs, stops, nodes, starts, strict=True):
            price = int(cost + own[to[:n]].sum())
            found.append(Column(shift, tuple(to[:n].tolist()), tuple(at[:n].tolist()), price))
    return bound, found


def worth_of(day: Day, duals: Prices, pairs: Sequence[Pair]) -> NDArray[np.int64]:
    """What each visit earns by these duals when it is served: its carers' parts, less what its pairs' rows cost."""
    worth = _by_visit(day, day.need * duals.node)
    for pair, cost in zip(pairs, duals.pair, strict=True):
        worth[pair.visit] += cost
    return worth


def _between(center: Prices, lp: Duals, weight: float) -> Prices:
    """Whole duals between the best so far, where pairs that came later had none, and the LP's own."""
    pair = np.zeros(len(lp.pair), np.int64)
    pair[: len(center.pair)] = center.pair
    return Prices(
        np.rint(weight * center.node + (1 - weight) * lp.node).astype(np.int64),
        np.minimum(0, np.rint(weight * pair + (1 - weight) * lp.pair)).astype(np.int64),
    )


def _by_visit(day: Day, amounts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sums of what belongs to the nodes of each visit."""
    found = np.zeros(len(day.visits), dtype=np.int64)
    np.add.at(found, day.visit, amounts)
    return found
