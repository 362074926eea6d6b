"""Annealing by one or two searches at a time, within a budget.

The searches run in threads: the compiled loop needs no Python, so two threads use two cores. Every epoch all go on
from the better one. With an iteration budget nothing depends on the clock, and the same seed gives the same rota.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from scheduler.solve.options import SEARCHING, Options, Progress
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
PROOF_SHARE = 0.6
"""Part of a time budget kept for a proof as well."""
CHUNK_SECONDS = 0.25
"""How long the search runs before it looks up (progress, stop)."""
FEW = 0.02
"""Share of visits left over in what counts as a first rota."""
GROWTH = 3
"""How many times as many iterations the next chunk may have: the first ones, with little planned, are far too quick."""
CHUNKS, LONGEST = 240, 2_000
"""Pieces of an iteration budget, and the most iterations of one: a stop is heard between two pieces."""


@dataclass
class Clock:
    """How much of the budget is used, by the clock or by iterations; and when the search last looked up."""

    seconds: float | None
    iterations: int | None
    begun: float = field(default_factory=time.monotonic)
    done: int = 0
    exact_share: float = EXACT_SHARE
    """Part of a time budget that the search leaves to CP-SAT."""

    def share(self) -> float:
        """Of the search: 0 at the start, 1 at the end. The exact half's share of the time comes after."""
        if self.iterations is not None or self.seconds is None:
            return min(1.0, self.done / max(self.iterations or 1, 1))
        return min(1.0, self.elapsed() / (self.seconds * (1 - self.exact_share)))

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


def anneal(
    searches: list[Search],
    options: Options,
    clock: Clock,
    warm: float = 0.0,
    once_built: Callable[[], None] = lambda: None,
) -> bool:
    """Improve until the budget is used or somebody stops it: True if stopped. `warm`: share of the schedule to skip,
    for a start that is already good. `once_built` is called as soon as there is a first rota, which is told at once."""
    told = -1.0
    building = _Building(searches)
    with ThreadPoolExecutor(len(searches)) as pool:
        for epoch in range(1, EPOCHS + 1):
            until = epoch / EPOCHS
            while clock.share() < until:
                if options.stopped():
                    return True
                _chunk(searches, pool, clock, until, warm)
                built = building.ends()
                if built or (building.ended and clock.elapsed() - told >= 1.0) or clock.share() >= 1.0:
                    told = clock.elapsed()
                    tell(SEARCHING, searches, options, clock)
                if built:
                    once_built()
            _meet(searches, last=epoch == EPOCHS)
    return False


class _Building:
    """The first rota is there when hardly a visit is left over, or when no more of them find a place."""

    def __init__(self, searches: list[Search]) -> None:
        self.searches = searches
        self.left = self._unallocated()
        self.few = FEW * len(searches[0].state.visits)
        self.ended = False

    def ends(self) -> bool:
        """True once: after the piece of work that ended it."""
        if self.ended:
            return False
        left = self._unallocated()
        self.ended = left <= self.few or left >= self.left
        self.left = left
        return self.ended

    def _unallocated(self) -> int:
        return min(search.unallocated for search in self.searches)


def _chunk(searches: list[Search], pool: ThreadPoolExecutor, clock: Clock, until: float, warm: float) -> None:
    """All searches run for one chunk, side by side."""
    share = clock.share()
    if clock.iterations is not None:
        size = max(
            1, min(-(-clock.iterations // CHUNKS), LONGEST, int(np.ceil((until - share) * clock.iterations)))
        )
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
            search.pace = max(10, min(GROWTH * n, 100_000, int(rate * CHUNK_SECONDS)))

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


def tell(stage: str, searches: list[Search], options: Options, clock: Clock) -> None:
    """The best rota so far, as a point of the curve."""
    best = min(searches, key=lambda search: search.price)
    options.report(
        Progress(
            stage,
            clock.elapsed(),
            best.price,
            best.unallocated,
            sum(search.iterations for search in searches),
            clock.share(),
        )
    )
