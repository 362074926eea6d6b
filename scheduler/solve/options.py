"""What a plan may cost in time, where it starts, and how it tells how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from scheduler.errors import DomainError
from scheduler.rota import Rota


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of progress: seconds since the start, the best price so far (sixtieths), visits without anybody, and
    once CP-SAT proves how good that is, the price below which there is none."""

    stage: str
    seconds: float
    price: int = 0
    unallocated: int = 0
    iterations: int = 0
    share: float = 0.0
    bound: int | None = None


@dataclass(frozen=True)
class Options:
    """Give `seconds`, or `iterations` for a plan that can be made again: same seed and iterations, same rota.

    `start` is a rota to begin with (what is illegal in it is repaired); visits in `locked` stay as they are there.
    `bound` asks how cheap each day could be at the best. That takes at most as many seconds again, or, where iterations
    are counted, what it takes.
    `prove`: CP-SAT shows how far from the best the rota can be; it takes more than half of the time.
    `stop` is asked about four times a second; when it says True the best rota so far is the answer.
    """

    seconds: float | None = 60.0
    iterations: int | None = None
    seed: int = 1
    workers: int = field(default_factory=lambda: min(2, os.cpu_count() or 1))
    start: Rota | None = None
    locked: Iterable[str] = ()
    teams: bool = True
    exact: bool = True
    bound: bool = False
    prove: bool = False
    on_progress: Callable[[Progress], None] | None = None
    stop: Callable[[], bool] | None = None

    def __post_init__(self) -> None:
        if self.iterations is None and (self.seconds is None or self.seconds <= 0):
            raise DomainError(
                f"A plan needs a budget: {self.seconds} seconds is not one; give seconds or iterations."
            )
        if self.iterations is not None and self.iterations < 1:
            raise DomainError(f"A plan needs at least 1 iteration, not {self.iterations}.")
        if not 1 <= self.workers <= 64:
            raise DomainError(f"{self.workers} workers: use 1 to 64, at most the cores of the machine.")
        object.__setattr__(self, "locked", tuple(self.locked))  # an iterator could be read once only
        if self.locked and self.start is None:
            raise DomainError("Locked visits stay as they are in the start rota: give one to start from.")

    def report(self, progress: Progress) -> None:
        """Tell whoever listens."""
        if self.on_progress is not None:
            self.on_progress(progress)

    def stopped(self) -> bool:
        """Has somebody asked to stop?"""
        return self.stop is not None and self.stop()
