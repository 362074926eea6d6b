"""How far from the best possible each day of a rota may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How a bound came about. CONVERGED: as good as rounds by day can tell, the linear program was solved. LAGRANGIAN:
    the time was over before that. SIMPLE: nothing but the least that each visit costs for itself."""

    CONVERGED = "converged"
    LAGRANGIAN = "lagrangian"
    SIMPLE = "simple"


@dataclass(frozen=True, slots=True)
class DayBound:
    """No rota can make the day cheaper than `bound` (sixtieths of a penny, of the prices that days and rounds do not
    share: see `scheduler.solve.bound.day`), and none can leave fewer than `least_unallocated` visits out."""

    day: int
    bound: int
    status: Status
    least_unallocated: int
    columns: int
    passes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class DayGap:
    """A rota's day beside its bound: `price` is the same part of the rota's price, with `unallocated` visits."""

    bound: DayBound
    price: int
    unallocated: int

    @property
    def share(self) -> float:
        """By how much of its price the day could be cheaper at the most."""
        return (self.price - self.bound.bound) / self.price if self.price > 0 else 0.0
