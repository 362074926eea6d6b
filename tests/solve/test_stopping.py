"""Stopped at any moment by another thread, the best rota so far is the answer, and it is the one that was told of."""

from __future__ import annotations

import threading
from importlib import import_module
from itertools import pairwise
from random import Random

import pytest
from ortools.sat.python import cp_model

from scheduler.check import check
from scheduler.solve import Progress, solve
from scheduler.solve.anneal import END_SHARE, EXACT_SHARE, anneal
from scheduler.solve.exact.listening import solved
from scheduler.solve.placing import Placing
from scheduler.solve.prove import Proof
from tests.random_problems import a_random_problem
from tests.solve.judge import Engine, changed

BUSY = a_random_problem(3, clients=10, carers=8, days=3, visits=70)
TOO_MUCH = a_random_problem(3, clients=10, carers=2, days=1, visits=40)
NEVER = 10**9
"""More iterations than anybody waits for."""


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("moment", range(3))
def test_stopped_by_another_thread_at_a_random_moment(moment, workers):
    dice = Random(moment)
    asked = threading.Event()
    threading.Timer(dice.uniform(0.0, 0.6), asked.set).start()
    start = changed(Engine(BUSY).plan(100), BUSY, dice) if moment == 1 else None
    heard: list[Progress] = []
    result = solve(
        BUSY,
        iterations=NEVER,
        workers=workers,
        seed=moment,
        start=start,
        stop=asked.is_set,
        on_progress=heard.append,
        teams=moment == 0,
    )
    points = [progress for progress in heard if progress.is_point]
    last = points[-1]
    assert result.stopped
    assert (last.stage, last.price, last.unallocated) == ("finished", result.report.total, result.unallocated)
    assert last.iterations == result.iterations
    assert last.price == min(point.price for point in points)
    assert check(result.rota, BUSY).clean


def test_every_point_of_the_curve_can_be_drawn():
    """Seconds and iterations never fall, prices never rise, and no stage between is taken for a point."""
    heard: list[Progress] = []
    result = solve(BUSY, iterations=2_000, workers=2, on_progress=heard.append)
    points = [progress for progress in heard if progress.is_point]
    for before, after in pairwise(points):
        assert before.seconds <= after.seconds
        assert before.iterations <= after.iterations
        assert before.price >= after.price
    assert points[-1].pence == (result.report.total + 30) // 60
    assert {progress.stage for progress in points} == {"searching", "finished"}
    assert {progress.stage for progress in heard} - {progress.stage for progress in points} >= {
        "planning core teams"
    }


def test_the_first_rota_is_told_before_teams_are_planned_and_nearly_whole():
    heard: list[Progress] = []
    result = solve(BUSY, iterations=4_800, workers=1, on_progress=heard.append)
    first, then = heard[:2]
    assert (first.stage, then.stage) == ("searching", "planning core teams")
    assert first.unallocated <= result.unallocated + 12 < 0.5 * len(BUSY.visits)
    assert first.iterations < 0.1 * result.iterations


def test_a_stop_while_starts_are_polished_is_told(monkeypatch):
    """The rest of the work is not done then: the same call would not give the same rota again."""
    asked, recipe = threading.Event(), import_module("scheduler.solve.recipe")
    monkeypatch.setattr(recipe, "polish", lambda *_: asked.set())
    assert solve(BUSY, iterations=200, stop=asked.is_set).stopped
    asked.clear()
    monkeypatch.setattr(recipe, "polish", lambda *_: None)
    assert not solve(BUSY, iterations=200, stop=asked.is_set).stopped


def test_a_stop_while_leftovers_are_placed_is_told(monkeypatch):
    asked, recipe = threading.Event(), import_module("scheduler.solve.recipe")

    def interrupted(model, rota, *, stopped, **rest):
        assert not stopped()
        asked.set()
        assert stopped()
        asked.clear()
        assert stopped(), "a wish to stop is not taken back"
        return Placing(rota)

    monkeypatch.setattr(recipe, "place_leftovers", interrupted)
    assert solve(TOO_MUCH, iterations=200, stop=asked.is_set).stopped


def test_a_stop_in_the_proof_is_told(monkeypatch):
    asked, recipe = threading.Event(), import_module("scheduler.solve.recipe")

    def interrupted(model, rota, *rest):
        asked.set()
        return Proof(rota, None, "")

    monkeypatch.setattr(recipe, "prove", interrupted)
    assert solve(BUSY, iterations=200, prove=True, exact=False, stop=asked.is_set).stopped


def test_cp_sat_ends_when_it_is_over():
    """Twelve pigeons in eleven holes would take it longer than anybody waits."""
    model = cp_model.CpModel()
    nests = [[model.new_bool_var("") for _ in range(11)] for _ in range(12)]
    for pigeon in nests:
        model.add(sum(pigeon) == 1)
    for hole in zip(*nests, strict=True):
        model.add(sum(hole) <= 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    solver.parameters.symmetry_level = 0
    solver.parameters.linearization_level = 0
    solver.parameters.max_time_in_seconds = 120
    asked = iter([False, True])
    assert solved(solver, model, lambda: next(asked, False)) == cp_model.UNKNOWN
    assert solver.wall_time < 60

    def gone():
        raise SystemExit("The server of this plan is gone.")

    with pytest.raises(SystemExit):
        solved(solver, model, gone)
    assert solver.wall_time < 60


@pytest.mark.parametrize("exact", [True, False])
def test_time_is_kept_for_leftovers_only_where_somebody_places_them(monkeypatch, exact):
    recipe, kept = import_module("scheduler.solve.recipe"), []

    def noted(searches, options, clock, *rest, **named):
        kept.append((clock.exact_share, clock.end_share))
        return anneal(searches, options, clock, *rest, **named)

    monkeypatch.setattr(recipe, "anneal", noted)
    solve(BUSY, seconds=0.2, exact=exact)
    assert kept == [(EXACT_SHARE if exact else END_SHARE, END_SHARE)]
