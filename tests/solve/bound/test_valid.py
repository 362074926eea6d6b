"""A bound is a bound: nothing is ever cheaper. CP-SAT's proven best of tiny days is the judge."""

from __future__ import annotations

from functools import cache
from random import Random

import numpy as np

from scheduler.check import check
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.solve.bound.bounds import day_bounds, gap_by_day
from scheduler.solve.bound.day import day_of
from scheduler.solve.bound.generate import Prices, generate, priced
from scheduler.solve.bound.master import Pair
from scheduler.solve.bound.prices import day_prices
from scheduler.solve.bound.simple import least_unallocated
from scheduler.solve.exact import solve_exactly
from scheduler.solve.gap import Status
from scheduler.solve.model import Model
from tests.solve.bound.alone import DAILY, alone
from tests.solve.judge import Engine
from tests.solve.variety import a_varied_problem, calm

SEEDS = 60
SHAPES = (
    {"days": 1, "visits": 8, "carers": 3},
    {"days": 1, "visits": 10, "carers": 4},
    {"days": 1, "visits": 7, "clients": 6, "carers": 2},
    {"days": 2, "visits": 10, "carers": 3},
)


def tiny(seed: int) -> Problem:
    return a_varied_problem(seed, **SHAPES[seed % len(SHAPES)])


@cache
def best(seed: int) -> tuple[Model, Rota, int]:
    """The problem's model alone, its best rota and what that costs, proven."""
    problem = tiny(seed)
    model = alone(problem)
    every = [visit.id for visit in problem.visits]
    answer = solve_exactly(model, Rota(problem.start, problem.days), model.shifts, every, effort=20.0)
    assert answer.rota is not None
    assert answer.proven, seed
    return model, answer.rota, answer.price


def test_no_bound_is_above_the_best():
    for seed in range(SEEDS):
        model, rota, price = best(seed)
        bounds = day_bounds(model)
        assert sum(bound.bound for bound in bounds) <= price, seed
        assert all(bound.status is Status.CONVERGED for bound in bounds), seed
        for gap in gap_by_day(model, rota, bounds):  # no day of a rota is cheaper, whatever the other days do
            assert gap.bound.bound <= gap.price, seed
            assert gap.bound.least_unallocated <= gap.unallocated, seed


def test_bounds_say_something():
    """Of 60 tiny problems half have no gap to speak of, with all limits, links and breaks, which the bound knows
    nothing of (their mean is 6 %, that of the simple bound 34 %)."""
    gaps, simple = [], []
    for seed in range(SEEDS):
        model, _, price = best(seed)
        if price > 0:
            gaps.append(1 - sum(bound.bound for bound in day_bounds(model)) / price)
            simple.append(1 - sum(bound.bound for bound in day_bounds(model, seconds=0.0)) / price)
    assert len(gaps) > 50
    assert np.median(gaps) < 0.001
    assert np.mean(gaps) < 0.08
    assert np.mean(gaps) < np.mean(simple) / 3


def test_any_duals_give_a_bound():
    """Also such as no linear program would come up with: negative, huge, of visits that nobody can reach."""
    for seed in range(SEEDS):
        model, rota, _ = best(seed)
        dice = Random(seed)
        price = day_prices(model, rota)
        for number in range(model.problem.days):
            day = day_of(model, number)
            for scale in (10, 10**4, 10**6, 10**8):
                pairs = [Pair(int(v), k) for v in np.nonzero(day.double)[0] for k in range(2)]
                node = np.array([dice.randint(-scale // 4, scale) for _ in range(day.nodes)], dtype=np.int64)
                pair = np.array([-dice.randint(0, scale) for _ in pairs], dtype=np.int64)
                assert priced(day, Prices(node, pair), pairs)[0] <= price[number], (seed, scale)


def test_work_cut_short_gives_a_lower_bound():
    for seed in range(20):
        day = day_of(best(seed)[0], 0)
        found = [generate(day, passes=passes) for passes in (1, 3, 6, 12)] + [generate(day)]
        assert [each.bound for each in found] == sorted(each.bound for each in found), seed
        assert found[-1].converged
        assert found[0].passes == 1
        assert found[0].columns == 0


def test_stopped_at_once_there_is_the_simple_bound():
    model = best(1)[0]
    [bound] = day_bounds(model, stop=lambda: True)
    assert bound.status is Status.SIMPLE
    assert 0 < bound.bound <= day_bounds(model)[0].bound
    assert day_bounds(model, seconds=0.0)[0].bound == bound.bound


def test_day_prices_add_up_to_what_the_checker_finds():
    """To the sixtieth of a penny, for whatever the search plans: all rules but those whose prices days share."""
    for seed in range(40):
        problem = calm(a_varied_problem(seed))
        rota = Engine(problem, seed=seed).plan(100)
        assert sum(day_prices(alone(problem), rota)) == check(rota, problem, DAILY).total, seed


def test_cp_sat_counts_the_same():
    for seed in range(SEEDS):
        model, rota, price = best(seed)
        assert sum(day_prices(model, rota)) == price, seed


def test_visits_that_every_rota_leaves_out_occur():
    """Otherwise the count would never have been tried."""
    told = [least_unallocated(day_of(best(seed)[0], 0)) for seed in range(SEEDS)]
    assert sum(count > 0 for count in told) > 10
