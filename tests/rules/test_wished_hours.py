"""Wished hours: paid minutes above what the carer wishes for have a price."""

from __future__ import annotations

import pytest

from scheduler.rules.wished_hours import WishedHours
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit, found, told


@pytest.mark.parametrize("wished, pence", [(None, []), (31, []), (30, []), (29, [2]), (0, [60])])
def test_each_minute_above_the_wish_costs(wished, pence):
    problem = a_problem([a_visit()], [a_carer(wished=wished)])
    assert [finding.pence for finding in found(WishedHours(), a_rota(a_leg()), problem)] == pence


def test_the_sentence():
    problem = a_problem([a_visit(minutes=90)], [a_carer(wished=60)])
    (finding,) = found(WishedHours(), a_rota(a_leg(minutes=90)), problem)
    assert finding.sentence == "Aled is planned for 1 h 30 min, 30 min more than the 1 h wished for."


def test_a_part_of_a_week_has_a_part_of_the_wish():
    """Three days of 71 min a week are 30.43 min."""
    visit = a_visit(minutes=31)
    rota = a_rota(a_leg(minutes=31), days=3)
    problem = a_problem([visit], [a_carer(wished=71)], days=3)
    assert [finding.amount for finding in found(WishedHours(), rota, problem)] == [1]
    assert told(WishedHours(), problem) == [("charge_paid", 0, 0, 0, 0, 30, 120)]


def test_each_week_has_its_own_wish():
    problem = a_problem([a_visit("one", 480), a_visit("two", 7 * 1440 + 480)], [a_carer(wished=20)], days=14)
    rota = a_rota(a_leg("one", start=480), a_leg("two", start=7 * 1440 + 480), days=14)
    assert [(finding.day, finding.amount) for finding in found(WishedHours(), rota, problem)] == [
        (0, 10),
        (7, 10),
    ]


def test_a_carer_without_a_wish_is_not_mentioned_to_the_solver():
    assert told(WishedHours(), a_problem([], [a_carer(wished=None)])) == []
