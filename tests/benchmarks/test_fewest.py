"""The fewest carers whom one client needs: by hand."""

from __future__ import annotations

import pytest

from benchmarks.fewest import fewest_carers
from tests.builders import a_carer, a_client, a_problem, a_shift, a_visit

ALED, BETH, CARYS = a_carer("aled"), a_carer("beth"), a_carer("carys")


def fewest(visits, shifts):
    return fewest_carers(a_problem(visits, [ALED, BETH, CARYS], shifts=shifts))


@pytest.mark.parametrize("ends, carers", [("09:00", 1), ("08:59", 2)])
def test_a_second_carer_is_needed_from_the_minute_at_which_the_first_cannot_stay(ends, carers):
    """Breakfast takes 30 minutes and starts at 08:30 at the earliest; Beth is there for both, if Aled is not."""
    visits = [a_visit("breakfast", "08:30", slack=0), a_visit("lunch", "12:00")]
    shifts = [
        a_shift("aled", "08:00", ends),
        a_shift("aled", "11:00", "14:00"),
        a_shift("beth", "08:00", "10:00"),
    ]
    assert fewest(visits, shifts) == {"mary": carers}


def test_a_double_up_needs_two_and_they_may_be_others_each_time():
    """Three carers for two double-ups: Aled at both, Beth only at the first, Carys only at the second."""
    visits = [a_visit("breakfast", carers=2), a_visit("lunch", "12:00", carers=2)]
    shifts = [
        a_shift("aled", "07:00", "14:00"),
        a_shift("beth", "07:00", "10:00"),
        a_shift("carys", "11:00", "14:00"),
    ]
    assert fewest(visits, shifts) == {"mary": 3}
    assert fewest(visits, [*shifts[:2], a_shift("beth", "11:00", "14:00")]) == {"mary": 2}


def test_a_visit_that_nobody_can_make_asks_for_nobody_and_a_client_without_visits_is_left_out():
    problem = a_problem(
        [a_visit("night", "23:00", slack=0)],
        [ALED],
        [a_client("mary"), a_client("nia")],
        shifts=[a_shift("aled", "08:00", "14:00")],
    )
    assert fewest_carers(problem) == {"mary": 0}
