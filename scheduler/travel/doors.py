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
    rush = None if matrix.rush is None else _longer(matrix.rush, extra)
    return Matrix(_longer(matrix.minutes, extra), matrix.metres, rush)


def _longer(minutes: NDArray[np.int32], extra: Sequence[int]) -> NDArray[np.int32]:
    longer = minutes.copy()
    longer[:, : len(extra)] += np.array(extra, dtype=np.int32)
    np.fill_diagonal(longer, 0)
    return np.maximum(longer, 0)
