"""Mary has never wanted Aled again; Nan takes only Bethan and Carys."""

from __future__ import annotations

import pytest

from scheduler.domain import Relation, Tie
from scheduler.rules.relations import Relations
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit, found, told

CARERS = [a_carer("aled"), a_carer("bethan"), a_carer("carys")]
NEVER = Tie("mary", "aled", Relation.NEVER, "They quarrelled.")
ONLY = (
    Tie("nan", "bethan", Relation.ONLY, "knows her signs"),
    Tie("nan", "carys", Relation.ONLY, "knows her signs"),
)
VISITS = [a_visit("breakfast", client="mary"), a_visit("lunch", "12:00", client="nan")]
PROBLEM = a_problem(VISITS, CARERS, ties=(NEVER, *ONLY))


@pytest.mark.parametrize("visit, carer", [("breakfast", "bethan"), ("lunch", "bethan"), ("lunch", "carys")])
def test_kept(visit, carer):
    assert found(Relations(), a_rota(a_leg(visit, carer)), PROBLEM) == []


def test_never_is_broken_by_one_visit():
    [finding] = found(Relations(), a_rota(a_leg("breakfast", "aled")), PROBLEM)
    assert finding.sentence == "Aled must never be sent to Mary: They quarrelled."
    assert (finding.amount, finding.visit, finding.client, finding.carer) == (1, "breakfast", "mary", "aled")


def test_only_forbids_everybody_else():
    [finding] = found(Relations(), a_rota(a_leg("lunch", "aled")), PROBLEM)
    assert finding.sentence == "Only Bethan and Carys may be sent to Nan, not Aled: knows her signs."


def test_a_never_beats_an_only_whichever_was_written_last():
    """Intake refuses two relations of one pair; a problem made by hand may still hold both."""
    both = (Tie("nan", "aled", Relation.NEVER, "theft"), Tie("nan", "aled", Relation.ONLY))
    for ties in (both, both[::-1]):
        problem = a_problem(VISITS, CARERS, ties=ties)
        assert len(found(Relations(), a_rota(a_leg("lunch", "aled")), problem)) == 1
        assert ("forbid", [1], 0) in told(Relations(), problem)


def test_prefer_forbids_nobody():
    problem = a_problem(VISITS, CARERS, ties=[Tie("mary", "aled", Relation.PREFER)])
    assert found(Relations(), a_rota(a_leg("breakfast", "bethan")), problem) == []
    assert told(Relations(), problem) == []


def test_the_solver_is_told_the_same_pairs():
    assert told(Relations(), PROBLEM) == [("forbid", [0], 0), ("forbid", [1], 0)]
