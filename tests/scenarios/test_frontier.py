"""The frontier: floors, the same money, the rate that covers the cost."""

from __future__ import annotations

import pytest

from scenarios.frontier import frontier_scenarios, name, same_money, steps
from scenarios.results.compare import results
from scenarios.results.counts import count
from scheduler.errors import DomainError
from tests.builders import a_leg, a_problem, a_rota, a_visit
from tests.scenarios.test_compare import an_outcome


def test_each_floor_is_planned_whole_and_with_less():
    assert [one.name for one in frontier_scenarios([30])] == [
        "floor-30",
        "floor-30-less-10",
        "floor-30-less-20",
    ]
    assert [len(one.changes) for one in frontier_scenarios([30])] == [1, 2, 2]


@pytest.mark.parametrize("floors", [[5], [130], [30, 30]])
def test_floors_out_of_bounds_and_twice_are_refused(floors):
    with pytest.raises(DomainError, match="use different ones"):
        frontier_scenarios(floors)


@pytest.mark.parametrize(
    "budget, visits",
    [
        (120.0, 100),  # the floor costs no more
        (110.0, 100),
        (105.0, 95),  # half way to the first cut
        (95.0, 85),
        (90.0, 80),
        (89.0, None),  # even a fifth less costs more
    ],
)
def test_the_same_money_on_straight_lines_between_the_cuts(budget, visits):
    assert same_money(budget, [(110.0, 100), (100.0, 90), (90.0, 80)]) == visits


def test_the_curve():
    """Today an hour at GBP 20; at least 30 minutes makes it two hours at GBP 25."""
    known = count(a_rota(a_leg()), a_problem([a_visit()]))
    outcomes = [an_outcome(known, contact_minutes=60.0, price_pence=2000.0, planned_visits=4.0)]
    for cut, price, visits in ((0, 5000.0, 4.0), (10, 3000.0, 3.0), (20, 1000.0, 2.0)):
        changed = {
            "contact_minutes": 120.0,
            "price_pence": price,
            "planned_visits": visits,
            "unallocated_minutes": 30.0,
        }
        outcomes.append(an_outcome(known, name(30, cut), **changed))
    (step,) = steps(results(outcomes), [30])
    assert (step.price, step.break_even, step.added_hour) == (50.0, 25.0, 30.0)
    assert step.same_money == 2.5
    assert step.unallocated_hours == 0.5
