"""Continuity: few carers and few new faces, over this rota and the days before it."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import promised_carers
from scheduler.rules.continuity import Continuity
from scheduler.units import DAY
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_past_visit,
    a_problem,
    a_rota,
    a_visit,
    found,
    some_settings,
    told,
)

STAFF = [a_carer(name) for name in ("aled", "beth", "carys", "dai", "elin", "ffion")]


def a_week(*carers: str, visits: int = 7, recent: str = "", **client: Any) -> tuple[Rota, Problem]:
    """Mary has so many visits in the week; the first are made by these carers, the others by the last of them
    (or by nobody). `recent` names who came on the day before the period."""
    asked = [a_visit(f"v{i}", i % 7 * DAY + 480 + i // 7 * 120) for i in range(visits)]
    problem = a_problem(
        asked,
        STAFF,
        [a_client("mary", **client)],
        history=tuple(a_past_visit("mary", name) for name in recent.split()),
    )
    who = [*carers, *carers[-1:] * visits]
    return a_rota(*(a_leg(v.id, name, v.preferred) for v, name in zip(asked, who, strict=False))), problem


def prices(rota: Rota, problem: Problem) -> list[int]:
    return [finding.pence for finding in found(Continuity(), rota, problem)]


def test_one_known_carer_for_every_visit_costs_the_least():
    rota, problem = a_week("aled", recent="aled")
    (finding,) = found(Continuity(), rota, problem)
    assert finding.pence == 150
    assert finding.sentence == "Aled, who has been before, is among the carers of Mary."


def test_of_a_longer_period_the_sentence_names_all_its_days():
    visits = [a_visit(f"v{day}", day * DAY + 480) for day in range(28)]
    problem = a_problem(visits, STAFF, [a_client("mary", max_carers=1)], days=28)
    legs = [a_leg(v.id, ("aled", "beth")[v.day % 2], v.preferred) for v in visits]
    sentences = [one.sentence for one in found(Continuity(), a_rota(*legs, days=28), problem)]
    assert any("sees 2 different carers within 28 days" in sentence for sentence in sentences)


def test_a_new_face_costs_once_however_often_it_comes():
    rota, problem = a_week("aled", "beth", recent="aled")
    assert prices(rota, problem) == [150, 1500]
    assert found(Continuity(), rota, problem)[1].sentence == "Beth is a new face for Mary."


def test_nobody_planned_costs_nothing_even_where_too_many_came_before():
    rota, problem = a_week(recent="aled beth carys dai elin", max_carers=1)
    assert prices(rota, problem) == []


def test_three_carers_keep_the_promise_for_a_visit_a_day_and_a_fourth_breaks_it():
    """One visit a day: 2 + 1 = 3 carers are promised."""
    assert prices(*a_week("aled", "beth", "carys")) == [1500] * 3
    assert prices(*a_week("aled", "beth", "carys", "dai")) == [1500] * 4 + [1000]


def test_recent_carers_count_whether_they_come_or_not():
    """Beth, Carys and Dai came last week; Aled makes four where three are promised."""
    rota, problem = a_week("aled", recent="beth carys dai")
    assert prices(rota, problem) == [1500, 1000]
    assert found(Continuity(), rota, problem)[1].sentence == (
        "Mary sees 4 different carers within 14 days, where we promise at most 3: "
        "this rota adds Aled to the 3 of before."
    )


def test_only_what_this_rota_adds_is_priced():
    """Five came last week, two above the promise: that is past. Aled is the one that is added."""
    assert prices(*a_week("beth", recent="beth carys dai elin ffion")) == [150]
    assert prices(*a_week("aled", recent="beth carys dai elin ffion")) == [1500, 1000]


def test_recent_carers_who_have_left_count_too():
    rota, problem = a_week("aled", recent="left gone away")
    assert prices(rota, problem) == [1500, 1000]
    assert told(Continuity(), problem)[1] == (
        "charge_distinct_carers",
        0,
        [0, 60_000, 120_000, 180_000, 240_000, 300_000, 360_000],
        [False] * 6,
    )


def test_a_carer_above_the_persons_own_limit_costs_that_instead():
    """Limit 2, promise 3: of four carers the third and the fourth are above the limit."""
    assert prices(*a_week("aled", "beth", max_carers=2)) == [1500] * 2
    assert prices(*a_week("aled", "beth", "carys", max_carers=2)) == [1500] * 3 + [5000]
    assert prices(*a_week("aled", "beth", "carys", "dai", max_carers=2)) == [1500] * 4 + [10_000]


def test_above_the_promise_but_within_the_persons_own_limit_costs_as_above_the_promise():
    assert prices(*a_week("aled", "beth", "carys", "dai", max_carers=4)) == [1500] * 4 + [1000]
    five = a_week("aled", "beth", "carys", "dai", "elin", max_carers=4)
    assert prices(*five) == [1500] * 5 + [1000, 5000]


def test_what_the_solver_is_told():
    _, problem = a_week("aled", recent="aled beth", max_carers=4)
    assert told(Continuity(), problem) == [
        ("charge_pairs", 0, [9000, 9000, 90_000, 90_000, 90_000, 90_000]),
        (
            "charge_distinct_carers",
            0,
            [0, 0, 0, 0, 60_000, 360_000, 660_000],
            [True, True, False, False, False, False],
        ),
    ]


def test_a_client_without_visits_is_not_mentioned_to_the_solver():
    assert told(Continuity(), a_problem([], clients=[a_client()])) == []


@pytest.mark.parametrize("visits, promise", [(1, 3), (7, 3), (8, 4), (14, 4), (15, 5), (28, 6), (29, 7)])
def test_the_promise_is_two_and_one_for_each_visit_a_day(visits, promise):
    _, problem = a_week("aled", visits=visits)
    assert promised_carers(problem.clients[0], problem) == promise


@pytest.mark.parametrize("double, promise", [(0, 3), (3, 3), (4, 5), (7, 5)])
def test_mostly_double_handed_clients_are_promised_half_as_many_again(double, promise):
    """3 carers for a visit a day, 4.5 rounded up where more than half of the seven visits are double-handed."""
    visits = [a_visit(f"v{i}", i * DAY + 480, carers=2 if i < double else 1) for i in range(7)]
    problem = a_problem(visits, STAFF)
    assert promised_carers(problem.clients[0], problem) == promise


def test_half_double_handed_is_not_mostly():
    visits = [a_visit("single", "08:00"), a_visit("double", "12:00", carers=2)]
    problem = a_problem(visits, STAFF)
    assert promised_carers(problem.clients[0], problem) == 3


def test_the_promise_does_not_depend_on_how_long_the_period_is():
    short = a_problem([a_visit(f"v{i}", i * DAY + 480) for i in range(3)], STAFF, days=3)
    assert promised_carers(short.clients[0], short) == 3


def test_a_visit_before_the_rolling_window_is_forgotten_but_the_face_is_known():
    """Of a window of 14 days that ends with the week, 7 days lie before it: day -8 is outside."""
    problem = a_problem(
        [a_visit()],
        STAFF,
        [a_client("mary", max_carers=1)],
        history=(a_past_visit("mary", "beth", -8 * DAY + 480),),
    )
    assert prices(a_rota(a_leg()), problem) == [1500]
    assert prices(a_rota(a_leg(carer="beth")), problem) == [150]
    nearer = problem.replace(history=(a_past_visit("mary", "beth", -7 * DAY + 480),))
    assert prices(a_rota(a_leg()), nearer) == [1500, 5000]
    assert prices(a_rota(a_leg()), nearer.replace(settings=some_settings(rolling_days=13))) == [1500]
