"""Days worked by hand: what a start costs, what a rota's days cost, whom nobody can serve."""

from __future__ import annotations

from typing import Any

from scheduler.problem import Problem
from scheduler.solve.bound.bounds import day_bounds, gap_by_day
from scheduler.solve.bound.day import day_of, start_price, start_prices, waiting_rate
from scheduler.solve.bound.generate import generate
from scheduler.solve.bound.label import NOTHING
from scheduler.solve.bound.prices import day_prices
from scheduler.solve.bound.simple import least_prices, least_unallocated
from scheduler.solve.gap import DayBound, DayGap, Status
from scheduler.solve.model import Model, encode
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit
from tests.solve.bound.alone import alone

CLIENTS = [a_client("mary", 0, 0), a_client("nan", 4, 6)]
VISITS = [a_visit("wash", "08:00"), a_visit("lunch", "09:00", "nan"), a_visit("bed", "Tue 20:00")]


def two_days(**changes: Any) -> Problem:
    """Mary and Nan, ten minutes apart; Aled lives with Mary. 12 an hour with on-costs of 30 % is 26 p a minute."""
    return a_problem(VISITS, [a_carer("aled", 0, 0)], CLIENTS, days=2, **changes)


def plain(problem: Problem) -> Model:
    """Only pay, and ten pounds for leaving a visit out."""
    model = alone(problem)
    model.per_minute[:] = 0
    model.charges[:] = 0
    model.home_price[:] = 0
    model.leg_class[:] = -1
    model.unallocated[:] = 60_000
    model.pay_rates[:] = (100, 10, 1)
    model.pay_cap[:] = 15
    return model


def test_a_rotas_days_by_hand():
    """Monday: 60 minutes with clients, ten of travel, 20 of waiting of which 15 are paid. Tuesday: nobody comes."""
    rota = a_rota(a_leg("wash"), a_leg("lunch", start="09:00"), days=2)
    assert day_prices(plain(two_days()), rota) == [60 * 100 + 10 * 10 + 15, 60_000]


def test_the_bound_by_hand():
    """Monday's two visits can be so near each other that nobody waits. Tuesday's costs half an hour."""
    model = plain(two_days())
    bounds = day_bounds(model)
    assert [bound.bound for bound in bounds] == [60 * 100 + 10 * 10, 30 * 100]
    assert [bound.status for bound in bounds] == [Status.CONVERGED] * 2
    gaps = gap_by_day(model, a_rota(a_leg("wash"), a_leg("lunch", start="09:00"), days=2), bounds)
    assert [(gap.price, gap.unallocated) for gap in gaps] == [(6115, 0), (60_000, 1)]
    assert gaps[0].share == 15 / 6115


def test_the_simple_bound_by_hand():
    """Each visit for itself, and the cheapest way to it is from home, which costs nothing here."""
    assert least_prices(day_of(plain(two_days()), 0)).tolist() == [3000, 3000]
    assert generate(day_of(plain(two_days()), 0), passes=1).bound == 6000


def test_a_gap_of_nothing_is_none():
    bound = DayBound(0, 0, Status.CONVERGED, 0, 0, 1, 0.0)
    assert DayGap(bound, 0, 0).share == 0.0


def test_what_a_start_costs():
    """A double-up's carers carry half of it each, rounded down: five minutes off at 7, 35, is 17 and 17."""
    model = plain(a_problem([a_visit("wash", "08:00", slack=5, carers=2)], [a_carer("a"), a_carer("b")]))
    model.per_minute[0] = 7
    assert start_prices(model, 0).tolist() == [17, 14, 10, 7, 3, 0, 3, 7, 10, 14, 17]
    model.charge_moved(0, start=480, tolerance=2, amount=1000)
    assert [start_price(model, 0, minute) for minute in (478, 480, 482, 483)] == [14, 0, 14, 1021]


def test_spans_forbid_or_charge_what_is_late():
    model = plain(two_days())
    model.start_within(0, [(470, 475), (480, 481)], per_late=None)
    prices = start_prices(model, 0).tolist()
    assert [price == NOTHING for price in prices] == [*[False] * 6, *[True] * 4, False, False]
    model.start_within(0, [(470, 475), (480, 481)], per_late=9)
    assert [start_price(model, 0, minute) for minute in (475, 477, 480, 485)] == [0, 18, 0, 36]
    assert len(start_prices(model, 0)) == 2 * 1440 - 470 + 1


def test_a_pause_is_no_waiting():
    model = plain(two_days())
    model.pause(0, 1, 1440 + 720, 1440 + 840, 30, missed=0)
    assert [waiting_rate(model, 0, day) for day in range(2)] == [1, 0]


def test_parts_of_a_double_up_are_two_nodes_and_a_whole_one_takes_two():
    visits = [a_visit("one"), a_visit("whole", carers=2), a_visit("part", carers=2, together=10)]
    day = day_of(encode(a_problem(visits, [a_carer("a"), a_carer("b")], days=1)), 0)
    assert day.visit.tolist() == [0, 1, 2, 2]
    assert day.need.tolist() == [1, 2, 1, 1]
    assert day.spells[0].length[day.spells[0].node.argsort()].tolist() == [30, 30, 30, 10]


def test_a_day_without_anything():
    model = encode(a_problem([a_visit("bed", "Tue 20:00")], days=2, shifts=[]))
    assert [(bound.bound, bound.status) for bound in day_bounds(model)] == [
        (0, Status.CONVERGED),
        (model.unallocated.sum(), Status.CONVERGED),
    ]
    assert [bound.least_unallocated for bound in day_bounds(model)] == [0, 1]


def test_half_a_double_up_is_no_double_up():
    """Aled alone cannot do it, in however many shifts he comes: it is left out whole."""
    shifts = [a_shift("aled", "07:00", "08:00"), a_shift("aled", "08:00", "10:00")]
    for together in (0, 10):
        visits = [a_visit("turn", "08:00", carers=2, together=together)]
        model = plain(a_problem(visits, [a_carer("aled")], shifts=shifts, days=1))
        [bound] = day_bounds(model)
        assert (bound.bound, bound.least_unallocated) == (60_000, 1)


def some_visits(n: int, minutes: int = 60, slack: int = 0) -> list[Any]:
    """At noon, all of them."""
    return [a_visit(f"v{i}", "12:00", "mary", minutes, slack) for i in range(n)]


def test_too_little_time_for_all():
    """Two carers have 120 minutes between twelve and one. Of three visits of an hour one is left out, even if each may
    start ten minutes off: it takes 50 minutes from that hour whenever it starts, 150 in all. 40 minutes off all fit."""
    for slack, left_out in ((0, 1), (10, 1), (40, 0)):
        problem = a_problem(some_visits(3, slack=slack), [a_carer("a"), a_carer("b")], days=1)
        assert least_unallocated(day_of(encode(problem), 0)) == left_out, slack
    assert least_unallocated(day_of(encode(a_problem(some_visits(5), [a_carer("a")], days=1)), 0)) == 4


def test_too_little_time_of_those_who_may():
    """Three carers have time enough; only one may hoist, and two visits at noon ask for it."""
    visits = [a_visit(f"v{i}", "12:00", minutes=60, slack=0, skills=frozenset({"hoist"})) for i in range(2)]
    carers = [a_carer("a"), a_carer("b"), a_carer("c", skills=frozenset({"hoist"}))]
    carers[:2] = [a_carer(id, skills=frozenset()) for id in "ab"]
    assert least_unallocated(day_of(encode(a_problem(visits, carers, days=1)), 0)) == 1
