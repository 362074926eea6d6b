"""Measures: every key worked by hand on one small rota, then the edges of those that have some."""

from __future__ import annotations

from itertools import combinations

import pytest

from scheduler.check import check
from scheduler.domain import PayBasis, PayTerms, Relation, Tie
from scheduler.measures import MEASURES, continuity, measure
from scheduler.problem import Problem
from scheduler.rota import Rota
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
    some_settings,
)


def two_clients() -> tuple[Rota, Problem]:
    """Mary (0, 0) plays chess and prefers Aled, who has been before, as has Carys, who has left. Nia (10, 0) is
    double-handed and wants one carer only. Aled (0, 0) plays chess and is paid £12 for contact only and 45p a mile;
    Beth (10, 0) £12 for contact and travel.

    Monday: Aled with Mary 08:00-08:30, then 10 min of travel and 25 of waiting, then 09:05-09:45 Beth and Aled with
    Nia, five minutes late and 10 min longer than commissioned; Beth with Mary 20:00-20:15. Tuesday: Aled with Mary
    08:00-08:20, who needs a skill that he lacks; her lunch is unallocated.
    """
    problem = a_problem(
        [
            a_visit("m1", "08:00"),
            a_visit("n1", "09:00", client="nia", carers=2),
            a_visit("m2", "20:00", minutes=15, short_agreed=True),
            a_visit("m3", "Tue 08:00", minutes=20, skills=frozenset({"stoma"})),
            a_visit("m4", "Tue 12:00"),
        ],
        [
            a_carer(
                "aled",
                pay=PayTerms(PayBasis.CONTACT, hourly=1200, mileage=45),
                interests=frozenset({"chess"}),
            ),
            a_carer("beth", x=10, pay=PayTerms(PayBasis.CONTACT_TRAVEL, hourly=1200)),
        ],
        [a_client("mary", interests=frozenset({"chess"})), a_client("nia", x=10, max_carers=1)],
        [
            a_shift("aled", "07:00", "12:00"),
            a_shift("aled", "Tue 07:00", "Tue 12:00"),
            a_shift("beth", "08:00", "12:00"),
            a_shift("beth", "18:00", "22:00"),
        ],
        ties=(Tie("mary", "aled", Relation.PREFER),),
        history=(a_past_visit("mary", "aled"), a_past_visit("mary", "carys")),
    )
    rota = a_rota(
        a_leg("m1", "aled", "08:00"),
        a_leg("n1", "beth", "09:05", minutes=40),
        a_leg("n1", "aled", "09:05", minutes=40, second=True),
        a_leg("m2", "beth", "20:00", minutes=15),
        a_leg("m3", "aled", "Tue 08:00", minutes=20),
    )
    return rota, problem


EXPECTED = {
    "visits": 5,
    "unallocated": 1,
    "clients_with_unallocated": 1,
    "hard_findings": 1,
    # Wages (90 + 55 min at £15.60) £37.70, mileage for 10 km at 45p 279.6p
    "cost_pence": 4050,
    "cost_per_contact_hour_pence": 1676,  # 40.50 x 60 / 145
    # 4049.6 + lunch 60,000 + faces 150 + 3 x 1500 + Nia's second carer 5000 + Beth not preferred 120 - chess 2 x 100
    # + 5 min late 15 + 30 min from and to home 120 + 35 min of Aled's that nobody pays 1050
    # + 700p that his pay lacks to the minimum wage, at ten times 7000
    "objective_pence": 81_805,
    "contact_minutes": 145,  # Aled 30 + 40 + 20, Beth 40 + 15
    "travel_minutes": 10,
    "waiting_minutes": 25,
    "home_minutes": 30,  # Aled back from Nia, Beth to Mary and back
    "miles": 6.2,
    "paid_minutes": 145,
    "contact_share": 145 / 180,
    "travel_minutes_per_contact_hour": 600 / 145,
    "distinct_carers_mean": 2.5,  # Mary: Aled, Beth, and Carys last week; Nia: Aled, Beth
    "distinct_carers_worst": 3,
    "carers_promise_kept_share": 0.5,  # Mary's 3 are promised; Nia asked for 1
    "new_faces": 3,  # Beth for Mary, both for Nia
    "first_visit_share": 3 / 5,
    "core_team_share": 1,
    "upc_mean": 2 / 3,  # Mary only: Nia has one visit
    "coc_mean": 1 / 3,  # of Mary's three pairs of visits one has the same carer
    "interest_matches": 2,
    "preferred_carer_share": 2 / 3,
    "short_visits": 2,
    "short_visits_agreed": 1,
    "visits_30_or_more_share": 2 / 4,
    "uncommissioned_minutes": 20,
    "minutes_off_preferred_mean": 5 / 4,
    "overnight_gap_worst": 705,  # 20:15 to 08:00
    "minimum_wage_shortfalls": 1,
    "minimum_wage_shortfall_pence": 700,  # Aled: 90 of 125 min are paid
}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_measure_worked_by_hand(name):
    assert measure(*two_clients())[name] == pytest.approx(EXPECTED[name], abs=1e-9)


def test_every_measure_is_worked_by_hand_and_says_what_it_counts():
    assert sorted(one.name for one in MEASURES) == sorted(EXPECTED)
    assert all(one.doc.endswith(".") and one.unit for one in MEASURES)


def test_an_empty_week_has_every_measure_and_all_are_nothing():
    assert set(measure(a_rota(), a_problem()).values()) == {0}


def test_findings_at_hand_are_used():
    rota, problem = two_clients()
    findings = check(rota, problem).findings
    assert measure(rota, problem, findings) == measure(rota, problem)
    assert measure(rota, problem, ())["hard_findings"] == 0


# -- continuity --------------------------------------------------------------------------------------------------------


def a_run_of(*teams: str, carers: int = 1) -> tuple[Rota, Problem]:
    """Mary's visits, one a day from day 0: who comes to each, by the letters a to e; a pair leads and helps."""
    staff = [a_carer(name) for name in "abcdef"]
    visits = [a_visit(f"v{i}", i * DAY + 480, carers=carers) for i in range(len(teams))]
    legs = [
        a_leg(f"v{i}", name, i * DAY + 480, second=n > 0)
        for i, team in enumerate(teams)
        for n, name in enumerate(team)
    ]
    days = max(len(teams), 1)
    return a_rota(*legs, days=days), a_problem(visits, staff, days=days)


@pytest.mark.parametrize(
    "teams, upc, coc",
    [
        ("aaaa", 1, 1),
        ("abcd", 1 / 4, 0),
        ("aabb", 1 / 2, 1 / 3),  # (2² + 2² - 4) / (4 x 3)
        ("aaab", 3 / 4, 1 / 2),  # (3² + 1² - 4) / (4 x 3)
        ("aabcc", 2 / 5, 1 / 5),  # (4 + 1 + 4 - 5) / (5 x 4)
    ],
)
def test_single_handed_coc_is_that_of_bice_and_boxerman(teams, upc, coc):
    (row,) = continuity(*a_run_of(*teams))
    assert (row.upc, row.coc) == pytest.approx((upc, coc))


@pytest.mark.parametrize(
    "teams, upc, coc",
    [
        (["ab", "ab", "ba"], 1, 1),  # a steady pair, whoever leads
        (["ab", "ac"], 1, 1 / 2),
        (["ab", "ac", "bc"], 2 / 3, 1 / 2),
        (["ab", "cd"], 1 / 2, 0),
        (["ab", "a"], 1, 1),  # one visit with a helper, one without
    ],
)
def test_a_double_up_counts_by_who_is_present(teams, upc, coc):
    (row,) = continuity(*a_run_of(*teams, carers=2))
    assert (row.upc, row.coc) == pytest.approx((upc, coc))


def test_one_visit_has_no_coc():
    (row,) = continuity(*a_run_of("a"))
    assert row.coc is None


def test_the_core_team_is_three_for_a_single_handed_client():
    (row,) = continuity(*a_run_of("a", "a", "b", "b", "c", "d"))
    assert row.core_team == ("a", "b", "c")
    assert row.core_team_share == 5 / 6
    assert measure(*a_run_of("a", "a", "b", "b", "c", "d"))["core_team_share"] == 5 / 6


def test_the_core_team_is_five_for_a_double_handed_client():
    (row,) = continuity(*a_run_of("ab", "ac", "de", "fa", carers=2))
    assert row.core_team == ("a", "b", "c", "d", "e")
    assert row.core_team_share == 7 / 8
    assert row.double_handed


def test_a_row_of_the_table():
    rota, problem = two_clients()
    mary, nia = continuity(rota, problem)
    assert (mary.name, mary.visits, mary.legs, mary.distinct, mary.distinct_rolling) == ("Mary", 3, 3, 2, 3)
    assert (mary.promised, mary.own_limit, mary.new_faces, mary.kept) == (3, None, 1, True)
    assert (nia.visits, nia.legs, nia.promised, nia.own_limit, nia.kept) == (1, 2, 5, 1, False)


@pytest.mark.parametrize("days_ago, distinct", [(7, 2), (8, 1)])
def test_the_rolling_window_ends_with_the_period(days_ago, distinct):
    """14 days that end with the week begin 7 days before it."""
    problem = a_problem(
        [a_visit()], [a_carer("aled")], history=(a_past_visit("mary", "carys", -days_ago * DAY),)
    )
    assert measure(a_rota(a_leg()), problem)["distinct_carers_mean"] == distinct


def test_of_a_period_longer_than_the_window_the_days_that_saw_most_count():
    """28 days, a carer each week and another for a single day: 14 of them hold four carers at the most, 21 all five."""
    rota, problem = a_run_of(*"aaaaaaabbbbbbcdddddddeeeeeee")
    (row,) = continuity(rota, problem)
    assert (row.distinct, row.distinct_rolling) == (5, 4)
    assert measure(rota, problem)["distinct_carers_mean"] == 4
    longer = problem.replace(settings=some_settings(rolling_days=21))
    assert measure(rota, longer)["distinct_carers_mean"] == 5


def test_six_faces_in_the_first_week_are_not_forgotten_in_the_fourth():
    rota, problem = a_run_of(*"abcdef", *22 * [""])
    (row,) = continuity(rota, problem)
    assert (row.distinct_rolling, row.kept) == (6, False)


def test_a_client_whom_nobody_is_planned_for_is_not_in_the_table():
    assert continuity(a_rota(), a_problem([a_visit()])) == ()


# -- nights ------------------------------------------------------------------------------------------------------------


def a_night(evening: str, morning: str, start: str = "", next_start: str = "") -> int | float:
    visits = [a_visit("bed", evening), a_visit("up", f"Tue {morning}")]
    rota = a_rota(a_leg("bed", start=start or evening), a_leg("up", start=next_start or f"Tue {morning}"))
    return measure(rota, a_problem(visits))["overnight_gap_worst"]


def test_the_case_of_the_human_rights_commission_is_17_hours():
    """Put to bed at five in the afternoon, helped up at ten."""
    assert a_night("16:30", "10:00") == 17 * 60


@pytest.mark.parametrize(
    "evening, morning, counted",
    [
        ("16:00", "08:00", True),
        ("15:59", "08:00", False),
        ("20:00", "11:59", True),
        ("20:00", "12:00", False),
    ],
)
def test_a_night_lies_between_an_evening_and_a_morning_visit(evening, morning, counted):
    assert (a_night(evening, morning) > 0) is counted


def test_planned_times_count():
    assert a_night("20:00", "08:00", start="19:40", next_start="Tue 08:20") == 730


def test_a_morning_that_nobody_comes_makes_the_night_longer():
    visits = [a_visit("bed", "20:00"), a_visit("up", "Tue 08:00"), a_visit("lunch", "Tue 12:00")]
    rota = a_rota(a_leg("bed", start="20:00"), a_leg("lunch", start="Tue 12:00"))
    assert measure(rota, a_problem(visits))["overnight_gap_worst"] == 15 * 60 + 30


THREE_DAYS = {
    f"{day} {time}": a_visit(f"{day} {time}", f"{day} {time}")
    for day in ("Mon", "Tue", "Wed")
    for time in ("08:00", "20:00")
}


def the_night(*planned: str) -> int | float:
    """Mary asks for a morning and an evening on three days, and gets these."""
    return measure(a_rota(*(a_leg(id, start=id) for id in planned)), a_problem(THREE_DAYS.values()))[
        "overnight_gap_worst"
    ]


def test_a_day_on_which_nobody_comes_joins_two_nights():
    """From 20:30 on Monday to 08:00 on Wednesday."""
    assert the_night(*THREE_DAYS) == 11 * 60 + 30
    assert the_night("Mon 08:00", "Mon 20:00", "Wed 08:00", "Wed 20:00") == 35 * 60 + 30


def test_a_night_that_no_visit_bounds_lasts_as_long_as_the_days_asked_for():
    assert the_night("Mon 20:00") == 2 * DAY + 3 * 60 + 30
    assert the_night("Wed 08:00") == 2 * DAY + 8 * 60
    assert the_night() == 3 * DAY


def test_leaving_a_visit_out_never_makes_the_longest_night_shorter():
    for few in range(len(THREE_DAYS)):
        for left in combinations(THREE_DAYS, few):
            for one in THREE_DAYS.keys() - set(left):
                assert the_night(*left) >= the_night(*left, one)


# -- lengths -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes, short", [(29, 1), (30, 0)])
def test_a_visit_is_short_under_thirty_planned_minutes(minutes, short):
    found = measure(a_rota(a_leg(minutes=minutes)), a_problem([a_visit(minutes=15)]))
    assert (found["short_visits"], found["visits_30_or_more_share"]) == (short, 1 - short)


def test_a_client_who_named_nobody_is_left_out_of_the_preferred_share():
    rota, problem = two_clients()
    assert measure(rota, problem.replace(ties=()))["preferred_carer_share"] == 0
