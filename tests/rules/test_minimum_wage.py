"""Minimum wage: the finding, its price and its sentence, and what the solver is told. The arithmetic is tested in
tests/test_pay.py, what the engine makes of it in tests/solve."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scheduler.domain import PayBasis, PayTerms
from scheduler.pay import pay_periods
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.minimum_wage import MinimumWage
from scheduler.settings import Rise
from scheduler.units import DAY
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, found, some_settings, told


def a_round(hourly: int, **carer: Any) -> tuple[Rota, Problem]:
    """Contact only: 60 min with clients, 10 min on the road, 5 min of waiting; the minimum wage is £12."""
    terms = PayTerms(PayBasis.CONTACT, hourly)
    problem = a_problem(
        [a_visit("one", "08:00"), a_visit("two", "08:45", client="nia")],
        [a_carer(pay=terms, **carer)],
        [a_client("mary"), a_client("nia", x=10)],
    )
    return a_rota(a_leg("one", start="08:00"), a_leg("two", start="08:45")), problem


def test_fifteen_pounds_for_75_minutes_are_just_the_minimum_wage_and_a_penny_less_is_not():
    assert found(MinimumWage(), *a_round(1500)) == []
    (finding,) = found(MinimumWage(), *a_round(1499))
    assert (finding.amount, finding.carer) == (1, "aled")


def test_each_penny_that_is_missing_weighs_ten():
    """At £14.99 an hour for 60 minutes a penny is missing, 60 sixtieths; at £14.58 42 pence."""
    assert [found(MinimumWage(), *a_round(rate))[0].price for rate in (1499, 1458)] == [600, 42 * 600]


def test_the_price_is_the_agencys_and_may_be_nothing():
    rota, problem = a_round(1499)
    free = problem.replace(settings=some_settings(prices={"minimum_wage.penny": 0}))
    (finding,) = found(MinimumWage(), rota, free)
    assert (finding.amount, finding.price) == (1, 0)
    assert told(MinimumWage(), free) == []


def test_the_sentence():
    (finding,) = found(MinimumWage(), *a_round(1200))
    assert finding.sentence == (
        "Aled earns £12.00 for 1 h 15 min of visits, travel and waiting in the week from 02/11/2026: "
        "£9.60 an hour, and £3.00 are missing to the minimum wage."
    )


def test_miles_that_nobody_pays_back_come_off_and_are_said():
    """6.2137 miles at 15p are 93p; £15 for 75 min was just enough without them."""
    rota, problem = a_round(1500)
    (finding,) = found(MinimumWage(), rota, problem.replace(settings=some_settings(mile_costs={"car": 15})))
    assert finding.amount == 94  # 93.2p, rounded up
    assert "earns £15.00, less £0.93 of miles that nobody pays back, for 1 h 15 min" in finding.sentence


def test_pay_is_averaged_over_the_pay_period():
    """One week of 60 min in 70 at £13 (£11.14 an hour), and one without travel: over both it averages £12.19."""
    terms = PayTerms(PayBasis.CONTACT, 1300)
    problem = a_problem(
        [
            a_visit("one", "08:00"),
            a_visit("two", "08:40", client="nia"),
            a_visit("three", 7 * DAY + 480, minutes=90),
        ],
        [a_carer(pay=terms)],
        [a_client("mary"), a_client("nia", x=10)],
        days=14,
    )
    rota = a_rota(
        a_leg("one", start="08:00"),
        a_leg("two", start="08:40"),
        a_leg("three", start=7 * DAY + 480, minutes=90),
        days=14,
    )
    (finding,) = found(MinimumWage(), rota, problem)
    assert (finding.day, finding.amount) == (0, 100)
    fortnight = problem.replace(settings=some_settings(pay_period_weeks=2))
    assert found(MinimumWage(), rota, fortnight) == []
    # the weeks end on 8 and 15 November: one month
    monthly = problem.replace(settings=some_settings(pay_monthly=True))
    assert found(MinimumWage(), rota, monthly) == []


def test_a_week_belongs_to_the_month_in_which_it_ends():
    """From 23 November the first of two weeks ends on the 29th, the second on 6 December."""
    rota, problem = a_round(1200)
    later = problem.replace(
        start=date(2026, 11, 23), days=21, settings=some_settings(pay_monthly=True), visits=problem.visits
    )
    assert pay_periods(later) == (range(0, 1), range(1, 3))
    (finding,) = found(MinimumWage(), Rota(later.start, 21, rota.legs), later)
    assert "in the week from 23/11/2026" in finding.sentence


@pytest.mark.parametrize("hourly, missing", [(1000, []), (999, [1])])
def test_a_young_carer_has_the_young_rate(hourly, missing):
    """£8 an hour for 75 min: £10."""
    findings = found(MinimumWage(), *a_round(hourly, young=True))
    assert [finding.amount for finding in findings] == missing


def test_waiting_above_the_cap_is_not_counted():
    """With a cap of 4 min, 74 min are due £14.80."""
    rota, problem = a_round(1480)
    assert len(found(MinimumWage(), rota, problem)) == 1
    assert found(MinimumWage(), rota, problem.replace(settings=some_settings(waiting_cap=4))) == []


def the_floor(problem: Problem) -> tuple[Any, ...]:
    (call,) = told(MinimumWage(), problem)
    return call


def test_what_the_solver_is_told():
    """£12 are due for each minute that counts, £13 are earned by a paid one, at least for the contracted 10 hours; a
    mile costs 15p that nobody pays back: ten kilometres 93.2p, 5,592 sixtieths of a penny."""
    _, problem = a_round(1300, contracted=600)
    problem = problem.replace(settings=some_settings(mile_costs={"car": 15}))
    verb, carer, weeks, due, earned, least, costs, cap, price = the_floor(problem)
    assert (verb, carer, weeks, due, earned, least) == ("pay_floor", 0, range(0, 1), 1200, 1300, [600])
    assert (cap, price, costs[0][1]) == (60, 10, 5592)


@pytest.mark.parametrize("hourly, due", [(1271, []), (1270, [1221, 1221, 1271])])
def test_the_solver_is_told_what_is_due_in_each_pay_period(hourly, due):
    """From 23 March 2026 three weeks, and £12.71 from 1 April on: who earns it lacks nothing in any of them."""
    rises = (Rise("minimum_wage", date(2026, 4, 1), 1271),)
    settings = some_settings(minimum_wage=1221, rises=rises)
    terms = PayTerms(PayBasis.SHIFT, hourly)
    problem = a_problem(
        [a_visit()], [a_carer(pay=terms)], start=date(2026, 3, 23), days=21, settings=settings
    )
    assert [call[3] for call in told(MinimumWage(), problem)] == due


@pytest.mark.parametrize(
    "basis, hourly, costs, watched",
    [
        (PayBasis.CONTACT, 1500, 0, True),  # travel is not paid
        (PayBasis.CONTACT_TRAVEL, 1200, 0, False),
        (PayBasis.CONTACT_TRAVEL, 1199, 0, True),  # a penny below the minimum
        (PayBasis.SHIFT, 1200, 0, False),
        (PayBasis.SHIFT, 1500, 1, True),  # a penny a mile comes off
    ],
)
def test_only_who_could_fall_short_is_watched(basis, hourly, costs, watched):
    problem = a_problem([a_visit()], [a_carer(pay=PayTerms(basis, hourly))])
    problem = problem.replace(settings=some_settings(mile_costs={"car": costs}))
    assert bool(told(MinimumWage(), problem)) == watched
