"""The one promise of every source of travel times, whether it knows roads or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Place
from scheduler.errors import DomainError

NO_WAY = 10_000
"""Minutes that stand for "there is no way": a week, so that no shift has room for such a journey."""


@dataclass(frozen=True, eq=False, slots=True)
class Matrix:
    """Whole minutes and whole metres from each place (row) to each place (column) by one mode.

    Minutes run from one front door to the next: on the way, parking, walking to the door. One-way streets and
    hills are allowed, so a matrix need not be symmetric; nobody travels from a place to itself, so the
    diagonal is 0. `NO_WAY` minutes or more: nobody is ever sent that way. All arrays are int32 of shape (n, n) and
    cannot be written to.

    Travel depends on the time of day through `rush`: minutes for those who leave in a rush hour (when that is, is said
    by `scheduler.travel.rush.Spells`), never below `minutes`; None where all hours are alike. A finer timetable (buses)
    would be more such layers with spells of their own: everybody asks for travel through `Spells.way` and
    `Spells.way_before`, and the engine through two functions of `solve.kernel.ways`, so only those would change.
    """

    minutes: NDArray[np.int32]
    metres: NDArray[np.int32]
    rush: NDArray[np.int32] | None = None

    def __post_init__(self) -> None:
        named = {"minutes": self.minutes, "metres": self.metres}
        if self.rush is not None:
            named["minutes in a rush hour"] = self.rush
        for name, array in named.items():
            if array.dtype != np.int32:
                raise DomainError(f"Travel {name} are {array.dtype}; use int32.")
            if array.ndim != 2 or array.shape[0] != array.shape[1]:
                raise DomainError(f"Travel {name} have shape {array.shape}; use a row and a column a place.")
            if array.diagonal().any() or (array < 0).any():
                raise DomainError(f"Travel {name}: from a place to itself must be 0, and nothing below 0.")
            if array.shape != self.minutes.shape:
                raise DomainError(f"Travel: {len(self.minutes)} places in minutes, {len(array)} in {name}.")
            array.flags.writeable = False
        if self.rush is not None and (self.rush < self.minutes).any():
            raise DomainError("Travel: a journey in a rush hour takes as long as at other hours, or longer.")

    def pick(self, rows: Sequence[int] | NDArray[np.intp]) -> Matrix:
        """The matrix of these places alone, in this order."""
        index = np.asarray(rows, dtype=np.intp)
        at = np.ix_(index, index)
        return Matrix(self.minutes[at], self.metres[at], None if self.rush is None else self.rush[at])

    def with_minutes(self, change: Callable[[NDArray[np.int32]], NDArray[np.int32]]) -> Matrix:
        """The same metres, and what `change` makes of the minutes: of those in rush hours too, which a change of travel
        must not lose. `change` gives a new array."""
        return Matrix(change(self.minutes), self.metres, None if self.rush is None else change(self.rush))


class TravelTimes(Protocol):
    """A source of travel times. A new one is a class with this one method."""

    def matrix(self, places: Sequence[Place], mode: str) -> Matrix:
        """Travel between all the places by "car", "motorcycle", "bicycle" or "foot", in their order."""
        ...
