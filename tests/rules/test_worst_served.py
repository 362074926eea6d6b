"""The worst-served person: each further carer above two and one for each visit a day costs more than the one before."""

from __future__ import annotations

import pytest

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.worst_served import WorstServed
from scheduler.units import DAY
from tests.builders import a_carer, a_client, a_leg, a_past_visit, a_problem, a_rota, a_visit, found, told

STAFF = ("aled", "beth", "carys", "dai", "elin", "ffion", "gwen")


def a_week(*who: str, recent: str = "") -> tuple[Rota, Problem]:
    """Mary has a visit a day, so that three carers are enough; these carers come, one a day."""
    visits = [a_visit(f"day{day}", day * DAY + 540) for day in range(7)]
    past = tuple(a_past_visit("mary", carer) for carer in recent.split())
    problem = a_problem(visits, [a_carer(id) for id in STAFF], history=past)
    return a_rota(*(a_leg(v.id, id, v.preferred) for v, id in zip(visits, who, strict=False))), problem


@pytest.mark.parametrize(
    "carers, pence", [(0, []), (3, []), (4, [1000]), (5, [1000 + 2000]), (6, [1000 + 2000 + 3000])]
)
def test_each_further_carer_costs_more_worked_by_hand(carers, pence):
    assert [finding.pence for finding in found(WorstServed(), *a_week(*STAFF[:carers]))] == pence


def test_the_sentence_names_the_number():
    (finding,) = found(WorstServed(), *a_week(*STAFF[:5]))
    assert finding.sentence == (
        "Mary sees 5 different carers in this rota, where 3 are enough for the visits of a day: "
        "each further one weighs more than the one before."
    )
    assert (finding.amount, finding.client) == (2, "mary")


def test_whoever_came_before_counts_only_if_they_come_now():
    """Five came last week, which no plan can change; of them one comes now, or all five."""
    recent = "beth carys dai elin ffion"
    assert found(WorstServed(), *a_week("beth", recent=recent)) == []
    assert found(WorstServed(), *a_week("aled", recent=recent)) == []
    assert [finding.pence for finding in found(WorstServed(), *a_week(*recent.split(), recent=recent))] == [
        1000 + 2000
    ]


def test_what_the_solver_is_told():
    _, problem = a_week(recent="aled left")
    steps = [0, 0, 0, 0, 1000, 3000, 6000, 10000]
    assert told(WorstServed(), problem) == [
        ("charge_distinct_carers", 0, [60 * pence for pence in steps], [False] * 7)
    ]


def test_a_client_without_visits_is_not_mentioned_to_the_solver():
    assert told(WorstServed(), a_problem([], clients=[a_client()])) == []


def test_who_needs_two_at_once_has_no_more_carers_free():
    """The promise of `continuity` is five for Mary with two carers at each visit; the same two could come each day."""
    visits = [a_visit(f"day{day}", day * DAY + 540, carers=2) for day in range(7)]
    problem = a_problem(visits, [a_carer(id) for id in STAFF])
    pairs = [("aled", "beth"), ("carys", "dai")]
    rota = a_rota(
        *(a_leg(v.id, id, v.preferred) for v, pair in zip(visits, pairs, strict=False) for id in pair)
    )
    assert [finding.pence for finding in found(WorstServed(), rota, problem)] == [1000]


def test_what_cannot_be_avoided_is_shared():
    """Two carers too many for each of two people cost less than four for one of them and none for the other."""
    four, two = found(WorstServed(), *a_week(*STAFF)), found(WorstServed(), *a_week(*STAFF[:5]))
    assert sum(finding.price for finding in four) > 2 * sum(finding.price for finding in two) > 0
