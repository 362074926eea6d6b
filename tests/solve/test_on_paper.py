"""Plans worked out on paper: impossible visits, the smallest problems, teams, who comes and for how long."""

from __future__ import annotations

import dataclasses

import pytest

from scheduler.domain import Link, PayTerms, Purpose
from scheduler.problem import Problem
from scheduler.settings import Policy
from scheduler.solve import solve
from scheduler.solve.model import encode
from scheduler.solve.teams import plan_teams
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_past_visit,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    minute,
    some_settings,
)
from tests.solve.plans import BREAKFAST, FREE, planned

IMPOSSIBLE = {
    "a skill that nobody has": [a_visit("x", "10:00", skills=frozenset({"flying"}))],
    "two carers where there is one": [a_visit("x", "10:00", carers=2)],
    "a window that no shift meets": [a_visit("x", "23:00")],
    "longer than any shift": [a_visit("x", "10:00", minutes=600)],
    "locked outside its window": [a_visit("x", "10:00", fixed_start=minute("11:00"))],
    "locked to somebody without the skill": [
        a_visit("x", "10:00", skills=frozenset({"flying"}), fixed_carers=("aled",))
    ],
    "at the very time of another": [
        a_visit("y", "10:00", slack=0, fixed_start=minute("10:00"), priority=1),
        a_visit("x", "10:00", slack=0, priority=5),
    ],
    "linked to a time that cannot be": [
        a_visit("y", "10:00", slack=0, priority=1),
        a_visit("x", "12:00", slack=0, priority=5),
    ],
}


@pytest.mark.parametrize("visits", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_an_impossible_visit_is_left_out_and_told_about(visits):
    link = (
        Link(visits[0].id, visits[-1].id, at_least=121)
        if len({visit.preferred for visit in visits}) == 2
        else None
    )
    problem = a_problem(
        [BREAKFAST, *visits],
        shifts=[a_shift("aled", "07:00", "14:00")],
        links=(link,) if link else (),
    )
    result = planned(problem)
    assert result.report.clean
    assert [visit.id for visit in result.rota.unallocated(problem)] == ["x"]
    assert result.proofs["x"]


LITTLE = {
    "no visits": (a_problem([]), 0, 0),
    "no carers": (a_problem([BREAKFAST], carers=[]), 0, 1),
    "nobody at all": (a_problem([], carers=[]), 0, 0),
    "no shifts": (a_problem([BREAKFAST], shifts=[]), 0, 1),
    "a carer without a shift": (
        a_problem([BREAKFAST], [a_carer("aled"), a_carer("bethan")], shifts=[a_shift("aled")]),
        1,
        0,
    ),
    "a client without visits": (a_problem([BREAKFAST], clients=[a_client("mary"), a_client("nan")]), 1, 0),
    "one day": (a_problem([BREAKFAST], days=1), 1, 0),
    "every visit impossible": (a_problem([a_visit("x", "08:00", skills=frozenset({"flying"}))]), 0, 1),
}


@pytest.mark.parametrize("problem, legs, unallocated", LITTLE.values(), ids=LITTLE)
@pytest.mark.parametrize("workers", [1, 2])
def test_the_smallest_problems(problem, legs, unallocated, workers):
    result = planned(problem, iterations=50, workers=workers)
    assert (len(result.rota.legs), result.unallocated) == (legs, unallocated)
    assert planned(problem, iterations=50, start=result.rota).rota.legs == result.rota.legs


def test_nothing_to_search_for_takes_no_time():
    assert solve(a_problem([]), seconds=30.0).seconds < 5


def test_a_visit_waits_for_the_break_that_is_due():
    """Six hours without a pause; the last visit would like to begin at once, and may from 20 minutes later."""
    hourly = [a_visit(f"at {h}", h * 60, f"client{h}", minutes=60, slack=0) for h in range(7, 13)]
    problem = a_problem(
        [*hourly, a_visit("last", "13:00", "olwen")], shifts=[a_shift("aled", "07:00", "15:00")]
    )
    result = planned(problem)
    assert result.unallocated == 0
    assert [leg.start for leg in result.rota.of_visit("last")] == [minute("13:20")]


def two_villages() -> Problem:
    """An hour apart, two clients each, and two carers who live there: one works mornings, the other evenings."""
    clients = [a_client(f"{side}{i}", x, i) for side, x in (("west", 0), ("east", 60)) for i in (1, 2)]
    carers = [
        a_carer(f"{side}-{part}", x) for side, x in (("west", 0), ("east", 60)) for part in ("am", "pm")
    ]
    visits = [
        a_visit(f"{client.id} {day} {clock}", day * 1440 + minute(clock), client.id)
        for client in clients
        for day in range(6)  # the seventh day is the carers' weekly rest
        for clock in ("08:00", "20:00")
    ]
    hours = {"am": ("07:00", "11:00"), "pm": ("18:00", "22:00")}
    shifts = [
        a_shift(carer.id, *(day * 1440 + minute(clock) for clock in hours[carer.id[-2:]]))
        for carer in carers
        for day in range(7)
    ]
    return a_problem(visits, carers, clients, shifts)


def test_two_obvious_teams_are_found():
    problem = two_villages()
    teams = plan_teams(encode(problem))
    found = {(problem.clients[client].id, problem.carers[carer].id) for client, carer in teams.pairs}
    assert found == {
        (f"{side}{i}", f"{side}-{part}") for side in ("west", "east") for i in (1, 2) for part in ("am", "pm")
    }
    assert (teams.size(), teams.status) == (2.0, "OPTIMAL")


def test_the_plan_keeps_to_the_teams():
    problem = two_villages()
    result = planned(problem, iterations=20_000)
    assert result.unallocated == 0
    assert all(leg.carer[:4] == leg.visit[:4] for leg in result.rota.legs)
    assert (result.team_size, result.team_status) == (2.0, "OPTIMAL")


def test_teams_are_not_planned_where_nobody_asks_or_a_rota_is_there():
    assert planned(two_villages(), iterations=10, teams=False).team_status == "not asked for"
    start = a_rota(a_leg("west1 0 08:00", "west-am", "08:00"))
    assert planned(two_villages(), iterations=10, start=start).team_status == "not asked for"


@pytest.mark.parametrize("together, tea", [(10, 1), (11, 0), (0, 0)])
def test_the_second_carer_leaves_when_the_part_together_is_done(together, tea):
    """Two carers lift Mary at 08:00. Whoever only helps for ten minutes can be with Nan, who must be seen at 08:10;
    eleven minutes, or the whole hour, are too long."""
    visits = [
        a_visit("lift", "08:00", minutes=60, slack=0, carers=2, together=together, priority=1),
        a_visit("tea", "08:10", client="nan", slack=0, priority=5),
    ]
    problem = a_problem(visits, [a_carer("aled"), a_carer("bethan")], days=1)
    result = planned(problem)
    lead, helper = result.rota.of_visit("lift")
    assert (lead.minutes, helper.minutes, helper.second) == (60, together or 60, True)
    assert lead.carer != helper.carer
    assert [leg.carer for leg in result.rota.of_visit("tea")] == [helper.carer] * tea


def twenty_or_thirty(known_hourly: int) -> Problem:
    """Under NICE a 20 minute visit is lawful with Aled, whom Mary knows, and takes 30 with Bethan, whom she does not.
    Bethan costs 1,200 pence an hour, with on-costs 1,560: 26 a minute, 780 for the visit. Everybody lives next door."""
    return a_problem(
        [a_visit("pills", "08:00", minutes=20, purpose=Purpose.TIME_LIMITED)],
        [a_carer("aled", pay=PayTerms(hourly=known_hourly)), a_carer("bethan", pay=PayTerms(hourly=1200))],
        [a_client(wider_package=True)],
        history=(a_past_visit("mary", "aled"),),
        settings=some_settings(policy=Policy.NICE, prices=FREE),
    )


@pytest.mark.parametrize(
    "known_hourly, carer, minutes, price",
    [
        (1200, "aled", 20, 20 * 1560),
        (1799, "aled", 20, 20 * 2339),
        (1801, "bethan", 30, 30 * 1560),
        (3000, "bethan", 30, 30 * 1560),
    ],
)
def test_a_known_face_for_twenty_minutes_or_a_new_one_for_thirty(known_hourly, carer, minutes, price):
    """Aled's 20 minutes cost as much as Bethan's 30 where he earns half as much again: 1,800 pence an hour."""
    result = planned(twenty_or_thirty(known_hourly))
    assert [(leg.carer, leg.minutes) for leg in result.rota.legs] == [(carer, minutes)]
    assert result.report.total == price


def test_a_known_face_is_worth_its_price():
    """With the prices of continuity Aled may cost 1,350 pence more, the new face's 1,500 less the known one's 150:
    2,130 for 20 minutes, and with his hour at 6,390 that is 6,390 x 10 / 13 = 4,915 pence of pay."""
    for hourly, carer in ((4915, "aled"), (4916, "bethan")):
        problem = twenty_or_thirty(hourly)
        problem = problem.replace(settings=dataclasses.replace(problem.settings, prices={}))
        [leg] = planned(problem).rota.legs
        assert leg.carer == carer
