"""Work that is not paid: what the law counts, the terms leave out, and the planner must not take for free."""

from __future__ import annotations

import pytest

from scheduler.domain import PayBasis, PayTerms
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Level
from scheduler.rules.unpaid_time import UnpaidTime
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, found, some_settings, told


def a_round(basis: PayBasis = PayBasis.CONTACT, second: str = "08:45", cap: int = 60) -> tuple[Rota, Problem]:
    """Two visits of 30 min with 10 min on the road and 5 min of waiting between."""
    problem = a_problem(
        [a_visit("one", "08:00"), a_visit("two", second, client="nia")],
        [a_carer(pay=PayTerms(basis, 1400))],
        [a_client("mary"), a_client("nia", x=10)],
        days=1,
        settings=some_settings(waiting_cap=cap),
    )
    return a_rota(a_leg("one", start="08:00"), a_leg("two", start=second), days=1), problem


def test_ten_minutes_of_travel_and_five_of_waiting_at_30p():
    (finding,) = found(UnpaidTime(), *a_round())
    assert (finding.level, finding.amount, finding.pence) == (Level.SOFT, 15, 450)
    assert finding.sentence == "Aled on Monday: 10 min of travel and 5 min of waiting are work and not paid."


@pytest.mark.parametrize("second, minutes", [("09:40", 70), ("09:41", 70), ("09:39", 69)])
def test_waiting_counts_up_to_the_cap(second, minutes):
    """The road takes 10 min; a wait of 59, 60 or 61 min counts 59, 60 and 60."""
    (finding,) = found(UnpaidTime(), *a_round(second=second))
    assert finding.amount == minutes


@pytest.mark.parametrize("basis", [PayBasis.CONTACT_TRAVEL, PayBasis.SHIFT])
def test_terms_that_pay_for_travel_leave_nothing_out(basis):
    rota, problem = a_round(basis)
    assert found(UnpaidTime(), rota, problem) == []
    assert told(UnpaidTime(), problem) == []


def test_a_round_without_a_gap_has_nothing_unpaid():
    rota, problem = a_round()
    assert found(UnpaidTime(), rota.without(["two"]), problem) == []


def test_what_the_solver_is_told():
    assert told(UnpaidTime(), a_round(cap=45)[1]) == [("pay", 0, 0, 0, 1800, 1800, 45)]
