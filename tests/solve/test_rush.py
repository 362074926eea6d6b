"""Rush hours in the engine: what is feasible at noon need not be at half past eight, and both readers say so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import numpy as np
import pytest

from scheduler.check import check
from scheduler.rules.travel import Travel
from scheduler.solve import solve
from scheduler.travel.base import NO_WAY, Matrix
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    found,
    grid_travel,
    some_settings,
)
from tests.solve.judge import Engine
from tests.solve.test_agreement import around, dice_of, judged
from tests.solve.variety import a_varied_problem, in_rush

CLIENTS = [a_client("mary", 0, 0), a_client("nan", 4, 6)]


def two_visits(first: str, second: str, start=None):
    """Mary for half an hour, then Nan, ten minutes away, fifteen from 07:30 to 09:30; nothing can be moved."""
    visits = [a_visit("wash", first, "mary", 30, 0), a_visit("talk", second, "nan", 30, 0)]
    carers = [a_carer("aled")]
    travel = grid_travel([client.place for client in CLIENTS] + [carer.home for carer in carers])
    rush = np.ceil(travel.minutes * 1.5).astype(np.int32)
    settings = some_settings(rush_hours=((450, 570), (960, 1110)))
    return a_problem(
        visits,
        carers,
        CLIENTS,
        [a_shift("aled", "06:00", "22:00")],
        settings=settings,
        travel={"car": Matrix(travel.minutes, travel.metres, rush)},
        **({} if start is None else {"start": start}),
    )


def test_feasible_at_noon():
    problem = two_visits("12:00", "12:40")
    rota = a_rota(a_leg("wash", "aled", "12:00", 30), a_leg("talk", "aled", "12:40", 30))
    assert found(Travel(), rota, problem) == []
    assert solve(problem, iterations=200, workers=1).unallocated == 0


def test_not_at_half_past_eight():
    problem = two_visits("08:00", "08:40")
    rota = a_rota(a_leg("wash", "aled", "08:00", 30), a_leg("talk", "aled", "08:40", 30))
    [finding] = found(Travel(), rota, problem)
    assert finding.amount == 5
    assert "takes 15 min by car" in finding.sentence
    result = solve(problem, iterations=200, workers=1)
    assert result.unallocated == 1
    assert result.report.clean


def test_feasible_with_the_minutes_of_that_hour():
    assert solve(two_visits("08:00", "08:45"), iterations=200, workers=1).unallocated == 0
    assert solve(two_visits("08:00", "08:44"), iterations=200, workers=1).unallocated == 1


def test_not_on_a_bank_holiday():
    """Monday 4 May 2026: the same visits, and nobody is in a hurry."""
    from datetime import date

    assert solve(two_visits("08:00", "08:40", date(2026, 5, 4)), iterations=200, workers=1).unallocated == 0


def test_what_the_search_plans_in_rush_hours_is_legal_and_costs_what_it_says():
    planned = hurried = 0
    for seed in range(60):
        problem = in_rush(a_varied_problem(seed, visits=20, days=3), dice_of(seed))
        engine = Engine(problem, seed=seed)
        rota = engine.plan(dice_of(seed).choice([50, 150, 400]))
        report = check(rota, problem)
        assert not report.hard, (seed, [finding.sentence for finding in report.hard])
        assert engine.search.price == report.total, seed
        calm = problem.replace(travel={m: replace(t, rush=None) for m, t in problem.travel.items()})
        planned, hurried = (
            planned + len(rota.legs_by_visit),
            hurried + (check(rota, calm).total != report.total),
        )
    assert planned > 300
    assert hurried > 30, "rush hours that cost nothing are none"


def test_both_accept_or_both_refuse_in_rush_hours():
    verdicts: Counter[bool] = Counter()
    for seed in range(16):
        engine = Engine(in_rush(a_varied_problem(seed, visits=16, days=2), dice_of(seed)), seed=seed)
        rota = engine.plan(200)
        for other in around(engine, rota, dice_of(seed), some=25, visits=4):
            verdicts[judged(engine, other).clean] += 1
    assert 0.15 < verdicts[True] / verdicts.total() < 0.7, verdicts


def test_both_accept_or_both_refuse_where_ways_are_missing():
    """Here and there no way leads from one place to another, also from homes."""
    broken: Counter[bool] = Counter()
    for seed in range(12):
        dice = dice_of(seed)
        problem = a_varied_problem(seed, visits=16, days=2)
        travel = {mode: _with_gaps(matrix, dice) for mode, matrix in problem.travel.items()}
        engine = Engine(problem.replace(travel=travel), seed=seed)
        rota = engine.plan(200)
        for other in around(engine, rota, dice, some=25, visits=4):
            broken.update(
                {finding.sentence.startswith("There is no way") for finding in judged(engine, other).hard}
            )
    assert broken[True] > 20, broken


def _with_gaps(matrix: Matrix, dice: Random) -> Matrix:
    minutes = matrix.minutes.copy()
    for _ in range(5):
        minutes[tuple(dice.sample(range(len(minutes)), 2))] = NO_WAY
    return Matrix(minutes, matrix.metres)


@pytest.mark.parametrize("prove", [True, False])
def test_nothing_is_proved_and_that_is_said(prove: bool):
    said: list[str] = []
    result = solve(
        two_visits("08:00", "08:40"),
        iterations=100,
        workers=1,
        on_progress=lambda progress: said.append(progress.stage),
        prove=prove,
        bound=not prove,
    )
    assert result.bound is None
    assert result.gaps == ()
    assert any("do not know rush hours" in line for line in said)
    assert "CP-SAT" in result.proofs["talk"] or "CP-SAT" in result.proofs["wash"]
