"""The verbs of time that published instances add, in the exact model: late, moved, with a mate."""

from __future__ import annotations

import pytest

from scheduler.solve.exact import solve_exactly
from tests.builders import a_leg, a_rota
from tests.solve.line_day import EIGHT, LEFT_OUT, NINE, a_day, a_model, best, price, starts

TWO_SPANS = [(EIGHT, EIGHT + 30), (NINE + 60, NINE + 90)]
"""From 08:00 to 08:30, and from 10:00 to 10:30."""


@pytest.mark.parametrize(
    "start, late",
    [("07:59", None), ("08:00", 0), ("08:30", 0), ("08:31", 1), ("09:59", 89), ("10:30", 0), ("10:42", 12)],
)
def test_late_is_what_is_past_the_last_span_that_has_begun(start, late):
    model = a_model(a_day("mary"))
    model.start_within(0, TWO_SPANS, per_late=7)
    assert price(model, ("mary", start)) == (None if late is None else 7 * late)


@pytest.mark.parametrize(
    "start, allowed", [("07:59", False), ("08:30", True), ("08:31", False), ("10:00", True)]
)
def test_without_a_price_no_minute_late_is_allowed(start, allowed):
    model = a_model(a_day("mary"))
    model.start_within(0, TWO_SPANS, per_late=None)
    assert price(model, ("mary", start)) == (0 if allowed else None)


def test_a_carer_goes_first_to_whom_lateness_costs_most():
    """Both at 08:00: whoever is second is reached at 08:50. Being late at Nan's costs 3 a minute, at Mary's 2."""
    model = a_model(a_day("mary", "nan"))
    for v, per_late in ((0, 2), (1, 3)):
        model.start_within(v, [(EIGHT, EIGHT)], per_late)
    answer = best(model)
    assert (starts(answer), answer.price) == ({"nan": EIGHT, "mary": EIGHT + 50}, 100)


def test_the_worst_lateness_of_all_is_charged_once():
    """Mary's visit is 20 minutes late and Nan's 90: 90 minutes at 5, and no price for each."""
    model = a_model(a_day("mary", "nan"))
    for v in (0, 1):
        model.start_within(v, [(EIGHT, EIGHT)], per_late=0)
    model.charge_worst_late(5)
    assert price(model, ("mary", "08:20"), ("nan", "09:30")) == 450
    assert price(model, ("mary", "08:20")) == 100 + LEFT_OUT


def test_a_visit_that_stays_late_sets_the_worst_lateness_of_a_neighbourhood():
    """Bethan is 60 minutes late at Nan's and that stays: Mary's visit may be as late at no price."""
    model = a_model(a_day("mary", "nan", carers=2))
    for v in (0, 1):
        model.start_within(v, [(EIGHT, EIGHT)], per_late=0)
    model.charge_worst_late(5)
    model.start_between(0, EIGHT + 55, EIGHT + 70)
    kept = a_rota(a_leg("nan", "bethan", "09:00"), days=1)
    [aled] = [spell for spell in model.shifts if spell[0] == 0]
    answer = solve_exactly(model, kept, [aled], ["mary"])
    assert answer.price == 300
    assert starts(answer)["mary"] <= NINE


@pytest.mark.parametrize(
    "start, moved", [("07:44", True), ("07:45", False), ("08:00", False), ("08:15", False), ("08:16", True)]
)
def test_a_visit_may_move_within_the_tolerance(start, moved):
    model = a_model(a_day("mary"))
    model.charge_moved(0, EIGHT, tolerance=15, amount=900)
    assert price(model, ("mary", start)) == 900 * moved


def test_a_visit_left_out_has_not_moved():
    model = a_model(a_day("mary"))
    model.charge_moved(0, EIGHT, tolerance=0, amount=900)
    assert price(model) == LEFT_OUT


def test_mates_are_both_planned_or_both_left_out():
    """There is time for one visit only."""
    model = a_model(a_day("mary", "nan", minutes=45, shift="01:00"))
    assert best(model).unallocated in ({"mary"}, {"nan"})
    model.together_or_not(0, 1)
    answer = best(model)
    assert answer.unallocated == {"mary", "nan"}
    assert answer.price == 2 * LEFT_OUT


@pytest.mark.parametrize("there", [True, False])
def test_a_mate_that_is_not_asked_for_stays_as_it_is(there):
    model = a_model(a_day("mary", "nan", carers=2))
    model.together_or_not(0, 1)
    kept = a_rota(*[a_leg("nan", "bethan", "09:00")] * there, days=1)
    [aled] = [spell for spell in model.shifts if spell[0] == 0]
    assert solve_exactly(model, kept, [aled], ["mary"]).unallocated == (set() if there else {"mary"})
