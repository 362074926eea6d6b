"""The verbs of work and pay in the exact model: balance, home journeys, the pay floor, the core."""

from __future__ import annotations

import pytest

from scheduler.solve.exact import price_exactly
from scheduler.solve.model import Model
from scheduler.solve.search import Search
from scheduler.units import DAY
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, minute
from tests.solve.line_day import EIGHT, LEFT_OUT, NINE, PLACES, a_day, a_model, best, price, starts


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


def test_each_pay_period_has_its_own_wage():
    """20 minutes of travel in both weeks, and 10 of waiting in the second, in which 13 are due a minute and not 12:
    12 x 80 + 20 - 12 x 60 = 260, and 13 x 90 + 20 - 12 x 60 = 470."""
    monday = 7 * DAY + 480
    problem = a_problem(
        [
            a_visit("mary", "08:00", "mary"),
            a_visit("nan", "08:50", "nan"),
            a_visit("mary again", monday, "mary"),
            a_visit("nan again", monday + 60, "nan"),
        ],
        [a_carer("aled")],
        [a_client(client, PLACES[client]) for client in ("mary", "nan")],
        days=14,
    )
    model = a_model(problem)
    model.paid(0, True, False, False)
    for week, due in enumerate((12, 13)):
        model.pay_floor(0, range(week, week + 1), due, 12, [0], model.matrices[0], 60, 5)
    rota = a_rota(*(a_leg(visit.id, "aled", visit.preferred) for visit in problem.visits), days=14)
    assert price_exactly(model, rota) == 5 * (260 + 470)
    search = Search(model, 1)
    assert search.start_from(rota) == []
    assert search.price == 5 * (260 + 470)


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
