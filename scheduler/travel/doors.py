"""Doors that take longer than others: parking far off, a key safe, an entry phone that nobody answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.travel.base import Matrix


def with_doors(matrix: Matrix, extra: Sequence[int]) -> Matrix:
    """The same travel where every journey to place i takes `extra[i]` minutes more; the places behind the last of
    `extra` stay as they are. Metres stay, and nobody travels from a place to itself."""
    if not any(extra):
        return matrix

    def longer(minutes: NDArray[np.int32]) -> NDArray[np.int32]:
        found = minutes.copy()
        found[:, : len(extra)] += np.array(extra, dtype=np.int32)
        np.fill_diagonal(found, 0)
        return np.maximum(found, 0)

    return matrix.with_minutes(longer)
