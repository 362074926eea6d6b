"""A few busy days, and plans that can be made again."""

from __future__ import annotations

from scheduler.problem import Problem
from scheduler.solve import solve
from scheduler.solve.result import Result
from tests.builders import a_visit
from tests.random_problems import a_random_problem

BREAKFAST = a_visit("breakfast", "08:00")
BUSY = a_random_problem(3, clients=10, carers=8, days=3, visits=70)
FREE = {
    "continuity.new_face": 0,
    "continuity.known_face": 0,
}
"""Prices of an agency that does not mind who comes."""


def planned(problem: Problem, iterations: int = 300, **choices) -> Result:
    """A plan that can be made again, by one search unless said otherwise."""
    return solve(problem, iterations=iterations, **{"workers": 1, **choices})


def searched(iterations: int = 480, **choices) -> Result:
    """A plan of the busy days by the search alone."""
    return planned(BUSY, iterations, teams=False, exact=False, **choices)
