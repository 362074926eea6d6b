"""What nobody can be below: a bound of a subset's cost above the floor, by column generation, day by day.

A peer's subset has no price that days share, so that its days' bounds add up to a bound of the whole. A rota that
leaves visits out may cost less than one that serves everybody: so the bound is asked for with the number of visits
that may be left out. In place of its own price each visit is left out for its floor and one price for all: what a rota
costs then, less that price for each visit that it leaves out, is its cost above the floor (and the floor of all).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.rows import Rows, known_by, sources
from benchmarks.peers.score import UNALLOCATED, floor
from benchmarks.peers.subset import Subset
from benchmarks.results import ROOT
from scheduler.solve.model import encode
from scheduler.units import SIXTIETHS, sixtieths

PROOF = (ROOT / "scheduler" / "solve" / "bound", ROOT / "scheduler" / "solve" / "model", Path(__file__))
"""What a proof stands on, beside the rules."""
FIRM, LENIENT = sixtieths(100_000), sixtieths(1_000)
"""Prices of leaving a visit out: where nobody need be, and where somebody is. Any price gives a bound; the best is near
what serving one visit more costs."""


@dataclass(frozen=True, eq=False)
class Proved:
    """Of one subset and price, in sixtieths: what a rota that leaves nobody out costs above the floor at the least, and
    how much less each visit can make that when it is left out, most first. `open_days`: the time was over before the
    linear programs of so many days were solved."""

    least: int
    spared: NDArray[np.int64]
    open_days: int

    def above_floor(self, left_out: int) -> int:
        """Pence above the floor that a rota costs at the least if it leaves out so many visits or fewer."""
        return max(0, self.least - int(self.spared[:left_out].sum())) // SIXTIETHS


@dataclass
class Bounds:
    """The bounds of subsets, each within so many seconds (None: only those that are known), and the `rows` of those
    that were proved before."""

    seconds: float | None
    rows: Rows
    tell: Callable[[str], None] = lambda line: None
    known: dict[tuple[object, ...], Proved | None] = field(default_factory=dict)

    def of(self, case: str, subset: Subset, left_out: int) -> int | None:
        """`above_floor` of a subset of the case of that name, by the best of its rows. A row of its own is made where
        there is none, and where days were left open and there are more seconds now. None where nothing can be said,
        or nobody asked."""
        asked = known_by(case, subset) | {"program": sources(*PROOF), "left_out": str(left_out)}
        rows = self.rows.found(asked)
        settled = any(row["open_days"] == "0" for row in rows)
        tried = max((float(row["within"]) for row in rows), default=-1.0)
        if self.seconds is not None and not settled and self.seconds > tried:
            rows.append(self.rows.add(asked, lambda: self._row(case, subset, left_out)))
        if not rows:
            return None
        best = max(rows, key=lambda row: int(row["above_floor"] or -1))
        self.rows.use(best)
        return int(best["above_floor"]) if best["above_floor"] else None

    def _row(self, case: str, subset: Subset, left_out: int) -> dict[str, object]:
        self.tell(f"{case}, without {', '.join(rule.name for rule in subset.left_out) or 'nothing'}:")
        best = self.best(subset, left_out)
        return {
            "visits": len(subset.problem.visits),
            "above_floor": "" if best is None else best.above_floor(left_out),
            "open_days": 0 if best is None else best.open_days,
            "within": f"{self.seconds or 0.0:g}",
        }

    def best(self, subset: Subset, left_out: int) -> Proved | None:
        """The better of the proofs by the two prices; None where nothing can be said."""
        prices = (FIRM, LENIENT) if left_out else (FIRM,)
        found = [self._proved(subset, price) for price in prices]
        told = [one for one in found if one is not None]
        return max(told, key=lambda one: one.above_floor(left_out), default=None)

    def _proved(self, subset: Subset, price: int) -> Proved | None:
        key = (*subset.key, price)
        if key not in self.known:
            self.known[key] = proved(subset, self.seconds or 0.0, price, self.tell)
        return self.known[key]


def proved(
    subset: Subset, seconds: float, price: int = FIRM, tell: Callable[[str], None] = lambda line: None
) -> Proved | None:
    """The bound by this price; what a day does not use of its share of the seconds, the others get. `tell` hears of
    each day. None with rush hours, which the bound does not know."""
    from scheduler.solve.bound.day import day_of
    from scheduler.solve.bound.generate import generate
    from scheduler.solve.bound.label import warm_up

    rules = [rule for rule in subset.rules if rule.name != UNALLOCATED]
    model, days = encode(subset.problem, rules), subset.problem.days
    if model.has_rush:
        tell("no bound: it does not know rush hours")
        return None
    warm_up()
    until = time.monotonic() + seconds
    least, open_days = floor(subset), 0
    model.unallocated += least + price  # (other rules may ask for something as well: pay at short notice)
    spared, total = np.zeros(len(least), np.int64), -int(least.sum())
    for number in range(days):
        day = day_of(model, number)
        begun = time.monotonic()
        found = generate(day, max(0.0, until - begun) / (days - number))
        total += found.bound + int(np.maximum(0, found.worth - day.leaving_out).sum())
        spared[day.visits] = np.maximum(0, found.worth - least[day.visits])
        open_days += not found.converged
        status = "converged" if found.converged else "not converged in its time"
        tell(f"bound of day {number + 1} of {days}: {time.monotonic() - begun:.1f} s, {status}")
    return Proved(total, np.sort(spared)[::-1], open_days)
