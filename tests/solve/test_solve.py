"""solve(): what it promises about budgets, seeds, progress, stops, and bad options."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from scheduler.check import check
from scheduler.errors import Disagreement, DomainError
from scheduler.solve import Options, Progress, solve
from scheduler.solve import recipe as recipe_module
from scheduler.solve.anneal import Clock
from tests.builders import a_problem, a_visit
from tests.random_problems import a_random_problem
from tests.solve.plans import BREAKFAST, BUSY, planned, searched
from tests.solve.variety import a_varied_problem, calm


@pytest.mark.parametrize("workers", [1, 2])
def test_same_seed_and_iterations_same_rota(workers):
    first, again = (searched(workers=workers, seed=7) for _ in range(2))
    assert first.rota.legs == again.rota.legs
    assert first.iterations == again.iterations == 480 * workers


@pytest.mark.parametrize("seed", [1, 2, 3, 7])
def test_teams_and_the_exact_half_are_made_again_too(seed):
    first, again = (planned(calm(a_varied_problem(seed)), iterations=60, workers=2) for _ in range(2))
    assert any("the rounds of" in sentence for sentence in first.proofs.values())
    assert (first.rota.legs, first.proofs) == (again.rota.legs, again.proofs)


def test_another_seed_another_rota():
    assert len({searched(seed=seed).rota.legs for seed in (1, 2, 3)}) == 3


def test_two_workers_are_not_one_search_made_twice():
    assert searched(workers=2).rota.legs != searched().rota.legs


def test_a_budget_in_seconds_is_kept():
    result = solve(a_random_problem(1), seconds=0.6, workers=1, teams=False, exact=False)
    assert 0.4 < result.seconds < 3
    assert result.iterations > 0
    assert not result.stopped


def test_progress_is_told_and_the_price_never_rises(monkeypatch):
    """With a clock that jumps a second whenever somebody looks, so that every chunk is told."""
    seconds = itertools.count()
    monkeypatch.setattr(Clock, "elapsed", lambda clock: float(next(seconds)))
    heard: list[Progress] = []
    result = searched(iterations=960, workers=2, on_progress=heard.append)
    assert result.progress == tuple(heard)
    searching = [progress for progress in heard if progress.stage == "searching"]
    assert len(searching) > 20
    for before, after in itertools.pairwise(searching):
        assert before.price >= after.price >= result.report.total
        assert before.share < after.share
        assert before.iterations < after.iterations
    assert searching[0].price > searching[-1].price
    assert (searching[-1].share, searching[-1].iterations) == (1.0, result.iterations)
    assert searching[-1].unallocated >= result.unallocated


def test_every_stage_is_told():
    stages = dict.fromkeys(progress.stage for progress in planned(a_varied_problem(0)).progress)
    assert list(stages) == ["searching", "planning core teams", "placing what is left over", "finished"]


def test_stop_keeps_the_best_so_far_and_says_so():
    calls = itertools.count()
    asked = searched(iterations=24_000, stop=lambda: next(calls) == 3)
    assert asked.stopped
    assert asked.iterations == 300
    assert asked.report.clean
    assert asked.rota.legs
    assert str(asked).endswith("stopped early).")


def test_a_search_for_a_place_for_each_visit_ends_when_each_has_one():
    """What the same search then still improves does not matter to whoever asked; it is no stop by somebody."""
    problem = a_problem([a_visit(f"at {hour}", f"{hour}:00") for hour in (10, 12, 14)])
    whole, asked = (planned(problem, iterations=2_400, until_placed=placed) for placed in (False, True))
    assert (whole.unallocated, asked.unallocated) == (0, 0)
    assert whole.iterations == 2_400
    assert asked.iterations < 2_400
    assert not asked.stopped


def test_a_search_for_a_place_goes_on_where_a_visit_has_none():
    """Nobody may do it."""
    asked = planned(a_problem([a_visit(skills=frozenset({"insulin"}))]), iterations=50, until_placed=True)
    assert (asked.unallocated, asked.iterations) == (1, 50)


def test_stopped_at_once_the_start_rota_is_the_answer():
    start = searched().rota
    result = searched(start=start, stop=lambda: True)
    assert (result.rota.legs, result.stopped, result.iterations, result.lost) == (start.legs, True, 0, {})


@pytest.mark.parametrize(
    "choices, told",
    [
        ({"seconds": 0}, "0 seconds is not one"),
        ({"seconds": -1.0}, "-1.0 seconds is not one"),
        ({"seconds": None}, "None seconds is not one; give seconds or iterations"),
        ({"iterations": 0}, "at least 1 iteration, not 0"),
        ({"heat": 0.0}, "cannot begin 0.0 times as hot"),
        ({"workers": 0}, "0 workers: use 1 to 64"),
        ({"workers": 65}, "65 workers: use 1 to 64"),
        ({"locked": ["breakfast"]}, "Locked visits stay as they are in the start rota"),
    ],
)
def test_options_check_themselves(choices, told):
    with pytest.raises(DomainError, match=told):
        Options(**choices)
    with pytest.raises(DomainError, match=told):
        solve(BUSY, **choices)


def test_options_and_choices_go_together():
    """What is given beside the options wins."""
    options = Options(iterations=50, seed=5, workers=1, teams=False, exact=False)
    assert solve(BUSY, options).seed == 5
    assert solve(BUSY, options, seed=6).seed == 6


def test_a_result_prints_itself():
    problem = a_problem([BREAKFAST, a_visit("x", "10:00", skills=frozenset({"flying"}))])
    result = dataclasses.replace(planned(problem, iterations=1200, seed=9), seconds=1.25)
    # 30 minutes at 26 pence, a new face at £15, and £600 for a visit of priority 3
    assert str(result) == (
        "Rota of 7 days: 1 visits planned, 1 unallocated, no hard finding, price £622.80 "
        "(seed 9, 1,200 iterations, 1.2 s, not proven optimal)."
    )


def test_a_disagreement_is_an_error_and_never_hidden(monkeypatch):
    """If the checker saw another price, or anything hard, in the final rota, nobody would get that rota."""
    problem = a_problem([BREAKFAST])

    def a_stranger(rota, problem, rules=()):
        found = check(rota, problem)
        dearer = [dataclasses.replace(one, price=one.price + 1) for one in found.findings[:1]]
        return dataclasses.replace(found, findings=(*dearer, *found.findings[1:]))

    monkeypatch.setattr(recipe_module, "check", a_stranger)
    with pytest.raises(Disagreement, match=r"\d+ against \d+ sixtieths .* a fault of ours"):
        planned(problem)
