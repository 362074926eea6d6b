"""Aled works every day, ten minutes from home; once a week he is 24 hours at home."""

from __future__ import annotations

from scheduler.rules.weekly_rest import WeeklyRest
from scheduler.units import DAY
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_problem,
    a_rota,
    a_visit,
    found,
    minute,
    some_settings,
    told,
)

VISITS = [a_visit(f"v{day}", day * DAY + minute("12:00")) for day in range(14)]


MARY = a_client("mary", 10)
EARLY, LATE = a_visit("early", "Tue 00:10"), a_visit("late", "Sat 23:20")
WEEK = a_problem([*VISITS[:7], EARLY, LATE], [a_carer("aled")], [MARY])


def work(days, **others):
    """A leg at noon for half an hour on each of these days, and these others."""
    noons = [a_leg(f"v{day}", start=day * DAY + minute("12:00")) for day in days]
    return a_rota(*noons, *(a_leg(visit, start=start) for visit, start in others.items()))


def amounts(rota):
    return [finding.amount for finding in found(WeeklyRest(), rota, WEEK)]


def test_every_day_at_noon_leaves_no_long_rest():
    """Home at 12:40, away at 11:50: 23 h 10 min, and 50 minutes are missing."""
    [finding] = found(WeeklyRest(), work(range(7)), WEEK)
    assert finding.sentence == (
        "The longest rest of Aled in the week from 02/11/2026 is 23 h 10 min, and 24 h are due."
    )
    assert (finding.amount, finding.carer, finding.cure) == (50, "aled", "give Aled a free day in that week")


def test_broken_by_one_minute_between_two_rounds():
    assert amounts(work([0, 1, 2, 4, 5, 6], v3="Thu 12:50")) == []
    assert amounts(work([0, 1, 2, 4, 5, 6], v3="Thu 12:49")) == [1]


def test_the_time_before_the_first_round_counts():
    """Monday is free; on Tuesday Aled is out from midnight on."""
    assert amounts(work(range(1, 7), early="Tue 00:10")) == []
    assert amounts(work(range(1, 7), early="Tue 00:09")) == [1]


def test_the_time_after_the_last_round_counts():
    """Sunday is free; on Saturday Aled is home at midnight."""
    assert amounts(work(range(6), late="Sat 23:20")) == []
    assert amounts(work(range(6), late="Sat 23:21")) == [1]


def test_a_week_without_work_is_fine():
    assert amounts(work([])) == []


def test_each_full_week_is_judged_and_a_part_of_one_is_not():
    for days, judged in ((14, [0, 7]), (13, [0])):
        problem = a_problem(VISITS[:days], [a_carer("aled")], [MARY], days=days)
        rota = a_rota(*work(range(days)).legs, days=days)
        assert [finding.day for finding in found(WeeklyRest(), rota, problem)] == judged


def test_not_even_where_two_days_are_asked():
    """Saturday 12:40 to Sunday 24:00 are 35 h 20 min, but the Sunday is not in the period: nobody knows."""
    problem = a_problem(
        VISITS[:6], [a_carer("aled")], [MARY], days=6, settings=some_settings(weekly_rest=2 * DAY)
    )
    assert found(WeeklyRest(), a_rota(*work(range(6)).legs, days=6), problem) == []


def test_the_solver_is_told_the_same_rest():
    assert told(WeeklyRest(), WEEK) == [("weekly_rest", 0, 1440)]


def test_under_18_the_rest_is_two_days():
    """Free on Sunday only: 24 hours and the night are enough for an adult, not at 17."""
    rota, adult = work(range(6)), WEEK
    young = adult.replace(carers=(a_carer("aled", young=True),))
    assert found(WeeklyRest(), rota, adult) == []
    [finding] = found(WeeklyRest(), rota, young)
    assert finding.amount == 2 * DAY - max_rest(rota, adult)
    assert told(WeeklyRest(), young) == [("weekly_rest", 0, 2880)]


def max_rest(rota, problem):
    """Longest rest in the week, found by asking for more than anybody could give."""
    greedy = problem.replace(settings=some_settings(weekly_rest=7 * DAY))
    [finding] = found(WeeklyRest(), rota, greedy)
    return 7 * DAY - finding.amount
