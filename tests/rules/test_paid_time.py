"""Wages: what a minute costs, and which minutes are paid."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain import PayBasis, PayTerms
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.paid_time import PaidTime
from scheduler.units import DAY
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_problem,
    a_rota,
    a_visit,
    found,
    minute,
    some_settings,
    told,
)


def a_round(start: str = "08:00", wait: int = 5, **terms: Any) -> tuple[Rota, Problem]:
    """Aled, £12 an hour: 30 min at Mary's, 10 min on the road, `wait` min of waiting, 30 min at Nia's."""
    first = minute(start)
    second = first + 30 + 10 + wait
    problem = a_problem(
        [a_visit("one", first), a_visit("two", second, client="nia")],
        [a_carer(pay=PayTerms(**{"hourly": 1200, **terms}))],
        [a_client("mary"), a_client("nia", x=10)],
    )
    return a_rota(a_leg("one", start=first), a_leg("two", start=second)), problem


@pytest.mark.parametrize(
    "basis, wait, minutes",
    [
        (PayBasis.CONTACT, 5, 60),
        (PayBasis.CONTACT, 61, 60),
        (PayBasis.CONTACT_TRAVEL, 5, 75),
        (PayBasis.CONTACT_TRAVEL, 60, 130),
        (PayBasis.CONTACT_TRAVEL, 61, 130),  # one minute more than the cap is not paid
        (PayBasis.SHIFT, 5, 75),
        (PayBasis.SHIFT, 61, 131),
    ],
)
def test_the_paid_minutes_by_basis(basis, wait, minutes):
    (finding,) = found(PaidTime(), *a_round(wait=wait, basis=basis))
    assert finding.amount == minutes
    assert finding.price == minutes * 1560  # £12 x 130 %: £15.60 an hour is 1560 sixtieths a minute


@pytest.mark.parametrize(
    "when, rate",
    [
        ("Fri 08:00", 1560),
        ("Sat 08:00", 1690),
        ("Sun 08:00", 1690),
    ],
)
def test_the_weekend_extra_is_paid_at_weekends(when, rate):
    (finding,) = found(PaidTime(), *a_round(when, weekend_extra=100))
    assert finding.price == 75 * rate


def test_the_weekend_extra_is_paid_on_the_bank_holidays_of_the_agencys_nation():
    """Monday 30 November 2026, St Andrew's Day, is one in Scotland and not in England."""
    rota, problem = a_round("Mon 08:00", weekend_extra=100)
    english = problem.replace(start=problem.start.replace(day=30))
    scottish = english.replace(settings=some_settings(nation="scotland"))
    assert [finding.price for finding in found(PaidTime(), rota, english)] == [75 * 1560]
    assert [finding.price for finding in found(PaidTime(), rota, scottish)] == [75 * 1690]


def test_the_rate_is_rounded_to_the_whole_penny_and_is_the_agencys_where_the_carer_has_none():
    """1271 x 133 % = 1690.43 and 1235 x 130 % = 1605.5 pence."""
    rota, problem = a_round(hourly=0)
    by_settings = problem.replace(settings=some_settings(hourly=1271, on_cost_percent=133))
    assert [finding.price for finding in found(PaidTime(), rota, by_settings)] == [75 * 1690]
    assert [finding.price for finding in found(PaidTime(), *a_round(hourly=1235))] == [75 * 1606]


def test_each_round_has_its_own_finding_which_says_what_is_paid():
    (finding,) = found(PaidTime(), *a_round("Tue 08:00", wait=90))
    assert finding.sentence == (
        "Aled on Tuesday: paid 1 h with clients, 10 min of travel, 1 h of waiting; unpaid 30 min of waiting."
    )
    (finding,) = found(PaidTime(), *a_round(wait=5))
    assert finding.sentence == "Aled on Monday: paid 1 h with clients, 10 min of travel, 5 min of waiting."
    (finding,) = found(PaidTime(), *a_round(basis=PayBasis.CONTACT))
    assert finding.sentence == (
        "Aled on Monday: paid 1 h with clients; unpaid 10 min of travel, 5 min of waiting."
    )


@pytest.mark.parametrize(
    "basis, counts, rates",
    [
        (PayBasis.CONTACT, (True, False, False), (1560, 0, 0, 0)),
        (PayBasis.CONTACT_TRAVEL, (True, True, True), (1560, 1560, 1560, 60)),
        (PayBasis.SHIFT, (True, True, True), (1560, 1560, 1560, DAY)),
    ],
)
def test_what_the_solver_is_told(basis, counts, rates):
    _, problem = a_round(basis=basis, weekend_extra=100)
    calls = told(PaidTime(), problem)
    assert calls[0] == ("paid", 0, *counts)
    assert calls[1] == ("pay", 0, 0, *rates)
    assert calls[6] == ("pay", 0, 5, *(1690 if rate == 1560 else rate for rate in rates))
    assert len(calls) == 8
