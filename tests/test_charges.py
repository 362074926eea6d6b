"""What a delivered visit costs the fund, each penny by hand."""

from __future__ import annotations

import pytest

from scheduler.charges import charge
from scheduler.delivered import Actual, deliveries
from scheduler.domain import Visit
from scheduler.funds import Fund, FundPrice
from scheduler.ledger import ledgers
from scheduler.rota import Leg
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit, minute

PRICES = (FundPrice(30, 1500, 1500, 1500), FundPrice(60, 3000, 3000, 3000, 500))
"""£15 for up to 30 min; £30 for up to 60 min, and £5 for a helper."""
ALONE = (a_leg(minutes=60),)
TWO = (a_leg(minutes=60), a_leg(carer="bea", minutes=60, second=True))


def came(carer: str, start: str, end: str) -> Actual:
    return Actual("breakfast", carer, minute(start), minute(end))


def missed(carer: str) -> Actual:
    return Actual("breakfast", carer, None, None)


def charged(visit: Visit, legs: tuple[Leg, ...], *actuals: Actual) -> tuple[int, int]:
    """Cost and credit of Monday's visit."""
    carers = [a_carer(id) for id in ("aled", "bea", "cai")]
    problem = a_problem([visit], carers, funds=(Fund("mary", 50_000, prices=PRICES),))
    found = deliveries(a_rota(*legs), actuals, problem)
    one = charge(visit, found, ledgers(problem)["mary"])
    return one.cost, one.credit


def test_a_colleague_who_looks_on_costs_nothing():
    both = came("aled", "08:00", "08:30"), came("bea", "08:00", "08:30")
    assert charged(a_visit(), (a_leg(),), *both) == (1500, 0)


def test_minutes_by_two_who_look_on_together_count_once():
    """20 of 30 min, by two at once: £15 less a third."""
    both = came("aled", "08:00", "08:20"), came("bea", "08:00", "08:20")
    assert charged(a_visit(), (a_leg(),), *both) == (1000, 500)


@pytest.mark.parametrize(
    "second, cost",
    [
        (("08:30", "09:00"), 3000),
        (("08:25", "09:00"), 3000),  # they meet at the door
        (("08:30", "08:50"), 2500),  # 10 of 60 min missing
    ],
)
def test_a_visit_shared_in_turns_costs_what_one_carer_would(second, cost):
    turns = came("aled", "08:00", "08:30"), came("bea", *second)
    assert charged(a_visit(minutes=60), ALONE, *turns) == (cost, 3000 - cost)


@pytest.mark.parametrize("end, cost, credit", [("08:15", 1500, 0), ("08:20", 1500, 0), ("08:05", 500, 1000)])
def test_a_policy_that_lengthens_a_visit_gives_no_money_back(end, cost, credit):
    """15 min ordered, 30 planned: who gets 15 got all that was paid for."""
    assert charged(a_visit(minutes=15), (a_leg(),), came("aled", "08:00", end)) == (cost, credit)


def test_a_helper_who_leaves_is_credited_at_the_helpers_price():
    """10 of 60 min: £35 less 50/60 of £5, £4.17."""
    visit = a_visit(minutes=60, carers=2)
    both = came("aled", "08:00", "09:00"), came("bea", "08:00", "08:10")
    assert charged(visit, TWO, *both) == (3083, 417)


def test_who_stays_longest_leads():
    """The planned lead left after 10 min and the helper stayed: the same as the other way round."""
    visit = a_visit(minutes=60, carers=2)
    both = came("aled", "08:00", "08:10"), came("bea", "08:00", "09:00")
    assert charged(visit, TWO, *both) == (3083, 417)


def test_a_helper_is_held_to_the_minutes_together():
    """30 min together are ordered: 30 are all of it, 20 lack a third of £5."""
    visit = a_visit(minutes=60, carers=2, together=30)
    legs = (a_leg(minutes=60), a_leg(carer="bea", second=True))
    lead = came("aled", "08:00", "09:00")
    assert charged(visit, legs, lead, came("bea", "08:00", "08:30")) == (3500, 0)
    assert charged(visit, legs, lead, came("bea", "08:00", "08:20")) == (3333, 167)


def test_of_three_at_a_double_up_two_are_paid():
    """Aled and Cai share one carer's hour, Bea helps for 30 of 60 min: £35 less half of £5."""
    visit = a_visit(minutes=60, carers=2)
    three = came("aled", "08:00", "08:30"), came("bea", "08:00", "08:30"), came("cai", "08:30", "09:00")
    assert charged(visit, TWO, *three) == (3250, 250)


def test_one_whom_nobody_planned_is_held_to_what_was_ordered_too():
    """5 of 60 min: £30 less 55/60; up to five missing minutes are tolerated."""
    assert charged(a_visit(minutes=60), (), came("aled", "08:00", "08:05")) == (250, 2750)
    assert charged(a_visit(minutes=60), (), came("aled", "08:00", "08:55")) == (3000, 0)
    assert charged(a_visit(minutes=60), (), came("aled", "08:00", "08:54")) == (2700, 300)


def test_what_nobody_recorded_is_charged_as_planned():
    visit = a_visit(minutes=60, carers=2)
    assert charged(visit, TWO) == (3500, 0)
    assert charged(visit, TWO[:1]) == (3000, 0)
    assert charged(visit, ()) == (0, 0)
    assert charged(visit, TWO, missed("aled"), missed("bea")) == (0, 0)
    assert charged(visit, TWO, missed("bea")) == (3000, 0)


def test_one_of_two_not_recorded_keeps_the_own_part():
    """Aled led for 40 of 60 min and of Bea, who helps, nothing is known: £35 less a third of £30. The other way round
    a third of £5."""
    visit = a_visit(minutes=60, carers=2)
    assert charged(visit, TWO, came("aled", "08:00", "08:40")) == (2500, 1000)
    assert charged(visit, TWO, came("bea", "08:00", "08:40")) == (3333, 167)
