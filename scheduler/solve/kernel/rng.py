"""Random numbers with a state of our own: the same seed gives the same search, whatever else runs in the process."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.kernel.compiled import inner


@inner
def draw(rng: NDArray[np.uint64]) -> Any:
    """Next 64 random bits (xorshift64*, Vigna 2016)."""
    x = rng[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    rng[0] = x
    return x * np.uint64(2685821657736338717)


@inner
def below(rng: NDArray[np.uint64], n: Any) -> Any:
    """A whole number in 0..n-1."""
    return np.int64((draw(rng) >> np.uint64(33)) % np.uint64(n))


@inner
def uniform(rng: NDArray[np.uint64]) -> Any:
    """A number in [0, 1)."""
    return np.float64(draw(rng) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


def seeded(seed: int) -> NDArray[np.uint64]:
    """The state that belongs to a seed: never zero, and well mixed for small seeds (splitmix64)."""
    mask = (1 << 64) - 1
    z = (seed + 1) * 0x9E3779B97F4A7C15 & mask
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & mask
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & mask
    return np.array([(z ^ (z >> 31)) or 1], dtype=np.uint64)
