"""`prove`: what is said to be the best is the best, and no bound is above it."""

from __future__ import annotations

import dataclasses
import math
import time
from random import Random

import pytest

from scheduler.check import check
from scheduler.errors import Disagreement
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.solve import prove as prove_module
from scheduler.solve import recipe, solve
from scheduler.solve.anneal import END_SHARE, PROOF_SHARE, anneal
from scheduler.solve.exact.solve import drafted
from scheduler.solve.model import encode
from scheduler.solve.options import Progress
from scheduler.solve.prove import Proof, _as_locked, prove
from scheduler.solve.race import race
from scheduler.solve.result import WHOLE, Result
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit
from tests.solve.judge import Engine
from tests.solve.test_oracle import SEEDS, solved
from tests.solve.variety import a_varied_problem, calm, in_rush

WEEK = {"days": 7, "visits": 12, "clients": 4, "carers": 3}


def proved(problem: Problem, **choices) -> Result:
    return solve(problem, **{"iterations": 200, "workers": 1, "prove": True, **choices})


@pytest.mark.parametrize("seed", range(0, 25, 5))
def test_a_small_period_is_proved_whole(seed):
    """From a rota made in haste, to the price that the oracle knows."""
    problem, _, best = solved(seed)
    result = proved(problem, iterations=20, seed=seed)
    assert result.report.total == best.total == result.bound
    assert result.optimality == "proven optimal"
    assert str(result).endswith("proven optimal).")


@pytest.mark.parametrize("seed", range(6))
def test_the_bound_of_the_days_is_never_above_the_best_of_the_week(seed, monkeypatch):
    """Whatever rota the prices of hours and unpopular spells are split by."""
    problem = a_varied_problem(seed, **WEEK)
    best = proved(problem)
    assert best.bound == best.report.total
    monkeypatch.setattr(prove_module, "MOST_WHOLE", 0)
    engine = Engine(problem, seed=seed)
    bounds = []
    for rota in (best.rota, engine.plan(5), Rota(problem.start, problem.days)):
        proof = prove(encode(problem), rota, check(rota, problem).total)
        assert proof.rota is rota
        assert proof.bound is not None
        assert proof.bound <= best.report.total
        bounds.append(proof.bound)
    assert max(bounds) > 0.5 * best.report.total


def test_days_that_share_nothing_are_proved_as_one(monkeypatch):
    """Mary sees Aled on both days, whom she knows and who has no contract: half the face's price a day is all of it."""
    visits = [
        a_visit("mon", "08:00"),
        a_visit("tue", "Tue 08:00"),
        a_visit("late", "Tue 08:00", client="nan"),
    ]
    problem = a_problem(visits, [a_carer("aled")], [a_client("mary", 10)], days=2)
    whole = proved(problem)
    monkeypatch.setattr(prove_module, "MOST_WHOLE", 0)
    by_day = proved(problem)
    assert whole.bound == by_day.bound == whole.report.total
    assert by_day.optimality == "proven optimal"


def test_what_the_bound_covers_is_said(monkeypatch):
    """With rest between days left out the bound is lower: eleven hours are due from 21:30 to 07:00."""
    visits = [a_visit("late", "21:30", slack=0), a_visit("early", "Tue 07:00", slack=0)]
    problem = a_problem(visits, [a_carer("aled")], days=2)
    whole = proved(problem)
    assert (whole.unallocated, whole.optimality) == (1, "proven optimal")
    monkeypatch.setattr(prove_module, "MOST_WHOLE", 0)
    result = proved(problem)
    assert result.bound is not None
    percent = math.ceil(1000 * (result.report.total - result.bound) / result.bound) / 10
    assert result.optimality == (
        f"at most {percent:.1f} % above the best possible, by each day by itself, without rest and links between days"
    )


def test_a_day_that_is_too_large_is_not_proved(monkeypatch):
    monkeypatch.setattr(prove_module, "MOST_WHOLE", 0)
    monkeypatch.setattr(prove_module, "MOST_DAY", 0)
    result = proved(solved(0)[0])
    assert (result.bound, result.optimality) == (None, "not proven optimal")


def test_nobody_asked():
    result = proved(solved(0)[0], prove=False)
    assert (result.bound, result.optimality) == (None, "not proven optimal")


@pytest.mark.parametrize("seed", range(0, SEEDS, 6))
def test_a_tiny_period_is_planned_to_the_best_from_a_rota_made_in_haste(seed):
    problem, _, best = solved(seed)
    result = proved(problem, iterations=20, seed=seed)
    assert result.report.total == best.total == result.bound


@pytest.mark.parametrize("seed", range(4))
def test_locked_visits_stay_and_their_prices_count(seed):
    problem, dice = solved(seed)[0], Random(seed)
    start = Engine(problem, seed=seed).plan(10)
    locked = dice.sample(sorted(start.legs_by_visit), len(start.legs_by_visit) // 2)
    result = proved(problem, start=start, locked=locked)
    assert {id: result.rota.of_visit(id) for id in locked} == {id: start.of_visit(id) for id in locked}
    assert result.bound == result.report.total
    assert result.bound >= solved(seed)[2].total
    held = ", with what is locked or frozen as it is" if locked else ""
    assert result.optimality == f"proven optimal{held}"


def test_the_bound_is_told_as_it_rises_and_a_stop_keeps_it():
    heard: list[Progress] = []
    problem = a_varied_problem(4, days=1, visits=14, clients=5, carers=4)
    result = proved(problem, on_progress=heard.append)
    bounds = [progress.bound for progress in heard if progress.bound is not None]
    assert bounds
    assert bounds == sorted(bounds)
    assert result.bound is not None
    assert bounds[-1] <= result.bound <= result.report.total
    stopped = proved(
        problem, stop=lambda: bool(heard) and heard[-1].bound is not None, on_progress=heard.append
    )
    assert stopped.report.clean
    assert stopped.stopped
    assert stopped.bound is not None


def test_whoever_leads_a_locked_double_up_leads_it_still():
    """CP-SAT says who comes and when; of two who both stay to the end it lets the first of the file lead."""
    visits = [a_visit("hoist", "08:00", carers=2), a_visit("tea", "16:00")]
    model = encode(a_problem(visits, [a_carer("aled"), a_carer("bethan")], days=1))
    mine = a_rota(a_leg("hoist", "bethan", "08:00"), a_leg("hoist", "aled", "08:00", second=True), days=1)
    other = a_rota(
        a_leg("hoist", "aled", "08:00"),
        a_leg("hoist", "bethan", "08:00", second=True),
        a_leg("tea", "aled", "16:00"),
        days=1,
    )
    same = _as_locked(other, mine, model, {0})
    assert same is not None
    assert same.of_visit("hoist") == mine.of_visit("hoist")
    assert same.of_visit("tea") == other.of_visit("tea")
    later = a_rota(a_leg("hoist", "aled", "08:05"), a_leg("hoist", "bethan", "08:05", second=True), days=1)
    assert _as_locked(later, mine, model, {0}) is None


def test_a_stop_while_the_proof_is_prepared_is_heard():
    """Nothing is said then, but what the rota is, and no solver runs."""
    problem = solved(0)[0]
    rota = Engine(problem, seed=0).plan(100)
    proof = prove(encode(problem), rota, check(rota, problem).total, stopped=lambda: True)
    assert (proof.rota, proof.bound) == (rota, None)


def test_both_ways_end_when_whoever_asks_is_gone():
    """A server that is gone, or Ctrl-C in somebody's own program."""
    problem = a_varied_problem(4, days=1, visits=120, clients=20, carers=10)
    model = encode(calm(problem))  # not proved in half a minute: whoever asks has time to be gone
    everything = drafted(
        model, Rota(problem.start, problem.days), model.shifts, [v.id for v in problem.visits]
    )

    def gone() -> bool:
        raise SystemExit("The server of this plan is gone.")

    begun = time.monotonic()
    with pytest.raises(SystemExit):
        race(everything, effort=600.0, together=True, stopped=gone)
    assert time.monotonic() - begun < 60


def test_a_bound_above_a_rota_is_an_error_and_never_hidden(monkeypatch):
    problem = solved(0)[0]
    monkeypatch.setattr(recipe, "prove", lambda model, rota, price, *_: Proof(rota, price + 1, WHOLE))
    with pytest.raises(Disagreement, match="below the proved"):
        proved(problem, iterations=20)


def test_a_result_says_how_far_it_may_be_from_the_best():
    result = proved(solved(0)[0])
    price = result.report.total
    for bound, said in (
        (price, "proven optimal"),
        (-(-price * 4 // 5), "at most 25.0 % above the best possible"),
        (price - 1, "at most 0.1 % above the best possible"),
        (0, f"at most £{price / 6000:,.2f} above the best possible"),
        (None, "not proven optimal"),
    ):
        assert dataclasses.replace(result, bound=bound).optimality == said


def test_no_time_is_kept_for_a_proof_that_cannot_be(monkeypatch):
    """With rush hours the search has all of it, whoever asks for a proof."""
    kept = []

    def searching(searches, options, clock, *rest, **more):
        kept.append(clock.end_share)
        return anneal(searches, options, clock, *rest, **more)

    monkeypatch.setattr(recipe, "anneal", searching)
    for problem in (solved(0)[0], in_rush(solved(0)[0], Random(1))):
        proved(problem, iterations=20)
    for name in ("MOST_WHOLE", "MOST_DAY"):
        monkeypatch.setattr(prove_module, name, 0)
    heard: list[Progress] = []
    proved(solved(0)[0], iterations=20, on_progress=heard.append)
    assert kept == [PROOF_SHARE, END_SHARE, END_SHARE]
    assert "nothing can be proved: a day has too many visits for that" in [
        progress.stage for progress in heard
    ]
