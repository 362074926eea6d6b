"""Unallocated: a visit without a carer costs by its priority."""

from __future__ import annotations

import pytest

from scheduler.rules.unallocated import Unallocated
from tests.builders import a_leg, a_problem, a_rota, a_visit, found, some_settings, told


def test_a_planned_visit_costs_nothing():
    problem = a_problem([a_visit()])
    assert found(Unallocated(), a_rota(a_leg()), problem) == []


def test_a_visit_without_a_carer_says_whose_it_is():
    problem = a_problem([a_visit("lunch", "12:00")])
    (finding,) = found(Unallocated(), a_rota(), problem)
    assert finding.sentence == "Nobody is planned for this visit to Mary."
    assert (finding.visit, finding.client, finding.day, finding.amount) == ("lunch", "mary", 0, 1)


@pytest.mark.parametrize(
    "priority, pence", [(1, 200_000), (2, 100_000), (3, 60_000), (4, 40_000), (5, 30_000)]
)
def test_the_price_goes_by_priority(priority, pence):
    problem = a_problem([a_visit(priority=priority)])
    assert [finding.pence for finding in found(Unallocated(), a_rota(), problem)] == [pence]
    assert told(Unallocated(), problem) == [("charge_unallocated", 0, pence * 60)]


def test_a_double_up_with_one_carer_is_not_unallocated():
    """It is a broken double-up, which another rule says."""
    problem = a_problem([a_visit(carers=2)])
    assert found(Unallocated(), a_rota(a_leg()), problem) == []


def test_the_agency_can_change_the_price():
    problem = a_problem([a_visit()], settings=some_settings(prices={"unallocated.priority_3": 7}))
    assert [finding.price for finding in found(Unallocated(), a_rota(), problem)] == [7 * 60]


def test_a_double_up_is_not_the_first_to_go():
    """At one time a double-up of priority 3, or two visits of priority 4: 2 x 600 against 2 x 400 pounds."""
    double = a_visit("double", "08:30", "mary", carers=2, priority=3)
    singles = [a_visit(id, "08:30", id, priority=4) for id in ("nan", "olwen")]
    problem = a_problem([double, *singles])

    def price(*left: str) -> int:
        planned = [
            a_leg(visit.id, "aled", visit.preferred) for visit in problem.visits if visit.id not in left
        ]
        return sum(finding.pence for finding in found(Unallocated(), a_rota(*planned), problem))

    assert price("double") == 120_000
    assert price("nan", "olwen") == 80_000
