"""Preferred: who named carers is visited by one of them."""

from __future__ import annotations

from scheduler.domain import Relation, Tie
from scheduler.rules.preferred import Preferred
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit, found, told

STAFF = [a_carer("aled"), a_carer("beth"), a_carer("carys")]
ASKED = [a_visit("breakfast", "08:00", carers=2), a_visit("lunch", "12:00", client="nia")]
TIES = (
    Tie("mary", "aled", Relation.PREFER),
    Tie("mary", "beth", Relation.ONLY),
    Tie("nia", "aled", Relation.ONLY),
)


def test_a_preferred_carer_costs_nothing_and_an_only_carer_neither():
    problem = a_problem(ASKED, STAFF, ties=TIES)
    rota = a_rota(a_leg("breakfast", "aled"), a_leg("breakfast", "beth", second=True))
    assert found(Preferred(), rota, problem) == []


def test_each_other_carer_costs_at_each_visit():
    problem = a_problem(ASKED, STAFF, ties=TIES)
    rota = a_rota(a_leg("breakfast", "aled"), a_leg("breakfast", "carys", second=True))
    (finding,) = found(Preferred(), rota, problem)
    assert finding.pence == 120
    assert finding.sentence == "Carys is not one of the carers whom Mary prefers."


def test_a_client_who_prefers_nobody_has_no_price():
    """Nia's "only" is a hard rule and says nothing about a preference."""
    problem = a_problem(ASKED, STAFF, ties=TIES)
    assert found(Preferred(), a_rota(a_leg("lunch", "carys", "12:00")), problem) == []


def test_what_the_solver_is_told():
    problem = a_problem(ASKED, STAFF, ties=TIES)
    assert told(Preferred(), problem) == [("charge", [0], 2, 120 * 60)]
