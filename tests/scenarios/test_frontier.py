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
    (step,) = steps(a_curve({"contact_minutes": 60.0, "price_pence": 2000.0, "planned_visits": 4.0}), [30])
    assert (step.price, step.break_even, step.added_hour) == (50.0, 25.0, 30.0)
    assert step.same_money == 2.5
    assert step.unallocated_hours == 0.5


def test_minutes_that_nobody_ordered_do_not_cover_the_cost():
    """Of two hours one is ordered: it has to bring in GBP 50."""
    (step,) = steps(a_curve({"contact_minutes": 60.0, "price_pence": 2000.0}, ordered_minutes=60.0), [30])
    assert step.break_even == 50.0


@pytest.mark.parametrize(
    "base",
    [
        {"contact_minutes": 60.0, "price_pence": (2000.0, 2000.0, 6000.0)},  # the seeds do not agree
        {
            "contact_minutes": 60.0,
            "price_pence": 6000.0,
        },  # more care for less money: nobody is paid to take it
        {
            "contact_minutes": 110.0,
            "price_pence": 2000.0,
        },  # ten minutes more, by which nothing can be divided
    ],
)
def test_an_added_hour_has_a_price_only_where_the_week_is_clearly_dearer(base):
    (step,) = steps(a_curve(base), [30])
    assert step.added_hour is None


def a_curve(base, **changes):
    """Three seeds of today and of a floor of 30 minutes with its cuts; a tuple gives each seed its own amount."""
    known = count(a_rota(a_leg()), a_problem([a_visit()]))
    outcomes = []
    for i, seed in enumerate((1, 2, 3)):
        of = {key: float(value[i] if isinstance(value, tuple) else value) for key, value in base.items()}
        outcomes += [an_outcome(known, seed=seed, **of), *_floors(known, seed, changes)]
    return results(outcomes)


def _floors(known, seed, changes):
    for cut, price, visits in ((0, 5000.0, 4.0), (10, 3000.0, 3.0), (20, 1000.0, 2.0)):
        changed = {
            "contact_minutes": 120.0,
            "ordered_minutes": 120.0,
            "price_pence": price,
            "planned_visits": visits,
            "unallocated_minutes": 30.0,
            **changes,
        }
        yield an_outcome(known, name(30, cut), seed=seed, **changed)
