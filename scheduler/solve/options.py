"""What a plan may cost in time, where it starts, and how it tells how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from scheduler.errors import DomainError
from scheduler.rota import Rota
from scheduler.units import pence

SEARCHING, FINISHED = "searching", "finished"
"""Stages of which each event is a point of the curve: the best rota so far, and the one that is the answer."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of progress: seconds since the start, the best price so far (sixtieths), visits without anybody,
    iterations of all searches, and the share of the budget that is used; once CP-SAT proves how good that is, the price
    below which there is none. See `is_point` for a live curve."""

    stage: str
    seconds: float
    price: int = 0
    unallocated: int = 0
    iterations: int = 0
    share: float = 0.0
    bound: int | None = None

    @property
    def pence(self) -> int:
        """The price in whole pence, for showing."""
        return pence(self.price)

    @property
    def is_point(self) -> bool:
        """Is there a rota of this price now, which `stop` would keep? Other stages are words for whoever waits."""
        return self.stage in (SEARCHING, FINISHED)


@dataclass(frozen=True)
class Options:
    """Give `seconds`, or `iterations` for a plan that can be made again: same seed and iterations, same rota.

    `start` is a rota to begin with (what is illegal in it is repaired). `published` is the rota that clients were told
    of: each change to it has a price (rule `changes`), and it is the start where none is given.

    Of the start rota stay: the carers and the time of visits in `locked`, the carers of those in `locked_carers`, the
    time of those in `locked_times`, and all that begins before the minute `frozen_before` of the period, when nothing
    else can begin any more. `stop` is asked about four times a second; when it says True the best rota so far is the
    answer.

    `heat`: how many times as hot as usual the search begins. Where prices are many times as dear as usual, it would
    otherwise never take the first step of an exchange that pays only as a whole.

    `until_placed`: the search ends as soon as every visit has somebody, however dear that is.

    `prove`: CP-SAT shows how far from the best the rota can be; it takes more than half of the time. `bound` asks how
    cheap each day could be at the best; that takes at most as many seconds again, or, where iterations are counted,
    what it takes. `reasons`: CP-SAT is asked what stands in the way of a visit that it has proved to have no place; the
    rota is the same without.
    """

    seconds: float | None = 60.0
    iterations: int | None = None
    seed: int = 1
    workers: int = field(default_factory=lambda: min(2, os.cpu_count() or 1))
    start: Rota | None = None
    published: Rota | None = None
    locked: Iterable[str] = ()
    locked_carers: Iterable[str] = ()
    locked_times: Iterable[str] = ()
    frozen_before: int | None = None
    teams: bool = True
    exact: bool = True
    heat: float = 1.0
    until_placed: bool = False
    bound: bool = False
    prove: bool = False
    reasons: bool = True
    on_progress: Callable[[Progress], None] | None = None
    stop: Callable[[], bool] | None = None

    def __post_init__(self) -> None:
        if self.iterations is None and (self.seconds is None or self.seconds <= 0):
            raise DomainError(
                f"A plan needs a budget: {self.seconds} seconds is not one; give seconds or iterations."
            )
        if self.iterations is not None and self.iterations < 1:
            raise DomainError(f"A plan needs at least 1 iteration, not {self.iterations}.")
        if self.heat <= 0:
            raise DomainError(f"A search cannot begin {self.heat} times as hot: use more than 0.")
        if not 1 <= self.workers <= 64:
            raise DomainError(f"{self.workers} workers: use 1 to 64, at most the cores of the machine.")
        for name in ("locked", "locked_carers", "locked_times"):
            object.__setattr__(self, name, tuple(getattr(self, name)))  # an iterator could be read once only
        if self.base is None and (self.locked or self.locked_carers or self.locked_times):
            raise DomainError("Locked visits stay as they are in the start rota: give one to start from.")
        if self.base is None and self.frozen_before is not None:
            raise DomainError(
                "What lies before the freeze stays as it is in the start rota: give one to start from."
            )

    @property
    def base(self) -> Rota | None:
        """The rota that the plan begins with, if there is one."""
        return self.start if self.start is not None else self.published

    def report(self, progress: Progress) -> None:
        """Tell whoever listens."""
        if self.on_progress is not None:
            self.on_progress(progress)

    def stopped(self) -> bool:
        """Has somebody asked to stop?"""
        return self.stop is not None and self.stop()
