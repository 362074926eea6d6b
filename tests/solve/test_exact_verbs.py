"""Every verb that published instances add, in the exact model, on days worked out by hand.

Places lie on a line, a minute apart by car: Mary at 10, Nan at 30, Olwen at 50; Aled and Bethan live at 0. The rules
are those of time and place only; leaving a visit out costs 100,000. All else is said by verbs.
"""

from __future__ import annotations

import pytest

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.double_up import DoubleUp
from scheduler.rules.shifts import Shifts
from scheduler.rules.travel import Travel
from scheduler.rules.visit_length import VisitLength
from scheduler.solve.exact import Answer, price_exactly, solve_exactly
from scheduler.solve.model import Model, encode
from scheduler.solve.search import Search
from scheduler.units import DAY
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit, minute

GROUND = (Travel(), Shifts(), VisitLength(), DoubleUp())
PLACES = {"mary": 10, "nan": 30, "olwen": 50}
LEFT_OUT = 100_000
EIGHT, NINE = minute("08:00"), minute("09:00")


def a_day(*clients: str, carers: int = 1, minutes: int = 30, shift: str = "24:00") -> Problem:
    """One visit to each of these clients, at any time of the day, and one or two carers."""
    staff = [a_carer("aled"), a_carer("bethan")][:carers]
    return a_problem(
        [a_visit(client, "08:00", client, minutes) for client in clients],
        staff,
        [a_client(client, PLACES[client]) for client in clients],
        [a_shift(carer.id, "00:00", shift) for carer in staff],
        days=1,
    )


def a_model(problem: Problem) -> Model:
    model = encode(problem, GROUND)
    for v in range(len(problem.visits)):
        model.charge_unallocated(v, LEFT_OUT)
    return model


def best(model: Model) -> Answer:
    """The best rota of all, proved."""
    problem = model.problem
    nothing = Rota(problem.start, problem.days)
    answer = solve_exactly(model, nothing, model.shifts, [visit.id for visit in problem.visits])
    assert answer.proven
    return answer


def starts(answer: Answer) -> dict[str, int]:
    assert answer.rota is not None
    return {leg.visit: leg.start for leg in answer.rota.legs}


def price(model: Model, *legs: tuple[str, str] | tuple[str, str, str]) -> int | None:
    """Price of a rota of (visit, start, carer or else Aled)."""
    made = [a_leg(leg[0], leg[2] if len(leg) == 3 else "aled", leg[1]) for leg in legs]
    return price_exactly(model, a_rota(*made, days=1))


# -- spans and lateness ----------------------------------------------------------------------------------------------

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


# -- promises --------------------------------------------------------------------------------------------------------


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


# -- from home to home -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start, fine", [("08:09", False), ("08:10", True), ("08:20", True), ("08:21", False)]
)
def test_the_day_from_home_to_home_keeps_its_ends(start, fine):
    """Ten minutes' journey each way and half an hour's visit between 08:00 and 09:00."""
    model = a_model(a_day("mary"))
    model.away_between(0, 0, EIGHT, NINE, per_over=None, from_leave=False)
    assert price(model, ("mary", start)) == (0 if fine else None)


def test_being_home_later_costs_by_the_minute():
    model = a_model(a_day("mary"))
    model.away_between(0, 0, EIGHT, NINE, per_over=4, from_leave=False)
    assert price(model, ("mary", "08:35")) == 4 * 15
    assert price(model, ("mary", "08:09")) is None
    assert price(model) == LEFT_OUT


@pytest.mark.parametrize("from_leave, waiting", [(True, 25), (False, 0)])
def test_waiting_before_the_first_visit_counts_where_the_day_begins_at_a_time(from_leave, waiting):
    """At Mary's door at 08:10, let in at 08:35. At Nan's, twenty minutes on, from 09:25 to 09:30."""
    model = a_model(a_day("mary", "nan"))
    model.away_between(0, 0, EIGHT, 2 * NINE, per_over=0, from_leave=from_leave)
    model.pay(0, 0, contact=0, travel=0, waiting=3, waiting_cap=1000)
    assert price(model, ("mary", "08:35"), ("nan", "09:30")) == 3 * (waiting + 5)


# -- the pause ---------------------------------------------------------------------------------------------------------


def with_pause(
    *clients: str, window: tuple[str, str] = ("12:00", "13:00"), back: str = "20:00", missed: int = 700
) -> Model:
    """A pause of half an hour that begins in this window; a minute of waiting costs 2, one over 5."""
    model = a_model(a_day(*clients))
    model.away_between(0, 0, EIGHT, minute(back), per_over=5, from_leave=False)
    model.pause(0, 0, minute(window[0]), minute(window[1]), 30, missed)
    model.pay(0, 0, contact=0, travel=0, waiting=2, waiting_cap=1000)
    return model


@pytest.mark.parametrize(
    "first, second, waited, missed",
    [
        ("11:00", "12:29", 39, True),  # at Nan's from 11:50; the pause would end at 12:30
        ("11:00", "12:30", 10, False),  # 40 minutes at Nan's, 30 of them are the pause
        ("12:30", "13:50", 30, False),  # 13:00 is too late for it: it is at Mary's door, before the visit
        ("12:29", "13:49", 30, True),
    ],
)
def test_the_pause_is_no_waiting(first, second, waited, missed):
    """Half an hour with Mary, twenty minutes to Nan."""
    model = with_pause("mary", "nan", window=("12:00", "12:45"))
    assert price(model, ("mary", first), ("nan", second)) == 2 * waited + 700 * missed


@pytest.mark.parametrize("window, second, missed", [("12:05", "12:55", False), ("12:05", "12:54", True)])
def test_the_pause_may_be_before_the_journey(window, second, missed):
    """Mary's visit ends at 11:50, and by 12:05 the pause has begun: it is at Mary's, until 12:35 if there is time."""
    model = with_pause("mary", "nan", window=(window, window))
    waited = minute(second) - minute("11:50") - 20 - (0 if missed else 30)
    assert price(model, ("mary", "11:20"), ("nan", second)) == 2 * waited + 700 * missed


@pytest.mark.parametrize(
    "begins, start, missed",
    [
        ("08:00", "08:40", False),  # at home
        ("08:00", "08:39", True),
        ("07:59", "09:30", True),  # the day has not begun
        ("08:10", "08:40", False),  # at Mary's door
        ("08:10", "08:39", True),
    ],
)
def test_the_pause_may_be_before_the_first_visit(begins, start, missed):
    model = with_pause("mary", window=(begins, begins))
    assert price(model, ("mary", start)) == 700 * missed


@pytest.mark.parametrize("start, cost", [("08:50", 2 * 10), ("08:40", 0), ("08:39", 1000 + 2 * 29)])
def test_where_the_day_begins_at_a_time_the_pause_is_no_waiting_before_the_first_visit(start, cost):
    """At Mary's door at 08:10; the pause begins there at 08:10 or a little later."""
    model = with_pause("mary", window=("08:10", "08:20"), missed=1000)
    model.away_between(0, 0, EIGHT, minute("20:00"), per_over=0, from_leave=True)
    assert price(model, ("mary", start)) == cost


@pytest.mark.parametrize(
    "start, back, cost",
    [
        ("11:30", "20:00", 0),
        ("11:20", "20:00", 2 * 10),  # at Mary's, waiting until 12:00
        ("12:30", "20:00", 0),
        ("12:31", "20:00", 700),
        ("12:25", "13:35", 0),  # 12:55 to 13:25, and ten minutes home
        ("12:25", "13:30", 5 * 5),
    ],
)
def test_the_pause_may_be_after_the_last_visit(start, back, cost):
    """And only there: the day begins too late for it to be before."""
    model = with_pause("mary", back=back)
    model.away_between(0, 0, minute(start) - 10, minute(back), per_over=5, from_leave=False)
    assert price(model, ("mary", start)) == cost


def test_a_pause_is_missed_where_its_time_costs_more():
    """Home at 12:10 without it, at 12:40 with it: 150 for half an hour over."""
    for missed, cost in ((100, 100), (200, 150)):
        model = with_pause("mary", back="12:10", missed=missed)
        model.away_between(0, 0, minute("11:20"), minute("12:10"), per_over=5, from_leave=False)
        assert price(model, ("mary", "11:30")) == cost


def test_a_pause_is_missed_where_waiting_for_it_costs_more():
    """Half an hour from 11:30 on costs 60."""
    for missed, cost in ((50, 50), (70, 60)):
        model = with_pause("mary", missed=missed)
        model.away_between(0, 0, minute("10:50"), minute("20:00"), per_over=5, from_leave=False)
        assert price(model, ("mary", "11:00")) == cost


def test_a_day_without_visits_has_missed_its_pause():
    assert price(with_pause("mary")) == 700 + LEFT_OUT


def test_the_best_start_leaves_room_for_the_pause():
    """Mary's visit can start between 12:10 and 12:40. Only at 12:40 the pause is over before it; after it, it begins
    by 13:00 where it starts by 12:30. (The carer may not leave before 12:00.)"""
    model = with_pause("mary", back="14:00")
    model.away_between(0, 0, minute("12:00"), minute("14:00"), per_over=5, from_leave=False)
    model.start_between(0, minute("12:10"), minute("12:40"))
    answer = best(model)
    assert answer.price == 0
    assert starts(answer)["mary"] <= minute("12:30") or starts(answer)["mary"] == minute("12:40")


# -- idle time and shares ----------------------------------------------------------------------------------------------


def test_the_most_idle_of_all_is_charged():
    """Of ten hours Aled is busy for 30 + 2 x 10 minutes with Mary and Bethan for 30 + 2 x 30 with Nan."""
    model = a_model(a_day("mary", "nan", carers=2))
    for carer in (0, 1):
        model.charge_worst_idle(carer, 0, 600, 3)
    assert price(model, ("mary", "09:00"), ("nan", "09:00", "bethan")) == 3 * 550
    assert price(model, ("mary", "09:00"), ("nan", "10:00")) == 3 * 600
    assert price(model) == 3 * 600 + 2 * LEFT_OUT
    answer = best(model)
    assert answer.rota is not None
    assert len(answer.rota.legs_by_carer) == 2


def test_the_pause_is_not_idle_and_time_over_is():
    """Of an hour Aled is busy for 50 minutes, and home at 09:15: 15 over. With his pause he is home at 09:45."""
    model = a_model(a_day("mary"))
    model.away_between(0, 0, EIGHT, NINE, per_over=0, from_leave=False)
    model.charge_worst_idle(0, 0, 60, 3)
    assert price(model, ("mary", "08:35")) == 3 * (60 - 50 + 15)
    model.pause(0, 0, NINE, NINE + 15, 30, missed=1000)
    assert price(model, ("mary", "08:35")) == 3 * (60 - 50 - 30 + 45)


def test_who_stays_as_idle_as_now_counts_in_a_neighbourhood():
    """Bethan is idle for 510 minutes whatever Aled does."""
    model = a_model(a_day("mary", "nan", carers=2))
    for carer, spell in ((0, 100), (1, 600)):
        model.charge_worst_idle(carer, 0, spell, 3)
    kept = a_rota(a_leg("nan", "bethan", "09:00"), days=1)
    [aled] = [spell for spell in model.shifts if spell[0] == 0]
    assert solve_exactly(model, kept, [aled], ["mary"]).price == 3 * 510


@pytest.mark.parametrize("minutes, off", [(30, 20 + 20), (31, 20 + 20), (32, 19 + 19)])
def test_each_begun_minute_off_the_mean_is_charged(minutes, off):
    """Aled works `minutes` + 20 with Mary, Bethan 30 + 60 with Nan: with 31 each is 19.5 off."""
    problem = a_day("mary", "nan", carers=2)
    model = a_model(problem)
    model.length(0, 0, minutes)
    model.charge_imbalance(6)
    assert price(model, ("mary", "09:00"), ("nan", "09:00", "bethan")) == 6 * off


def test_work_is_shared_out_as_evenly_as_can_be():
    """With all three Aled works 90 + 50 + 50 minutes and Bethan none: 95 each off the mean. Best is Olwen's 130
    against 90 + 20 + 10 + 30 = 120 with Mary and Nan: 5 each off."""
    model = a_model(a_day("mary", "nan", "olwen", carers=2))
    model.charge_imbalance(6)
    answer = best(model)
    assert answer.price == 6 * 10
    assert answer.rota is not None
    by_visit = {leg.visit: leg.carer for leg in answer.rota.legs}
    assert by_visit["mary"] == by_visit["nan"] != by_visit["olwen"]


# -- journeys from home that are nobody's work -------------------------------------------------------------------------


@pytest.mark.parametrize("free", [False, True])
@pytest.mark.parametrize("limit", [79, 80, 119, 120])
def test_home_journeys_may_be_no_work(limit, free):
    """An hour with both, twenty minutes between, and forty from home and back."""
    model = a_model(a_day("mary", "nan"))
    model.limit_work(0, 0, limit, waiting_cap=0)
    if free:
        model.home_is_free(0)
    assert (price(model, ("mary", "09:00"), ("nan", "09:50")) is not None) == (limit >= (80 if free else 120))


@pytest.mark.parametrize("free, earliest", [(False, "08:20"), (True, "08:00")])
def test_home_journeys_may_be_rest(free, earliest):
    """Mary's visits end at 22:00 and begin again ten hours of rest later, ten minutes from home each."""
    problem = a_problem(
        [a_visit("late", "21:30"), a_visit("early", "Tue 08:00")], clients=[a_client("mary", 10)], days=2
    )
    model = a_model(problem)
    model.rest_between(0, 600)
    if free:
        model.home_is_free(0)
    tuesday = minute("Tue 00:00") + minute(earliest)
    for start, fine in ((tuesday - 1, False), (tuesday, True)):
        rota = a_rota(a_leg("late", start="21:30"), a_leg("early", start=start), days=2)
        assert (price_exactly(model, rota) is not None) == fine


def test_free_home_journeys_are_charged_and_balanced_all_the_same():
    model = a_model(a_day("mary", "nan", carers=2))
    model.charge_imbalance(6)
    for carer in (0, 1):
        model.home_is_free(carer)
        model.charge_home(carer, 2)
    legs = (("mary", "09:00"), ("nan", "09:00", "bethan"))
    assert price(model, *legs) == 6 * 40 + 2 * (20 + 60)


# -- what pay lacks --------------------------------------------------------------------------------------------------


def a_floor(model: Model, least: int = 0, waiting_cap: int = 60) -> Model:
    """Contact is paid at 12 a minute; 12 are due for contact, travel and waiting, and 1 a minute of travel is spent."""
    model.paid(0, True, False, False)
    costs = model.matrices[0]
    model.pay_floor(0, range(0, 1), 12, 12, [least], costs, waiting_cap, 5)
    return model


@pytest.mark.parametrize(
    "second, least, lacking",
    [
        ("08:50", 0, 12 * 20 + 20),  # 20 minutes of travel, and what they cost
        ("09:00", 0, 12 * 30 + 20),  # and 10 of waiting
        ("10:30", 0, 12 * 80 + 20),  # of 100 minutes of waiting 60 count
        ("08:50", 75, 12 * 5 + 20),  # 75 minutes are earned at least
        ("08:50", 90, 0),
    ],
)
def test_what_is_owed_and_not_earned_is_priced(second, least, lacking):
    model = a_floor(a_model(a_day("mary", "nan")), least)
    assert price(model, ("mary", "08:00"), ("nan", second)) == 5 * lacking


def test_two_weeks_of_one_pay_period_make_up_for_each_other():
    """The first week lacks 260 by its journey; the second has 30 minutes guaranteed and works 10 of them."""
    problem = a_problem(
        [
            a_visit("mary", "08:00", "mary"),
            a_visit("nan", "08:50", "nan"),
            a_visit("late", 7 * DAY + 480, "mary", 10),
        ],
        [a_carer("aled")],
        [a_client(client, PLACES[client]) for client in ("mary", "nan")],
        days=14,
    )
    legs = (
        a_leg("mary", "aled", "08:00"),
        a_leg("nan", "aled", "08:50"),
        a_leg("late", "aled", 7 * DAY + 480, 10),
    )
    for weeks, lacking in (([range(0, 1), range(1, 2)], 260), ([range(0, 2)], 260 - 12 * 20)):
        model = a_model(problem)
        model.paid(0, True, False, False)
        for together in weeks:
            least = [0, 30][together.start : together.stop]
            model.pay_floor(0, together, 12, 12, least, model.matrices[0], 60, 5)
        rota = a_rota(*legs, days=14)
        assert price_exactly(model, rota) == 5 * lacking
        search = Search(model, 1)
        assert search.start_from(rota) == []
        assert search.price == 5 * lacking


def test_the_planner_acts_before_payroll_has_to():
    """Mary may come at 08:00 or up to 09:30, Nan at 10:00 only: later is no waiting. At no price Mary's wish wins."""
    for priced, start in ((False, EIGHT), (True, NINE + 10)):
        model = a_model(a_day("mary", "nan"))
        model.start_between(0, EIGHT, NINE + 30)
        model.start_between(1, NINE + 60, NINE + 60)
        model.charge_start_off(0, EIGHT, 1)
        if priced:
            a_floor(model)
        answer = best(model)
        assert starts(answer)["mary"] == start
        search = Search(model, 1)
        search.run(200, 900.0, 15.0)
        assert search.price == answer.price


# -- carers who come, and those who came before ----------------------------------------------------------------------


def test_only_who_comes_counts_where_nobody_is_marked_and_the_recent_count_where_they_are():
    """Aled came lately. Bethan makes two with him, and is one alone."""
    model = a_model(a_day("mary", "nan", carers=2))
    model.client[1] = 0  # (both visits are Mary's)
    model.charge_distinct_carers(0, [0, 0, 7], [True, False])
    model.charge_distinct_carers(0, [0, 0, 100], [False, False])
    assert price(model, ("mary", "08:00", "bethan")) == 7 + LEFT_OUT
    assert price(model, ("mary", "08:00", "aled")) == LEFT_OUT
    both = price(model, ("mary", "08:00", "aled"), ("nan", "09:00", "bethan"))
    assert both == 107
