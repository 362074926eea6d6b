"""A fund over a week: prices, balance, banked money, forecast and choices, each number on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scheduler.delivered import Actual, deliveries
from scheduler.domain import Purpose
from scheduler.errors import DomainError
from scheduler.funds import EntryKind, Fund, FundEntry, FundPrice
from scheduler.ledger import ledgers
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.settings import Policy
from scheduler.statement import Statement, statements
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit, minute, some_settings

PRICES = (
    FundPrice(15, 1000, 1100, 1500),
    FundPrice(30, 1600, 1800, 2400),
    FundPrice(60, 3000, 3300, 4500, 2500),
)


def a_fund(**changes: object) -> Fund:
    given = {
        "client": "mary",
        "budget": 20_000,
        "contribution": 3000,
        "fee": 1000,
        "opening": 9000,
        "year_end": 27,
    }
    return Fund(**{**given, "prices": PRICES, **changes})  # type: ignore[arg-type]  # any field may be given


def a_week(fund: Fund | None = None, **settings: object) -> tuple[Rota, Problem]:
    """Mary: Monday 30 min alone, Tuesday an hour by two of whom one stays 30 min, Saturday 45 min (nobody yet)."""
    problem = a_problem(
        [
            a_visit("one", "08:00", plan="am"),
            a_visit("two", "Tue 08:00", minutes=60, carers=2, together=30, plan="hoist"),
            a_visit("three", "Sat 08:00", minutes=45, plan="sat"),
        ],
        [a_carer("aled"), a_carer("bea")],
        funds=(fund or a_fund(),),
        settings=some_settings(isf_surplus_weeks=4, isf_keep_weeks=12, **settings),
    )
    legs = (
        a_leg("one", start="08:10"),
        a_leg("two", start="Tue 08:00", minutes=60),
        a_leg("two", "bea", "Tue 08:00", second=True),
    )
    return a_rota(*legs), problem


def the_statement(rota: Rota, problem: Problem, *actuals: Actual) -> Statement:
    (one,) = statements(rota, problem, deliveries(rota, actuals, problem) if actuals else None)
    return one


@pytest.mark.parametrize(
    "visit, price",
    [
        (a_visit(minutes=15), 1000),
        (a_visit(minutes=16), 1600),  # the shortest listed length that holds it
        (a_visit(minutes=90), 4500),  # longer than any: £30 an hour
        (a_visit("w", "Sat 08:00"), 1800),
        (a_visit(carers=2), 3200),  # the same again
        (a_visit(carers=2, together=15), 2600),  # the second for 15 min
        (a_visit(minutes=60, carers=2), 5500),  # the second has a price of its own
        (a_visit(minutes=120, carers=2), 11_000),  # £30 and £25 an hour
        (a_visit(minutes=120, carers=2, together=90), 9750),  # 2 h of £30, 1.5 h of £25
        (
            a_visit(minutes=120, carers=2, together=30),
            8500,
        ),  # the second stays for less than the list's hour: £25
    ],
)
def test_what_a_visit_costs(visit, price):
    problem = a_problem([visit], funds=(a_fund(),))
    assert ledgers(problem)["mary"].price(visit) == price


def test_a_bank_holiday_has_its_own_price():
    """The substitute for Boxing Day 2026, a Saturday, is Monday the 28th."""
    problem = a_problem([a_visit("x", "Wed 08:00")], funds=(a_fund(),), start=date(2026, 12, 26))
    assert ledgers(problem)["mary"].price(problem.visits[0]) == 2400


def test_the_week_line_by_line():
    """Asked: £16 + £55 + £33 (45 min on Saturday cost as 60) = £104; planned: the first two, £71.
    £90 + £200 - £30 - £10 - £71 = £179."""
    one = the_statement(*a_week())
    assert (one.asked_cost, one.planned_cost, one.closing) == (10_400, 7100, 17_900)
    assert (one.asked_minutes, one.planned_minutes) == (30 + 90 + 45, 120)
    assert (one.over, one.choices) == (0, ())
    assert one.allowed == 80_000


def test_the_forecast_goes_on_to_the_end_of_the_year():
    """Three weeks more of £160 in and £71 out: £179 + 3 x £89."""
    assert the_statement(*a_week()).forecast == 17_900 + 3 * 8900


def test_banked_money_is_used_oldest_first_and_expires():
    """£20 of 12 weeks before Monday's week, £30 later; £25 were used: £25 are left, good for another 10 weeks."""
    entries = (
        FundEntry(-84, EntryKind.BANKED, 2000, "a holiday"),
        FundEntry(-14, EntryKind.BANKED, 3000, "Christmas"),
        FundEntry(-7, EntryKind.USED, 2500),
    )
    one = the_statement(*a_week(a_fund(entries=entries)))
    assert [(lot.left, lot.expires, lot.entry.purpose) for lot in one.lots] == [(2500, 70, "Christmas")]
    assert (one.banked, one.in_minutes(one.banked)) == (2500, 50)  # £30 an hour
    old = the_statement(*a_week(a_fund(entries=entries[:1])))
    assert [lot.expires for lot in old.lots] == [0]
    assert old.banked == 0


def test_expired_money_is_not_what_was_used():
    """£100 were put by 150 days before the period and expired 66 days before it; £100 more 40 days before, of which all
    was used 20 days before: nothing is left, and of what expired long ago nothing is told."""
    entries = (
        FundEntry(-150, EntryKind.BANKED, 10_000, "a trip"),
        FundEntry(-40, EntryKind.BANKED, 10_000, "Christmas"),
        FundEntry(-20, EntryKind.USED, 10_000),
    )
    one = the_statement(*a_week(a_fund(entries=entries)))
    assert (one.banked, one.lots, one.lacking) == (0, (), ())


def test_what_expires_soonest_is_used_first():
    """The later lot has to be used by day 10, the earlier one by day 60: £30 take the later one's £20 and £10 more."""
    entries = (
        FundEntry(-24, EntryKind.BANKED, 5000, "a trip"),
        FundEntry(-10, EntryKind.BANKED, 2000, "taxis", expires=10),
        FundEntry(-10, EntryKind.USED, 3000),
    )
    one = the_statement(*a_week(a_fund(entries=entries)))
    assert [(lot.left, lot.expires) for lot in one.lots] == [(4000, 60)]


def test_what_was_used_without_being_there_is_known():
    """£40 can be used to day -1; of £50 used on that day £10 were not there, of £5 a day later nothing was. Nor is
    money there that is banked afterwards."""
    entries = (
        FundEntry(-20, EntryKind.BANKED, 4000, expires=-1),
        FundEntry(-1, EntryKind.USED, 5000),
        FundEntry(0, EntryKind.USED, 500),
        FundEntry(1, EntryKind.BANKED, 700),
        FundEntry(8, EntryKind.USED, 900),  # after the period
    )
    one = the_statement(*a_week(a_fund(entries=entries)))
    assert [(lacking.entry.day, lacking.pence) for lacking in one.lacking] == [(-1, 1000), (0, 500)]
    assert one.banked == 700


def a_week_at_the_years_end(**changes: object) -> tuple[Rota, Problem]:
    """£700 a week and £30 of care a day; the year's last day is Tuesday."""
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    prices = (FundPrice(60, 3000, 3000, 3000),)
    given = {"budget": 70_000, "contribution": 0, "fee": 0, "opening": 0, "year_end": 1, "prices": prices}
    problem = a_problem(
        [a_visit(day, f"{day} 08:00", minutes=60) for day in days],
        funds=(a_fund(**{**given, **changes}),),
        start=date(2026, 3, 30),
    )
    return a_rota(*(a_leg(day, start=f"{day} 08:00", minutes=60) for day in days)), problem


def test_a_year_that_ends_within_the_week_is_reckoned_to_its_last_day():
    """Two days' £200 less two days' £60: £140, whatever the rest of the week brings. The week itself: £700 - £210."""
    one = the_statement(*a_week_at_the_years_end())
    assert (one.forecast, one.closing) == (14_000, 49_000)
    entries = (FundEntry(1, EntryKind.SPENT, 1000), FundEntry(2, EntryKind.SPENT, 500))
    one = the_statement(*a_week_at_the_years_end(entries=entries))
    assert (one.forecast, one.closing) == (13_000, 47_500)


def test_care_up_to_the_years_end_is_what_was_delivered():
    """Monday was missed, and Tuesday given: £200 - £30. Of the other days nothing is known yet."""
    rota, problem = a_week_at_the_years_end()
    given = Actual("Tue", "aled", minute("Tue 08:00"), minute("Tue 09:00"))
    one = the_statement(rota, problem, Actual("Mon", "aled", None, None), given)
    assert (one.forecast, one.closing) == (17_000, 70_000 - 6 * 3000)


def test_the_last_day_of_the_period_can_be_the_years_last():
    one = the_statement(*a_week_at_the_years_end(year_end=6))
    assert one.forecast == one.closing == 49_000


def test_delivered_care_is_charged_and_minutes_cut_short_are_credited():
    """Monday 20 of 30 min: £16 less a third (£5.33); Tuesday one of two carers came: £30. Saturday: nobody."""
    rota, problem = a_week()
    one = the_statement(
        rota,
        problem,
        Actual("one", "aled", minute("08:10"), minute("08:30")),
        Actual("two", "aled", minute("Tue 08:00"), minute("Tue 09:00")),
        Actual("two", "bea", None, None),
    )
    assert one.delivered_cost == 1600 - 533 + 3000
    assert one.delivered_minutes == 80
    assert one.closing == 9000 + 20_000 - 3000 - 1000 - one.delivered_cost


def test_minutes_planned_are_those_of_the_carers_who_are_planned():
    """Monday 30 min, Tuesday's hour by one of the two carers who were asked for."""
    rota, problem = a_week()
    one = the_statement(a_rota(*(leg for leg in rota.legs if not leg.second)), problem)
    assert (one.planned_minutes, one.planned_cost) == (30 + 60, 1600 + 3000)


def test_what_nobody_recorded_is_charged_as_planned_and_what_was_missed_is_free():
    """Monday missed: nothing. Of Tuesday one carer is recorded, for 40 of 60 min: £55 less a third of £30, the other's
    £25 as planned. Of Saturday nothing was planned or recorded."""
    rota, problem = a_week()
    one = the_statement(
        rota,
        problem,
        Actual("one", "aled", None, None),
        Actual("two", "aled", minute("Tue 08:00"), minute("Tue 08:40")),
    )
    assert [(c.cost, c.unrecorded) for c in one.charges.values()] == [(0, False), (4500, True), (0, False)]
    assert (one.delivered_cost, len(one.unrecorded), one.delivered_minutes) == (4500, 1, 40)


def test_choices_when_the_wishes_exceed_the_money():
    """£80 less £40 leave £40 for wishes of £104: £64 too much."""
    rota, problem = a_week(a_fund(budget=8000))
    one = the_statement(rota, problem)
    assert one.over == 6400
    told = {(c.kind, c.visit.plan if c.visit else ""): (c.saving, c.enough) for c in one.choices}
    assert told == {
        ("shorter", "am"): (600, False),
        ("fewer", "am"): (1600, False),
        ("shorter", "hoist"): (5500 - 3200, False),
        ("single-handed review", "hoist"): (2500, False),
        ("fewer", "hoist"): (5500, False),
        ("shorter", "sat"): (1500, False),
        ("fewer", "sat"): (3300, False),
        ("banked hours", ""): (6400, True),
    }


@pytest.mark.parametrize(
    "budget, days, kept, over",
    [
        (7000, 1, False, 0),
        (7000, 1, True, 2000),
        (7000, 7, False, 0),
        (5000, 7, False, 1000),
        (5000, 8, False, 1000),
    ],
)
def test_a_week_that_the_period_cuts_short_is_not_judged(budget, days, kept, over):
    """£70 a week pay for £30 on Monday and on Thursday, and Monday's seventh of it is no limit for Monday's visit. A
    fund that is kept to goes by its days all the same (£10 of £30), as the rule does that plans nothing beyond it."""
    given = {"budget": budget, "contribution": 0, "fee": 0, "prices": (FundPrice(60, 3000, 3000, 3000),)}
    thursday = [a_visit("two", "Thu 08:00", minutes=60)] if days > 3 else []
    visits = [a_visit("one", "08:00", minutes=60), *thursday]
    problem = a_problem(visits, funds=(a_fund(**given, kept=kept),), days=days)
    one = the_statement(a_rota(days=days), problem)
    assert one.over == over


def test_no_choice_is_shorter_than_the_tasks_or_the_policy_allow():
    rota, problem = a_week(a_fund(budget=8000), policy=Policy.FLOOR)
    kinds = {(c.kind, c.visit.plan) for c in the_statement(rota, problem).choices if c.visit}
    assert ("shorter", "am") not in kinds
    needed = problem.replace(visits=tuple(replace(v, needed=45) for v in problem.visits))
    assert not [c for c in the_statement(rota, needed).choices if c.kind == "shorter"]


def test_respite_and_what_is_time_critical_are_not_offered_to_be_left_out():
    rota, problem = a_week(a_fund(budget=8000))
    first, second, third = problem.visits
    marked = (replace(first, purpose=Purpose.RESPITE), replace(second, time_critical=True), third)
    kinds = [
        c.visit.plan
        for c in the_statement(rota, problem.replace(visits=marked)).choices
        if c.kind == "fewer" and c.visit
    ]
    assert kinds == ["sat"]


def test_the_persons_own_team_and_times():
    """Aled does two of three legs; Monday is ten minutes off, Tuesday none."""
    one = the_statement(*a_week(a_fund(team=("aled",))))
    assert one.team_share == pytest.approx(2 / 3)
    assert one.off == 5
    assert the_statement(*a_week()).team_share is None


def test_a_fund_checks_itself():
    with pytest.raises(DomainError, match="contribution and fee are more than the budget"):
        a_fund(budget=3999)
    with pytest.raises(DomainError, match="no price list"):
        a_fund(prices=())
