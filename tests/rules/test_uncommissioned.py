"""Uncommissioned: planned minutes that nobody pays for."""

from __future__ import annotations

import pytest

from scheduler.domain import PayTerms
from scheduler.rules.uncommissioned import Uncommissioned
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit, found, told

STAFF = [a_carer("aled", pay=PayTerms(hourly=1200, weekend_extra=100)), a_carer("beth")]


@pytest.mark.parametrize("planned, minutes", [(29, []), (30, []), (31, [1]), (45, [15])])
def test_the_minutes_beyond_the_commissioned_ones(planned, minutes):
    problem = a_problem([a_visit()], STAFF)
    findings = found(Uncommissioned(), a_rota(a_leg(minutes=planned)), problem)
    assert [finding.amount for finding in findings] == minutes


@pytest.mark.parametrize("day, pounds", [("Mon", "£3.90"), ("Sat", "£4.23")])
def test_the_sentence_says_what_they_cost(day, pounds):
    """15 min at £15.60 an hour with on-costs; at the weekend at £16.90."""
    problem = a_problem([a_visit("one", f"{day} 08:00")], STAFF)
    (finding,) = found(Uncommissioned(), a_rota(a_leg("one", start=f"{day} 08:00", minutes=45)), problem)
    assert finding.sentence == (
        f"Aled stays 15 min longer with Mary than anybody commissioned, which costs {pounds} in pay."
    )
    assert finding.price == 0  # it is in the wages already


@pytest.mark.parametrize("together, minutes", [(0, [15, 15]), (10, [15, 35])])
def test_the_second_carer_of_a_double_up_is_commissioned_for_the_part_together(together, minutes):
    problem = a_problem([a_visit(carers=2, together=together)], STAFF)
    rota = a_rota(a_leg(carer="aled", minutes=45), a_leg(carer="beth", minutes=45, second=True))
    assert [finding.amount for finding in found(Uncommissioned(), rota, problem)] == minutes


def test_a_note_asks_nothing_of_the_solver():
    assert told(Uncommissioned(), a_problem([a_visit()], STAFF)) == []
