"""Home travel: the unpaid journeys from home and back have a price."""

from __future__ import annotations

from scheduler.rules.home_travel import HomeTravel
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit, found, told

CLIENTS = [a_client("mary", x=3), a_client("nia", x=10)]
ASKED = [a_visit("one", "08:00"), a_visit("two", "09:00", client="nia"), a_visit("tea", "17:00")]
LEGS = (a_leg("one", start="08:00"), a_leg("two", start="09:00"), a_leg("tea", start="17:00"))


def test_living_next_door_costs_nothing():
    assert found(HomeTravel(), a_rota(a_leg()), a_problem([a_visit()])) == []


def test_a_minute_to_the_first_visit_and_one_back_from_the_last():
    """3 min to Mary, 10 min back from Nia: 13 min at 4p."""
    (finding,) = found(HomeTravel(), a_rota(*LEGS[:2]), a_problem(ASKED, clients=CLIENTS))
    assert (finding.amount, finding.pence) == (13, 52)
    assert finding.sentence == (
        "Aled on Monday: 13 min unpaid on the road from home (3 min) and back home (10 min)."
    )


def test_a_split_shift_goes_home_twice():
    shifts = [a_shift(start="07:00", end="12:00"), a_shift(start="16:00", end="20:00")]
    problem = a_problem(ASKED, [a_carer()], CLIENTS, shifts)
    assert [finding.amount for finding in found(HomeTravel(), a_rota(*LEGS), problem)] == [13, 6]


def test_what_the_solver_is_told():
    assert told(HomeTravel(), a_problem(ASKED, clients=CLIENTS)) == [("charge_home", 0, 240)]
