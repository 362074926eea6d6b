"""Doors that take longer than others: parking far off, a key safe, an entry phone that nobody answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.travel.base import Matrix


def with_doors(matrix: Matrix, extra: Sequence[int]) -> Matrix:
    """The same travel where every journey to place i takes `extra[i]` minutes more; the places behind the last of
    `extra` stay as they are. Metres stay, and nobody travels from a place to itself."""
    if not any(extra):
        return matrix
    minutes = matrix.minutes.copy()
    minutes[:, : len(extra)] += np.array(extra, dtype=np.int32)
    np.fill_diagonal(minutes, 0)
    return Matrix(minutes=np.maximum(minutes, 0), metres=matrix.metres)
