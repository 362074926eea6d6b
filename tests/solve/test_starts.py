"""Starts are moved in rounds that stay: prices and verdicts are the checker's, and what is refused changes nothing."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from scheduler.check import check
from scheduler.errors import DomainError
from scheduler.rota import Rota
from scheduler.solve import solve
from scheduler.solve.search import NEVER
from scheduler.solve.starts import Starts
from tests.builders import a_leg, a_problem, a_rota, a_visit
from tests.random_problems import a_random_problem


def moved(rota, starts):
    legs = (replace(leg, start=starts.get(leg.visit, leg.start)) for leg in rota.legs)
    return Rota(rota.start, rota.days, tuple(legs))


@pytest.fixture(params=range(8))
def week(request):
    problem = a_random_problem(request.param, visits=14, days=2)
    return problem, solve(problem, iterations=150, workers=1, exact=False, teams=False).rota


def test_every_start_of_every_visit_as_the_checker_has_it(week):
    problem, rota = week
    starts, open_ones = Starts(problem, rota), 0
    assert starts.price == check(rota, problem).total
    for visit in rota.legs_by_visit:
        asked = problem.visit(visit)
        tried = range(asked.earliest - 1, asked.latest + 2)
        for at, price in zip(tried, starts.prices(visit, tried), strict=True):
            report = check(moved(rota, {visit: at}), problem)
            assert (price != NEVER) == (not report.hard), (visit, at)
            assert price in (NEVER, report.total)
            open_ones += price != NEVER
    assert open_ones > 2 * len(rota.legs_by_visit)
    assert starts.price == check(rota, problem).total, "asking changes nothing"


def test_some_together_as_the_checker_has_it(week):
    problem, rota = week
    dice, starts, done = Random(1), Starts(problem, rota), 0
    for _ in range(150):
        some = dice.sample(sorted(rota.legs_by_visit), min(3, len(rota.legs_by_visit)))
        wanted = {id: rota.of_visit(id)[0].start + dice.randint(-6, 6) for id in some}
        after = moved(rota, wanted)
        report = check(after, problem)
        price = starts.move(wanted, NEVER)
        if price is not None:
            assert (report.hard, report.total) == ((), price)
            rota, done = after, done + 1
        assert starts.price == check(rota, problem).total
    assert done


@pytest.fixture
def morning():
    """Two visits ten minutes' waiting apart."""
    problem = a_problem([a_visit("one", "08:00"), a_visit("two", "08:40", slack=60)])
    return problem, a_rota(a_leg("one", start="08:00"), a_leg("two", start="08:40"))


def test_nothing_dearer_than_wanted_and_nobody_is_pushed(morning):
    problem, rota = morning
    starts = Starts(problem, rota)
    price, later = starts.price, check(moved(rota, {"two": 530}), problem).total
    assert later > price
    assert starts.move({"two": 530}, later - 1) is None
    assert starts.move({"one": 491}, NEVER) is None, "two would be pushed from 08:40 to 08:41"
    assert starts.price == price
    assert starts.move({"two": 530}, later) == later == starts.price
    assert starts.move({"one": 491}, NEVER) is not None


def test_a_rota_that_breaks_a_rule_is_refused_with_the_visit(morning):
    problem, _ = morning
    broken = a_rota(a_leg("one", start="08:00"), a_leg("two", start="08:20"))
    with pytest.raises(DomainError, match=r"break some: (one|two)\. Plan on from it"):
        Starts(problem, broken)
