"""The hoist needs somebody who is trained for it."""

from __future__ import annotations

from scheduler.rules.skills import Skills
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit, found, told

CARERS = [a_carer("aled", skills=frozenset({"hoist", "peg"})), a_carer("bethan", skills=frozenset({"peg"}))]
VISITS = [
    a_visit("up", skills=frozenset({"hoist"})),
    a_visit("lunch", "12:00"),
    a_visit("bed", "20:00", skills=frozenset({"hoist"})),
]
PROBLEM = a_problem(VISITS, CARERS)


def test_kept_by_more_skills_than_asked():
    assert found(Skills(), a_rota(a_leg("up", "aled"), a_leg("lunch", "bethan")), PROBLEM) == []


def test_broken_by_one_missing_skill():
    [finding] = found(Skills(), a_rota(a_leg("up", "bethan")), PROBLEM)
    assert finding.sentence == "Bethan does not have the skill hoist that this visit needs."
    assert (finding.amount, finding.cure) == (1, "train Bethan in hoist")


def test_each_missing_skill_counts():
    problem = a_problem([a_visit("up", skills=frozenset({"hoist", "insulin", "peg"}))], CARERS)
    [finding] = found(Skills(), a_rota(a_leg("up", "bethan")), problem)
    assert finding.amount == 2


def test_the_solver_is_told_once_for_all_visits_that_ask_the_same():
    assert told(Skills(), PROBLEM) == [("forbid", [0, 2], 1)]
