"""Slack where it matters: planned with some minutes more for each journey, judged by the journeys as they are.

A cushion costs where a round is full and nothing where there is time anyway, so the search puts up with it or goes
another way: the price of slack is the rota's own price.
"""

from __future__ import annotations

import numpy as np

from scheduler.problem import Problem
from scheduler.travel.base import Matrix


def with_cushion(problem: Problem, minutes: int) -> Problem:
    """The problem with so many minutes more between every two places. A rota that keeps its rules keeps those of the
    problem as it is, except that there is more waiting."""
    travel = {}
    for mode, matrix in problem.travel.items():
        longer = matrix.minutes + np.int32(minutes)
        np.fill_diagonal(longer, 0)
        travel[mode] = Matrix(longer.astype(np.int32), matrix.metres)
    return problem.replace(travel=travel)
