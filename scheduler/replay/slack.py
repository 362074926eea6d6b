"""Slack where it matters: planned with some minutes more for each journey, judged by the journeys as they are.

A cushion costs where a round is full and nothing where there is time anyway, so the search puts up with it or goes
another way: the price of slack is the rota's own price.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.problem import Problem


def with_cushion(problem: Problem, minutes: int) -> Problem:
    """The problem with so many minutes more between every two places. A rota that keeps its rules keeps those of the
    problem as it is, except that there is more waiting."""

    def longer(ways: NDArray[np.int32]) -> NDArray[np.int32]:
        found = ways + np.int32(minutes)
        np.fill_diagonal(found, 0)
        return found

    return problem.replace(
        travel={mode: matrix.with_minutes(longer) for mode, matrix in problem.travel.items()}
    )
