"""The verbs of a whole day that published instances add, in the exact model: its ends, its pause, idle time."""

from __future__ import annotations

import pytest

from scheduler.solve.exact import solve_exactly
from scheduler.solve.model import Model
from tests.builders import a_leg, a_rota, minute
from tests.solve.line_day import EIGHT, LEFT_OUT, NINE, a_day, a_model, best, price, starts


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
