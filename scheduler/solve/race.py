"""CP-SAT's two ways to a proof: by cores, good on tight little days, and by a tree of bounds, good on weeks. Side by
side where the clock counts and there are two processors, else one after the other; the better of each counts."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.rota import Rota
from scheduler.solve.exact.draft import Draft
from scheduler.solve.exact.listening import LOOK, never
from scheduler.solve.exact.solve import rota_of

WAYS = ("optimize_with_core", "optimize_with_lb_tree_search")
NOTHING = -1e12
"""CP-SAT's bound is below this before there is one (as if a period could earn a thousand million pounds)."""


@dataclass(frozen=True)
class Finish:
    """The best rota found (None: none) with its price by the model, and the price below which there is none (None:
    there was not time enough to say anything)."""

    rota: Rota | None
    price: int
    bound: int | None


def race(
    draft: Draft,
    effort: float,
    seconds: float = math.inf,
    together: bool = False,
    heard: Callable[[int], None] = lambda bound: None,
    stopped: Callable[[], bool] = never,
) -> Finish:
    """Make the draft's price small and prove how small it can be. `effort` is CP-SAT's deterministic time of each way,
    `seconds` the end by the clock for both; `heard` is told each better bound, `stopped` is asked a few times a
    second. The same effort gives the same answer where the ways do not run together."""
    solvers = [_solver(way, effort, seconds if together else seconds / 2) for way in WAYS]
    done = threading.Event()
    best, one_by_one = [-math.inf], threading.Lock()

    def better(bound: float) -> None:
        with one_by_one:
            if bound > max(best[0], NOTHING):
                best[0] = bound
                heard(math.ceil(bound - 1e-6))

    def run(solver: cp_model.CpSolver) -> cp_model.CpSolverStatus:
        if done.is_set():
            return cp_model.UNKNOWN
        solver.best_bound_callback = better
        status = solver.solve(draft.cp)
        if status in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
            done.set()
        return status

    with ThreadPoolExecutor(2 if together else 1) as pool:
        runs = [pool.submit(run, solver) for solver in solvers]
        try:
            while not all(one.done() for one in runs):
                if done.wait(LOOK) or stopped():
                    _end(solvers, runs, done)
        except BaseException:
            while not all(one.done() for one in runs):
                _end(solvers, runs, done)
            raise
    ended = [(solver, one.result()) for solver, one in zip(solvers, runs, strict=True)]
    return _finish(draft, ended, best[0])


def _end(
    solvers: list[cp_model.CpSolver], runs: list[Future[cp_model.CpSolverStatus]], done: threading.Event
) -> None:
    """To be asked again while some run is not done: who had not begun did not hear it."""
    done.set()
    for solver in solvers:
        solver.stop_search()
    wait(runs, LOOK)


def _solver(way: str, effort: float, seconds: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is ours to hear
    setattr(solver.parameters, way, True)
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = effort
    solver.parameters.max_time_in_seconds = seconds
    return solver


def _finish(
    draft: Draft, ended: list[tuple[cp_model.CpSolver, cp_model.CpSolverStatus]], bound: float
) -> Finish:
    found = [solver for solver, status in ended if status in (cp_model.OPTIMAL, cp_model.FEASIBLE)]
    bounds = [bound, *(solver.best_objective_bound for solver in found)]
    if not found:
        return Finish(None, 0, _whole(max(bounds)))
    best = min(found, key=lambda solver: solver.objective_value)
    return Finish(rota_of(draft, best), round(best.objective_value), _whole(max(bounds)))


def _whole(bound: float) -> int | None:
    """Prices are whole. What CP-SAT says before it knows anything is no bound."""
    return math.ceil(bound - 1e-6) if bound > NOTHING else None
