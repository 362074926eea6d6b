"""The one promise of every source of travel times, whether it knows roads or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Place
from scheduler.errors import DomainError


@dataclass(frozen=True, eq=False, slots=True)
class Matrix:
    """Whole minutes and whole metres from each place (row) to each place (column) by one mode.

    Minutes run from one front door to the next: on the way, parking, walking to the door. One-way streets and
    hills are allowed, so a matrix need not be symmetric; nobody travels from a place to itself, so the
    diagonal is 0. Both arrays are int32 of shape (n, n) and cannot be written to.

    Travel that depends on the time of day would be a sequence of matrices, one a spell, chosen by the minute
    of departure: the rules ask for travel through one function, and only that function would change.
    """

    minutes: NDArray[np.int32]
    metres: NDArray[np.int32]

    def __post_init__(self) -> None:
        for name, array in (("minutes", self.minutes), ("metres", self.metres)):
            if array.dtype != np.int32:
                raise DomainError(f"Travel {name} are {array.dtype}; use int32.")
            if array.ndim != 2 or array.shape[0] != array.shape[1]:
                raise DomainError(f"Travel {name} have shape {array.shape}; use a row and a column a place.")
            if array.diagonal().any() or (array < 0).any():
                raise DomainError(f"Travel {name}: from a place to itself must be 0, and nothing below 0.")
            array.flags.writeable = False
        if self.minutes.shape != self.metres.shape:
            raise DomainError(f"Travel: {len(self.minutes)} places in minutes, {len(self.metres)} in metres.")


class TravelTimes(Protocol):
    """A source of travel times. A new one is a class with this one method."""

    def matrix(self, places: Sequence[Place], mode: str) -> Matrix:
        """Travel between all the places by "car", "motorcycle", "bicycle" or "foot", in their order."""
        ...
