"""Two visits of an hour with ninety minutes between them, eleven minutes apart and ten from home."""

from __future__ import annotations

import pytest

from scheduler.rules.weekly_hours import WeeklyHours
from scheduler.units import HOUR
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, found, some_settings, told

CLIENTS = [a_client("mary", 10), a_client("nan", 10, 11)]
VISITS = [
    a_visit("wash", "08:00", "mary", 60),
    a_visit("lunch", "10:30", "nan", 60),
    a_visit("next week", 7 * 1440 + 600, "mary", 60),
]
LEGS = [a_leg("wash", start="08:00", minutes=60), a_leg("lunch", start="10:30", minutes=60)]
WORK = 60 + 60 + 11 + 60 + 10 + 21
"""Contact twice, the way, 79 minutes of waiting counted as 60, from home to Mary, from Nan home: 222."""


def problem(carer, days=14, **settings):
    return a_problem(VISITS, [carer], CLIENTS, days=days, settings=some_settings(**settings))


def amounts(carer, *legs, **settings):
    rota = a_rota(*(legs or LEGS), days=14)
    return [finding.amount for finding in found(WeeklyHours(), rota, problem(carer, **settings))]


def test_kept_to_the_minute_and_broken_by_one():
    assert amounts(a_carer(most=WORK)) == []
    assert amounts(a_carer(most=WORK - 1)) == [1]


def test_the_sentence_says_whose_limit_it_is():
    [finding] = found(WeeklyHours(), a_rota(*LEGS, days=14), problem(a_carer(most=180)))
    assert finding.sentence == (
        "Aled works 3 h 42 min in the week from 02/11/2026, journeys from and to home included: "
        "42 min more than the carer's own limit of 3 h."
    )
    assert (finding.day, finding.cure) == (0, "give 42 min of Aled's work to somebody else")


def test_waiting_counts_up_to_the_cap_of_each_gap():
    assert amounts(a_carer(most=WORK), waiting_cap=61) == [1]
    assert amounts(a_carer(most=WORK + 19), waiting_cap=1000) == []
    assert amounts(a_carer(most=WORK - 60), waiting_cap=0) == []


def test_the_legal_limit_holds_unless_the_carer_opted_out():
    assert amounts(a_carer(), weekly_limit=WORK) == []
    assert amounts(a_carer(), weekly_limit=WORK - 1) == [1]
    assert amounts(a_carer(opt_out=True), weekly_limit=WORK - 1) == []


def test_an_opt_out_does_not_lift_the_carers_own_limit():
    assert amounts(a_carer(opt_out=True, most=WORK - 2), weekly_limit=WORK - 1) == [2]


def test_the_smallest_limit_holds():
    assert amounts(a_carer(most=WORK - 1), weekly_limit=WORK - 5) == [5]
    assert amounts(a_carer(most=WORK - 5), weekly_limit=WORK - 1) == [5]


def test_the_limit_under_eighteen_cannot_be_opted_out_of():
    assert amounts(a_carer(young=True, opt_out=True), young_weekly_limit=WORK - 3) == [3]
    assert amounts(a_carer(opt_out=True), young_weekly_limit=WORK - 3) == []


def test_each_week_is_counted_by_itself():
    legs = [*LEGS, a_leg("next week", start=7 * 1440 + 600, minutes=60)]
    assert amounts(a_carer(most=WORK), *legs) == []
    assert amounts(a_carer(most=79), *legs) == [WORK - 79, 1]


@pytest.mark.parametrize(
    "carer, limit",
    [
        (a_carer(), 48 * HOUR),
        (a_carer(most=30 * HOUR), 30 * HOUR),
        (a_carer(young=True), 40 * HOUR),
        (a_carer(opt_out=True, most=60 * HOUR), 60 * HOUR),
    ],
)
def test_the_solver_is_told_the_smallest_limit_of_each_week(carer, limit):
    assert told(WeeklyHours(), problem(carer)) == [
        ("limit_work", 0, 0, limit, 60),
        ("limit_work", 0, 1, limit, 60),
    ]


def test_without_a_limit_the_solver_is_told_nothing():
    assert told(WeeklyHours(), problem(a_carer(opt_out=True))) == []
