"""Pay: what a minute costs the agency, and whether a week's pay is the minimum wage."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scheduler.domain import PayBasis, PayTerms
from scheduler.pay import PayWeek, hourly, minute_cost, pay_weeks, premium_days, prorated, wages
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import rounds
from scheduler.units import DAY
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    minute,
    some_settings,
)


def a_day(
    first: str, second: str, *shifts: tuple[str, str], apart: int = 10, **more: Any
) -> tuple[Rota, Problem]:
    """Aled lives 20 min from Mary. Two appointments of 30 min, at Mary's and at Nia's, `apart` minutes between."""
    terms = PayTerms(**{"basis": PayBasis.CONTACT, "hourly": 1200, **more})
    one, two = minute(first), minute(second)
    problem = a_problem(
        [a_visit("one", one), a_visit("two", two, client="nia")],
        [a_carer(x=-20, pay=terms)],
        [a_client("mary"), a_client("nia", x=apart)],
        [a_shift(start=start, end=end) for start, end in shifts or [("00:00", "24:00")]],
    )
    return a_rota(a_leg("one", start=one), a_leg("two", start=two)), problem


def the_week(rota: Rota, problem: Problem) -> PayWeek:
    (week,) = pay_weeks(rota, problem)
    return week


# -- GOV.UK, Minimum wage for different types of work (domain.md, 3.1) -------------------------------------------------


def test_govuk_example_one_two_appointments_without_a_break_count_with_the_travel_between():
    """The 20 min from home and the 30 back do not count."""
    week = the_week(*a_day("08:00", "08:40"))
    assert (week.contact, week.travel, week.counted_waiting) == (60, 10, 0)
    assert week.counted == 70
    assert week.required == 70 * 1200


def test_govuk_example_two_who_goes_home_between_is_not_owed_the_way_home_and_back():
    week = the_week(*a_day("08:00", "14:00", ("07:00", "12:00"), ("13:00", "18:00")))
    assert week.counted == 60
    assert week.shortfall == 0


def test_govuk_example_two_who_takes_a_break_on_the_way_is_owed_the_travel_without_the_break():
    """A gap of 80 min, of which the travel takes 10 and a break of his own 70: no waiting is counted."""
    rota, problem = a_day("08:00", "09:50")
    week = the_week(rota, problem.replace(settings=some_settings(waiting_cap=0)))
    assert (week.waiting, week.counted_waiting, week.counted) == (70, 0, 70)


def test_waiting_counts_up_to_the_cap_of_each_gap():
    """The settable reading of a consent judgment: 60 of the 70 min."""
    week = the_week(*a_day("08:00", "09:50"))
    assert (week.waiting, week.counted_waiting, week.counted) == (70, 60, 130)


# -- Homecare Voices, 2025 (domain.md, 3.4) ----------------------------------------------------------------------------


def test_a_contracted_1323_is_a_true_974_where_73_6_percent_of_the_run_is_contact():
    """736 min with clients and 264 on foot at £13.23 for contact only, against a minimum of £12.21."""
    problem = a_problem(
        [a_visit("one", "00:10", minutes=368, slack=0), a_visit("two", "10:42", client="nia", minutes=368)],
        [a_carer(mode="foot", pay=PayTerms(PayBasis.CONTACT, 1323))],
        [a_client("mary"), a_client("nia", x=66)],
        settings=some_settings(minimum_wage=1221),
    )
    week = the_week(
        a_rota(a_leg("one", start="00:10", minutes=368), a_leg("two", start="10:42", minutes=368)), problem
    )
    assert (week.counted, week.true_hourly) == (1000, 974)
    assert week.shortfall == 1000 * 1221 - 736 * 1323  # 247,272 sixtieths: £41.212
    assert week.shortfall_pence == 4122  # a part of a penny is missing all the same


# -- the test of the minimum wage --------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate, missing", [(1400, 0), (1399, 60)])
def test_contact_only_is_lawful_as_long_as_it_averages_the_minimum_wage(rate, missing):
    """£14 for 60 min are £12 for 70 min; a penny an hour less is a penny short."""
    assert the_week(*a_day("08:00", "08:40", hourly=rate)).shortfall == missing


def test_premiums_do_not_count_and_neither_do_on_costs():
    plain = the_week(*a_day("Sat 08:00", "Sat 08:40", ("Sat 00:00", "Sat 24:00")))
    extra = the_week(*a_day("Sat 08:00", "Sat 08:40", ("Sat 00:00", "Sat 24:00"), weekend_extra=500))
    assert plain.pay == extra.pay == 60 * 1200
    assert plain.shortfall == extra.shortfall == 10 * 1200


def test_what_each_basis_would_have_paid():
    week = the_week(*a_day("08:00", "09:50"))
    assert week.contact_only == 60 * 1200
    assert week.contact_travel == (60 + 10 + 60) * 1200
    assert week.shift == (60 + 10 + 70) * 1200


@pytest.mark.parametrize(
    "basis, paid", [(PayBasis.CONTACT, 60), (PayBasis.CONTACT_TRAVEL, 130), (PayBasis.SHIFT, 140)]
)
def test_the_carers_own_terms_are_what_is_paid(basis, paid):
    week = the_week(*a_day("08:00", "09:50", basis=basis))
    assert (week.paid, week.pay) == (paid, paid * 1200)


def test_contracted_hours_that_are_not_worked_are_pay():
    rota, problem = a_day("08:00", "08:40")
    (aled,) = problem.carers
    aled = a_carer(x=-20, pay=aled.pay, contracted=65)
    week = the_week(rota, problem.replace(carers=(aled,)))
    assert (week.paid, week.guaranteed, week.pay) == (60, 5, 65 * 1200)
    assert week.shortfall == 5 * 1200


def test_the_average_is_taken_over_the_week_not_over_the_day():
    """£14 an hour for contact only. Monday: 60 of 80 min are paid; Tuesday a visit without travel makes up for it."""
    visits = [a_visit("one", "08:00"), a_visit("two", "08:50", client="nia"), a_visit("three", "Tue 08:00")]
    problem = a_problem(
        visits,
        [a_carer(pay=PayTerms(PayBasis.CONTACT, 1400))],
        [a_client("mary"), a_client("nia", x=20)],
    )
    monday = (a_leg("one", start="08:00"), a_leg("two", start="08:50"))
    assert the_week(a_rota(*monday), problem).shortfall == 80 * 1200 - 60 * 1400
    both = a_rota(*monday, a_leg("three", start="Tue 08:00", minutes=60))
    assert the_week(both, problem).shortfall == 0


def test_each_week_of_the_period_is_judged_by_itself():
    problem = a_problem([a_visit("one", 480), a_visit("two", 7 * DAY + 480)], days=10)
    first, second = pay_weeks(
        a_rota(a_leg("one", start=480), a_leg("two", start=7 * DAY + 480, minutes=45), days=10), problem
    )
    assert (first.week, first.contact, second.week, second.contact) == (0, 30, 1, 45)


@pytest.mark.parametrize(
    "mode, mileage, pence", [("car", 0, 93), ("car", 5, 62), ("car", 15, 0), ("car", 45, 0), ("foot", 0, 0)]
)
def test_what_a_mile_costs_beyond_the_mileage_comes_off_the_pay(mode, mileage, pence):
    """Regulation 13: the 10 km between the visits are 6.2137 miles, which cost 15p each by car."""
    rota, problem = a_day("08:00", "08:40", mileage=mileage)
    carer = a_carer(mode=mode, pay=problem.carers[0].pay)
    settings = some_settings(mile_costs={"car": 15})
    week = the_week(rota, problem.replace(carers=(carer,), settings=settings))
    assert round(week.unreimbursed / 60) == pence
    assert week.shortfall == week.required - week.pay + week.unreimbursed


def test_the_payslip_has_the_weekend_extra_and_the_mileage_beside_the_pay():
    """On Saturday: £5 an hour more for 60 min, and 6.2137 miles at 45p."""
    times = ("Sat 08:00", "Sat 08:40", ("Sat 00:00", "Sat 24:00"))
    week = the_week(*a_day(*times, weekend_extra=500, mileage=45))
    assert (week.premium, round(week.mileage / 60)) == (60 * 500, 280)


def test_a_carer_without_work_is_owed_nothing():
    week = the_week(a_rota(), a_problem())
    assert (week.counted, week.pay, week.required, week.true_hourly) == (0, 0, 0, 0)


# -- what the agency pays ----------------------------------------------------------------------------------------------


def test_a_carer_without_an_hourly_rate_has_the_agencys():
    assert hourly(a_carer(), some_settings(hourly=1271)) == 1271
    assert hourly(a_carer(pay=PayTerms(hourly=1300)), some_settings(hourly=1271)) == 1300


@pytest.mark.parametrize(
    "percent, premium, cost",
    [(100, False, 1271), (133, False, 1690), (133, True, 1823), (150, False, 1907)],
)
def test_a_minute_costs_pay_and_on_costs_to_the_whole_penny_an_hour(percent, premium, cost):
    """1271 x 1.33 = 1690.43; 1371 x 1.33 = 1823.43; 1271 x 1.5 = 1906.5. A penny an hour is a sixtieth a minute."""
    carer = a_carer(pay=PayTerms(hourly=1271, weekend_extra=100))
    assert minute_cost(carer, some_settings(on_cost_percent=percent), premium) == cost


def test_wages_of_a_round_on_each_basis():
    (work,) = rounds(*(day := a_day("08:00", "09:50")))
    problem = day[1]
    assert wages(work, PayBasis.CONTACT, problem) == 60 * 1560
    assert wages(work, PayBasis.CONTACT_TRAVEL, problem) == 130 * 1560
    assert wages(work, PayBasis.SHIFT, problem) == 140 * 1560


def test_premium_days_are_weekends_and_bank_holidays():
    """The week from Monday 21 December 2026: Christmas Day is a Friday. The 28th is the substitute for the 26th."""
    week = a_problem(start=date(2026, 12, 21), days=8)
    assert premium_days(week) == {4, 5, 6, 7}
    assert premium_days(a_problem()) == {5, 6}


@pytest.mark.parametrize(
    "days, minutes", [(7, [600]), (3, [257]), (10, [600, 257]), (14, [600, 600]), (15, [600, 600, 85])]
)
def test_a_part_of_a_week_has_a_part_of_the_minutes_rounded_down(days, minutes):
    problem = a_problem(days=days)
    assert [prorated(600, week, problem) for week in range(problem.weeks)] == minutes
