"""CP-SAT at work in a thread of its own, so that a wish to stop is heard meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from ortools.sat.python import cp_model

LOOK = 0.25
"""Seconds between two looks whether somebody wants it to end."""


def never() -> bool:
    """Nobody wants it to end."""
    return False


def solved(
    solver: cp_model.CpSolver, model: cp_model.CpModel, over: Callable[[], bool]
) -> cp_model.CpSolverStatus:
    """What CP-SAT says of the model. `over` is asked a few times a second, in the thread of the caller; where it says
    True the search ends with what there is, and where it raises the search ends too."""
    ends = False
    with ThreadPoolExecutor(1) as pool:
        run = pool.submit(solver.solve, model)
        try:
            while not wait([run], LOOK).done:
                ends = ends or over()
                if ends:
                    solver.stop_search()  # again and again: a search that has not begun does not hear it
        except BaseException:
            while not wait([run], LOOK).done:
                solver.stop_search()
            raise
        return run.result()
