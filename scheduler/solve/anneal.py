"""Annealing by one or two searches at a time, within a budget.

The searches run in threads: the compiled loop needs no Python, so two threads use two cores. Every epoch all go on
from the better one. With an iteration budget nothing depends on the clock, and the same seed gives the same rota.
"""

from __future__ import annotations

import math
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from scheduler.solve.options import Options, Progress
from scheduler.solve.search import Search
from scheduler.units import sixtieths

EPOCHS = 12
"""How often the searches meet."""
WARM, COLD = sixtieths(900), sixtieths(15)
"""First and last temperature: a worsening of so many pence is taken about one time in three."""
GUIDED = 0.35
"""Share of the budget in which the core teams guide the search, less and less."""
SOFT = 0.7
"""Share of the budget in which a soft largest idle time guides the search, where idle time has a price."""
EXACT_SHARE = 0.08
"""Part of a time budget kept for the visits that the search leaves over."""
CHUNK_SECONDS = 0.25
"""How long the search runs before it looks up (progress, stop)."""
CHUNKS = 240
"""Pieces of an iteration budget."""


@dataclass
class Clock:
    """How much of the budget is used, by the clock or by iterations; and when the search last looked up."""

    seconds: float | None
    iterations: int | None
    begun: float = field(default_factory=time.monotonic)
    done: int = 0

    def share(self) -> float:
        """Of the search: 0 at the start, 1 at the end. The exact half's share of the time comes after."""
        if self.iterations is not None or self.seconds is None:
            return min(1.0, self.done / max(self.iterations or 1, 1))
        return min(1.0, self.elapsed() / (self.seconds * (1 - EXACT_SHARE)))

    def part(self, share: float) -> float:
        """Seconds that make up this share of a time budget; no limit where iterations are counted."""
        return math.inf if self.iterations is not None or self.seconds is None else share * self.seconds

    def left(self) -> float:
        """Seconds left of a time budget, one at least; no limit where iterations are counted."""
        return max(1.0, self.part(1.0) - self.elapsed())

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.begun


def temperature(share: float) -> float:
    """Falls evenly in its logarithm."""
    return float(WARM * (COLD / WARM) ** share)


def anneal(searches: list[Search], options: Options, clock: Clock, warm: float = 0.0) -> bool:
    """Improve until the budget is used or somebody stops it: True if stopped. `warm`: share of the schedule to skip,
    for a start that is already good."""
    told = 0.0
    with ThreadPoolExecutor(len(searches)) as pool:
        for epoch in range(1, EPOCHS + 1):
            until = epoch / EPOCHS
            while clock.share() < until:
                if options.stopped():
                    return True
                _chunk(searches, pool, clock, until, warm)
                if clock.elapsed() - told >= 1.0 or clock.share() >= 1.0:
                    told = clock.elapsed()
                    _tell(searches, options, clock)
            _meet(searches, last=epoch == EPOCHS)
    return False


def _chunk(searches: list[Search], pool: ThreadPoolExecutor, clock: Clock, until: float, warm: float) -> None:
    """All searches run for one chunk, side by side."""
    share = clock.share()
    if clock.iterations is not None:
        size = max(1, min(-(-clock.iterations // CHUNKS), int(np.ceil((until - share) * clock.iterations))))
        end = min(1.0, (clock.done + size) / clock.iterations)
    else:
        size, end = 0, share
    guide = max(0.0, 1.0 - share / GUIDED) if warm == 0.0 else 0.0
    hot, cold = temperature(warm + share * (1 - warm)), temperature(warm + end * (1 - warm))

    def work(search: Search) -> None:
        n = size or search.pace
        begun = time.monotonic()
        search.run(n, hot, cold, guide, share < SOFT)
        if not size:
            rate = n / max(time.monotonic() - begun, 1e-4)
            search.pace = max(10, min(100_000, int(rate * CHUNK_SECONDS)))

    list(pool.map(work, searches))
    clock.done += size


def _meet(searches: list[Search], last: bool) -> None:
    """All go on from the best."""
    best = min(searches, key=lambda search: search.price)
    for search in searches:
        if search is not best:
            search.take_over(best)
    if last:
        best.return_to_best()


def _tell(searches: list[Search], options: Options, clock: Clock) -> None:
    best = min(searches, key=lambda search: search.price)
    options.report(
        Progress(
            "searching",
            clock.elapsed(),
            best.price,
            best.unallocated,
            sum(search.iterations for search in searches),
            clock.share(),
        )
    )
