"""Seeded chance. Built on `random()` alone, the one draw that Python promises never to change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """One stream of chance. Each part of an agency has its own, so that a change in one leaves the others alone."""

    def __init__(self, *names: object) -> None:
        self._random = Random("/".join(str(name) for name in names)).random

    def chance(self, share: float) -> bool:
        """True in that share of cases."""
        return self._random() < share

    def whole(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._random() * (most - least + 1))

    def near(self, middle: float, spread: float) -> float:
        """A bell around the middle, `spread` its standard deviation, never further than three of them."""
        return middle + spread * 2 * (self._random() + self._random() + self._random() - 1.5)

    def pick(self, things: Sequence[T]) -> T:
        """One of them."""
        return things[int(self._random() * len(things))]

    def weighted(self, shares: Mapping[T, float]) -> T:
        """One of the keys, each as likely as its share."""
        left = self._random() * sum(shares.values())
        for thing, share in shares.items():
            left -= share
            if left < 0:
                return thing
        return next(iter(shares))

    def shuffled(self, things: Iterable[T]) -> list[T]:
        """All of them, in any order."""
        mixed = list(things)
        for last in range(len(mixed) - 1, 0, -1):
            other = int(self._random() * (last + 1))
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def some(self, things: Iterable[T], count: int) -> list[T]:
        """So many different ones."""
        return self.shuffled(things)[:count]

    def quota(self, count: int, shares: Mapping[T, float]) -> list[T]:
        """`count` keys that keep the shares as well as whole numbers can, shuffled, in small agencies too."""
        total = sum(shares.values())
        exact = {thing: count * share / total for thing, share in shares.items()}
        found = {thing: int(amount) for thing, amount in exact.items()}
        by_rest = sorted(exact, key=lambda thing: found[thing] - exact[thing])
        for thing in by_rest[: count - sum(found.values())]:
            found[thing] += 1
        return self.shuffled(thing for thing, times in found.items() for _ in range(times))
