"""When it is rush hour, and what a journey takes then.

A journey that begins in a rush hour takes the rush hour's minutes, with one exception: shortly before a rush hour ends
it takes no longer than waiting for that end and going then. So nobody who leaves later arrives earlier (first in, first
out), and pushing a visit back never makes a round quicker. Without the exception it would: on the last minute of a rush
hour a way of 13 minutes, one minute later one of 10.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from scheduler.errors import DomainError
from scheduler.travel.base import Matrix
from scheduler.units import DAY, clock

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Spells:
    """Rush hours of a period as (first minute, minute after the last), in order and apart from each other."""

    spells: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        before = None
        for begin, end in self.spells:
            if begin >= end or (before is not None and begin <= before):
                raise DomainError(
                    f"Rush hours {clock(begin)}-{clock(end)}: each begins before it ends, and after the one before."
                )
            before = end

    def way(self, matrix: Matrix, a: int, b: int, leaving: int) -> int:
        """Minutes from place `a` to place `b` for those who leave at this minute of the period."""
        way = int(matrix.minutes[a, b])
        spell = self._at(leaving)
        if spell is None or matrix.rush is None:
            return way
        return min(int(matrix.rush[a, b]), spell[1] - leaving + way)

    def ways(self, matrix: Matrix, a: int, b: int, leaving: NDArray[np.float64]) -> NDArray[np.float64]:
        """`way` for many who leave at these minutes, of which parts do not count."""
        way = int(matrix.minutes[a, b])
        found = np.full(leaving.shape, float(way))
        if matrix.rush is not None:
            since = np.floor(leaving)
            for begin, end in self.spells:
                inside = (begin <= since) & (since < end)
                found[inside] = np.minimum(matrix.rush[a, b], end - since[inside] + way)
        return found

    def way_before(self, matrix: Matrix, a: int, b: int, arriving: int) -> int:
        """Minutes before `arriving` at which one has to leave `a` at the latest to be at `b` by then."""
        way = int(matrix.minutes[a, b])
        spell = self._at(arriving - way)
        if spell is None or matrix.rush is None:
            return way
        return min(int(matrix.rush[a, b]), arriving - spell[0] + 1)

    def _at(self, minute: int) -> tuple[int, int] | None:
        i = bisect_right(self.spells, (minute, 10**9)) - 1
        return self.spells[i] if i >= 0 and minute < self.spells[i][1] else None

    def clock(self, days: int) -> NDArray[np.int32]:
        """(days x 1440, 2): of each minute of the period how many of its rush hour are over and how many are left
        (0, 0 in no rush hour); no rows at all where there are no rush hours."""
        if not self.spells:
            return np.zeros((0, 2), dtype=np.int32)
        table = np.zeros((days * DAY, 2), dtype=np.int32)
        for begin, end in self.spells:
            minutes = np.arange(max(begin, 0), min(end, days * DAY))
            table[minutes, 0] = minutes - begin
            table[minutes, 1] = end - minutes
        return table


def spells_of(
    hours: Iterable[tuple[int, int]], start: date, days: int, holidays: Collection[date] = ()
) -> Spells:
    """These hours (minutes of the day) on each working day of the period: Monday to Friday but bank holidays."""
    working = (
        day
        for day in range(days)
        for on in (start + timedelta(days=day),)
        if on.weekday() < _SATURDAY and on not in holidays
    )
    return Spells(tuple((day * DAY + lo, day * DAY + hi) for day in working for lo, hi in sorted(hours)))
