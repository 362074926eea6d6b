"""Annealing by one or two searches at a time, within a budget.

The searches run in threads: the compiled loop needs no Python, so two threads use two cores. At first each goes its
own way; later they share out the days (or, where there are too few days, all go on from the better one, epoch by
epoch; after a good start from the beginning). Where the budget is many times what a period of that size needs, the
search begins again from hot several times, because a bad basin shows only in the cold. With an iteration budget
nothing depends on the clock, and the same seed gives the same rota.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from scheduler.solve.options import SEARCHING, Options, Progress
from scheduler.solve.search import Search
from scheduler.solve.shares import Shares, meet
from scheduler.units import sixtieths

EPOCHS = 12
"""How often the searches could meet while it cools down once."""
ENOUGH, MOST_CYCLES = 8_000, 4
"""Iterations a visit that one cooling needs in each search; how often it cools down at the most."""
ALONE = 0.5
"""Share of a cooling in which they do not meet, where they cannot share out the days: each finds a basin of its own. (A
good start is a basin already.)"""
HURRIED = 0.5
"""With iterations for less than so much of a cooling, a search may take out fewer visits at a time (`Search.run`)."""
WARM, COLD = sixtieths(900), sixtieths(15)
"""First and last temperature: a worsening of so many pence is taken about one time in three."""
GUIDED = 0.35
"""Share of the budget in which the core teams guide the search, less and less."""
SOFT = 0.7
"""Share of the budget in which a soft largest idle time guides the search, where idle time has a price."""
EXACT_SHARE, END_SHARE = 0.08, 0.01
"""Part of a time budget kept for the visits that the search leaves over; for the end, where there are none."""
PROOF_SHARE = 0.6
"""Part of a time budget kept for a proof as well."""
SHARED = 0.25
"""Share of a cooling from which on the searches share out the days. Before, each finds a basin of its own."""
CHUNK_SECONDS, AT_ONCE = 0.1, 2_500
"""How long the search runs before it looks up (progress, stop, what the other found); for each so many visits of a
larger problem, because looking up takes longer there."""
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
    end_share: float = END_SHARE
    """The same where no visit is left over."""
    whole: bool = False
    """Is no visit left over, as far as is known?"""

    def share(self) -> float:
        """Of the search: 0 at the start, 1 at the end. The exact half's share of the time comes after."""
        if self.iterations is not None or self.seconds is None:
            return min(1.0, self.done / max(self.iterations or 1, 1))
        kept = self.end_share if self.whole else self.exact_share
        return min(1.0, self.elapsed() / (self.seconds * (1 - kept)))

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
    shares = Shares(searches, options.seed)
    heat, known = options.heat, clock.iterations is not None
    schedule, cooling = schedule_for(searches, clock, warm, heat) if known else Schedule(warm, heat=heat), 0
    with ThreadPoolExecutor(len(searches)) as pool:
        while clock.share() < 1.0:
            if options.stopped():
                return True
            epoch, begun = schedule.epoch(clock.share()), clock.elapsed()
            if schedule.cooling(clock.share()) > cooling:
                # A reheated rota falls into the same basin again: the next cooling finds one of its own.
                cooling = schedule.cooling(clock.share())
                for search in searches:
                    search.start_afresh()
            if shares.possible and schedule.phase(clock.share()) >= SHARED:
                shares.share_out()
                _chunk(searches, pool, clock, schedule)
                shares.bring_together()
            else:
                _chunk(searches, pool, clock, schedule)
                shares.go_own_ways()
                over = schedule.epoch(clock.share()) > epoch
                if over and not shares.possible and schedule.may_meet(epoch):
                    meet(searches)
            took = clock.elapsed() - begun
            clock.whole = min(search.unallocated for search in searches) == 0
            if options.until_placed and clock.whole:
                break
            built = building.ends()
            if built or (building.ended and clock.elapsed() - told >= 1.0) or clock.share() >= 1.0:
                told = clock.elapsed()
                tell(SEARCHING, searches, options, clock)
            if built:
                once_built()
            if building.ended and not known:
                schedule = schedule_for(searches, clock, warm, heat)
                cooling = schedule.cooling(clock.share())
                # The first chunks are too short to tell the pace.
                known = took >= 0.5 * chunk_seconds(searches[0])
    best_of(searches, options).return_to_best()
    return False


def best_of(searches: list[Search], options: Options) -> Search:
    """The cheapest; where a place for each visit is what is asked for, of those that leave out fewest."""
    return min(searches, key=lambda search: (search.unallocated if options.until_placed else 0, search.price))


@dataclass(frozen=True)
class Schedule:
    """How hot it is, and when the searches meet, by the share of the budget that is used. `warm`: share of a cooling
    to skip; `cycles`: how often it cools down; `alone`: share of each time in which the searches do not meet; `heat`:
    how many times as hot it is at first (`Options`); `hurried`: are there few iterations for each visit?"""

    warm: float
    cycles: int = 1
    alone: float = 0.0
    heat: float = 1.0
    hurried: bool = False

    def phase(self, share: float) -> float:
        """Share of the present cooling: 0 hot, 1 cold."""
        return 1.0 if share >= 1.0 else share * self.cycles % 1.0

    def cooling(self, share: float) -> int:
        """Number of the present cooling."""
        return min(self.cycles - 1, int(share * self.cycles))

    def epoch(self, share: float) -> int:
        """Number of the epoch, of `cycles * EPOCHS`."""
        return min(self.cycles * EPOCHS - 1, int(share * self.cycles * EPOCHS))

    def end(self, share: float) -> float:
        """Share at which the present epoch ends."""
        return (self.epoch(share) + 1) / (self.cycles * EPOCHS)

    def may_meet(self, epoch: int) -> bool:
        """Do the searches meet after this epoch? Not while they go alone, and not after the last one of a cooling."""
        return self.alone <= (epoch % EPOCHS + 1) / EPOCHS < 1.0

    def temperature(self, phase: float) -> float:
        """Falls evenly in its logarithm."""
        return temperature(self.warm + phase * (1 - self.warm)) * math.pow(self.heat, 1 - phase)


def schedule_for(searches: list[Search], clock: Clock, warm: float, heat: float = 1.0) -> Schedule:
    """What the budget is enough for, as far as one can tell by the pace so far. A good start is improved once."""
    if warm > 0.0:
        return Schedule(warm, heat=heat)
    if clock.iterations is not None:
        each = float(clock.iterations)
    else:
        seconds = (clock.seconds or 0.0) * (1 - clock.exact_share)
        each = min(search.pace for search in searches) / chunk_seconds(searches[0]) * seconds
    coolings = each / (ENOUGH * max(1, len(searches[0].state.visits)))
    return Schedule(warm, max(1, min(MOST_CYCLES, round(coolings))), ALONE, heat, coolings < HURRIED)


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


def chunk_seconds(search: Search) -> float:
    """How long the search runs before it looks up."""
    return CHUNK_SECONDS * max(1.0, len(search.state.visits) / AT_ONCE)


def _chunk(searches: list[Search], pool: ThreadPoolExecutor, clock: Clock, schedule: Schedule) -> None:
    """All searches run for one chunk, side by side."""
    share = clock.share()
    phase = schedule.phase(share)
    if clock.iterations is not None:
        left = (schedule.end(share) - share) * clock.iterations
        size = max(1, min(-(-clock.iterations // CHUNKS), LONGEST, math.ceil(left - 1e-6)))
        end = min(1.0, phase + size / clock.iterations * schedule.cycles)
    else:
        size, end = 0, phase
    guide = max(0.0, 1.0 - phase / GUIDED) if schedule.warm == 0.0 else 0.0
    hot, cold = schedule.temperature(phase), schedule.temperature(end)

    def work(search: Search) -> None:
        n = size or search.pace
        begun = time.monotonic()
        search.run(n, hot, cold, guide, phase < SOFT, schedule.hurried)
        if not size:
            rate = n / max(time.monotonic() - begun, 1e-4)
            search.pace = max(10, min(GROWTH * n, 100_000, int(rate * chunk_seconds(search))))

    list(pool.map(work, searches))
    clock.done += size


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
