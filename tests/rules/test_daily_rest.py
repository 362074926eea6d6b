"""Aled lives ten minutes from Mary: eleven hours at home lie between two working days."""

from __future__ import annotations

from scheduler.rules.daily_rest import DailyRest
from scheduler.units import DAY
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_past_visit,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    found,
    minute,
    told,
)

MARY = a_client("mary", 10)
VISITS = [
    a_visit("bed", "21:00"),
    a_visit("up", "Tue 08:00"),
    a_visit("lunch", "Tue 12:00"),
    a_visit("tea", "Wed 17:00"),
]
PROBLEM = a_problem(VISITS, [a_carer("aled"), a_carer("tom", young=True)], [MARY])


def night(carer, until, start):
    """`carer` works until `until` on Monday and again from `start` on Tuesday."""
    return a_rota(a_leg("bed", carer, minute(until) - 30, 30), a_leg("up", carer, start))


def test_kept_to_the_minute():
    """Home at 21:40 + 11 h = 08:40; ten minutes to Mary: 08:50."""
    assert found(DailyRest(), night("aled", "21:30", "Tue 08:50"), PROBLEM) == []


def test_broken_by_one_minute():
    [finding] = found(DailyRest(), night("aled", "21:30", "Tue 08:49"), PROBLEM)
    assert finding.sentence == (
        "Aled is home at 21:40 from the round 21:00-21:30 on Mon and leaves at 08:39 for "
        "the round 08:49-09:19 on Tue: 10 h 59 min of rest, and 11 h are due."
    )
    assert (finding.amount, finding.carer, finding.day) == (1, "aled", 1)
    assert (
        finding.cure == "end the round 21:00-21:30 on Mon earlier or start the round 08:49-09:19 on Tue later"
    )


def test_a_split_shift_until_ten_and_again_from_seven_breaks_it():
    """22:00 to 07:00 are nine hours, less ten minutes home and ten back: 140 minutes are missing."""
    shifts = [
        a_shift("aled", "07:00", "11:00"),
        a_shift("aled", "16:00", "22:00"),
        a_shift("aled", "Tue 07:00", "Tue 11:00"),
        a_shift("aled", "Tue 16:00", "Tue 22:00"),
    ]
    problem = a_problem([*VISITS, a_visit("wash", "08:00")], [a_carer("aled")], [MARY], shifts)
    rota = a_rota(
        a_leg("wash", start="07:00"),
        a_leg("bed", start="21:30", minutes=30),
        a_leg("up", start="Tue 07:00"),
        a_leg("lunch", start="Tue 20:00"),
    )
    [finding] = found(DailyRest(), rota, problem)
    assert finding.amount == 140


def test_the_first_round_of_the_next_day_counts_not_a_later_one():
    rota = a_rota(
        a_leg("bed", start="21:00"), a_leg("up", start="Tue 07:00"), a_leg("lunch", start="Tue 12:00")
    )
    assert [finding.day for finding in found(DailyRest(), rota, PROBLEM)] == [1]


def test_within_one_day_no_rest_is_asked():
    rota = a_rota(a_leg("up", start="Tue 08:00"), a_leg("lunch", start="Tue 12:00"))
    assert found(DailyRest(), rota, PROBLEM) == []


def test_a_free_day_is_rest_enough():
    assert (
        found(DailyRest(), a_rota(a_leg("bed", start="23:30"), a_leg("tea", start="Wed 00:30")), PROBLEM)
        == []
    )


def test_a_young_carer_rests_twelve_hours():
    assert found(DailyRest(), night("tom", "20:30", "Tue 08:50"), PROBLEM) == []
    assert [
        finding.amount for finding in found(DailyRest(), night("tom", "20:31", "Tue 08:50"), PROBLEM)
    ] == [1]


def test_the_evening_before_the_period_counts():
    """Sunday 22:00-22:30 with Mary, home at 22:40; eleven hours later it is 09:40, ten minutes to Mary: 09:50."""
    sunday = (a_past_visit("mary", "aled", minute("22:00") - DAY, 30), a_past_visit("mary", "aled", -900, 30))
    problem = a_problem([a_visit("up", "09:50")], [a_carer("aled")], [MARY], history=sunday)
    assert found(DailyRest(), a_rota(a_leg("up", start="09:50")), problem) == []
    [finding] = found(DailyRest(), a_rota(a_leg("up", start="09:49")), problem)
    assert finding.sentence == (
        "Aled is home at 22:40 from the evening before this rota and leaves at 09:39 for "
        "the round 09:49-10:19 on Mon: 10 h 59 min of rest, and 11 h are due."
    )
    assert (finding.amount, finding.cure) == (1, "start the round 09:49-10:19 on Mon later")
    assert told(DailyRest(), problem) == [("rest_between", 0, 660), ("worked_until", 0, -80)]


def test_a_past_visit_to_somebody_who_has_left_has_no_way_home():
    problem = a_problem(VISITS, [a_carer("aled")], [MARY], history=(a_past_visit("nan", "aled", -120, 30),))
    assert told(DailyRest(), problem) == [("rest_between", 0, 660), ("worked_until", 0, -90)]


def test_the_visit_that_ended_last_counts_and_others_carers_do_not():
    history = (
        a_past_visit("nan", "aled", -120, 100),
        a_past_visit("nan", "aled", -60, 30),
        a_past_visit("nan", "zoe", -5),
    )
    problem = a_problem(VISITS, [a_carer("aled")], [MARY], history=history)
    assert told(DailyRest(), problem)[1:] == [("worked_until", 0, -20)]


def test_the_day_before_yesterday_does_not_count():
    problem = a_problem(
        VISITS, [a_carer("aled")], [MARY], history=(a_past_visit("nan", "aled", -DAY - 1, 30),)
    )
    assert told(DailyRest(), problem) == [("rest_between", 0, 660)]
    problem = a_problem(VISITS, [a_carer("aled")], [MARY], history=(a_past_visit("nan", "aled", -DAY, 30),))
    assert ("worked_until", 0, -DAY + 30) in told(DailyRest(), problem)


def test_the_solver_is_told_the_same_rests():
    assert told(DailyRest(), PROBLEM) == [("rest_between", 0, 660), ("rest_between", 1, 720)]
