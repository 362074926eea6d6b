"""solve(): what it promises about budgets, seeds, starts, locks and stops, and plans worked out on paper."""

from __future__ import annotations

import dataclasses
import itertools
import re
from random import Random

import pytest

from scheduler.check import check
from scheduler.domain import Link, PayTerms, Purpose
from scheduler.errors import Disagreement, DomainError, UnknownName
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.settings import Policy
from scheduler.solve import Options, Progress, solve
from scheduler.solve import recipe as recipe_module
from scheduler.solve.anneal import Clock
from scheduler.solve.kernel.doors import best_place
from scheduler.solve.kernel.layout import INFEASIBLE
from scheduler.solve.leftovers import place_leftovers
from scheduler.solve.model import encode
from scheduler.solve.result import Result
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
from tests.random_problems import a_random_problem
from tests.solve.judge import Engine, changed, is_short
from tests.solve.variety import a_varied_problem

BUSY = a_random_problem(3, clients=10, carers=8, days=3, visits=70)
FREE = {
    "continuity.new_face": 0,
    "continuity.known_face": 0,
}
"""Prices of an agency that does not mind who comes."""


def planned(problem: Problem, iterations: int = 300, **choices) -> Result:
    """A plan that can be made again, by one search unless said otherwise."""
    return solve(problem, iterations=iterations, **{"workers": 1, **choices})


def searched(iterations: int = 480, **choices) -> Result:
    """A plan of the busy days by the search alone."""
    return planned(BUSY, iterations, teams=False, exact=False, **choices)


# -- same seed, same rota --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_same_seed_and_iterations_same_rota(workers):
    first, again = (searched(workers=workers, seed=7) for _ in range(2))
    assert first.rota.legs == again.rota.legs
    assert first.iterations == again.iterations == 480 * workers


@pytest.mark.parametrize("seed", range(4))
def test_teams_and_the_exact_half_are_made_again_too(seed):
    first, again = (planned(a_varied_problem(seed), iterations=60, workers=2) for _ in range(2))
    assert first.unallocated
    assert (first.rota.legs, first.proofs) == (again.rota.legs, again.proofs)


def test_another_seed_another_rota():
    assert len({searched(seed=seed).rota.legs for seed in (1, 2, 3)}) == 3


def test_two_workers_are_not_one_search_made_twice():
    assert searched(workers=2).rota.legs != searched().rota.legs


# -- budget, progress, stop -----------------------------------------------------------------------------------------


def test_a_budget_in_seconds_is_kept():
    result = solve(a_random_problem(1), seconds=0.6, workers=1, teams=False, exact=False)
    assert 0.4 < result.seconds < 3
    assert result.iterations > 0
    assert not result.stopped


def test_progress_is_told_and_the_price_never_rises(monkeypatch):
    """With a clock that jumps a second whenever somebody looks, so that every chunk is told."""
    seconds = itertools.count()
    monkeypatch.setattr(Clock, "elapsed", lambda clock: float(next(seconds)))
    heard: list[Progress] = []
    result = searched(iterations=960, workers=2, on_progress=heard.append)
    assert result.progress == tuple(heard)
    searching = [progress for progress in heard if progress.stage == "searching"]
    assert len(searching) > 20
    for before, after in itertools.pairwise(searching):
        assert before.price >= after.price >= result.report.total
        assert before.share < after.share
        assert before.iterations < after.iterations
    assert searching[0].price > searching[-1].price
    assert (searching[-1].share, searching[-1].iterations) == (1.0, result.iterations)
    assert searching[-1].unallocated >= result.unallocated


def test_every_stage_is_told():
    stages = dict.fromkeys(progress.stage for progress in planned(a_varied_problem(0)).progress)
    assert list(stages) == ["searching", "planning core teams", "placing what is left over", "finished"]


def test_stop_keeps_the_best_so_far_and_says_so():
    calls = itertools.count()
    asked = searched(iterations=24_000, stop=lambda: next(calls) == 3)
    assert asked.stopped
    assert asked.iterations == 300
    assert asked.report.clean
    assert asked.rota.legs
    assert str(asked).endswith("stopped early).")


def test_a_search_for_a_place_for_each_visit_ends_when_each_has_one():
    """What the same search then still improves does not matter to whoever asked; it is no stop by somebody."""
    problem = a_problem([a_visit(f"at {hour}", f"{hour}:00") for hour in (10, 12, 14)])
    whole, asked = (planned(problem, iterations=2_400, until_placed=placed) for placed in (False, True))
    assert (whole.unallocated, asked.unallocated) == (0, 0)
    assert whole.iterations == 2_400
    assert asked.iterations < 2_400
    assert not asked.stopped


def test_a_search_for_a_place_goes_on_where_a_visit_has_none():
    """Nobody may do it."""
    asked = planned(a_problem([a_visit(skills=frozenset({"insulin"}))]), iterations=50, until_placed=True)
    assert (asked.unallocated, asked.iterations) == (1, 50)


def test_stopped_at_once_the_start_rota_is_the_answer():
    start = searched().rota
    result = searched(start=start, stop=lambda: True)
    assert (result.rota.legs, result.stopped, result.iterations, result.lost) == (start.legs, True, 0, {})


# -- starting from a rota ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_a_legal_start_is_never_made_worse(seed):
    problem = a_varied_problem(seed)
    start = Engine(problem, seed=seed).plan(100)
    result = planned(problem, iterations=20, start=start, seed=seed, workers=1 + seed % 2)
    assert result.lost == {}
    assert result.report.total <= check(start, problem).total


def test_a_broken_start_is_repaired_and_the_lost_visits_are_named():
    """Lunch overlaps breakfast by a minute, tea is three hours late, supper is with somebody who has no shift."""
    visits = [
        a_visit("breakfast", "08:00", minutes=60),
        a_visit("lunch", "09:00", minutes=30, client="nan", priority=1),
        a_visit("tea", "16:00", slack=10),
        a_visit("supper", "18:00"),
        a_visit("bed", "20:00"),
    ]
    problem = a_problem(visits, [a_carer("aled"), a_carer("bethan")], shifts=[a_shift("aled")])
    start = a_rota(
        a_leg("breakfast", start="08:00", minutes=60),
        a_leg("lunch", start="08:59", minutes=30),
        a_leg("tea", start="19:00"),
        a_leg("supper", "bethan", start="18:00"),
        a_leg("bed", start="20:00"),
    )
    assert {finding.rule for finding in check(start, problem).hard} == {"travel", "visit_window", "shifts"}
    result = planned(problem, start=start)
    assert result.report.clean
    assert result.unallocated == 0
    assert set(result.lost) - {"breakfast", "lunch"} == {"tea", "supper"}
    assert len({"breakfast", "lunch"} & set(result.lost)) == 1, "one of the two has to give way"


@pytest.mark.parametrize("seed", range(12))
def test_a_start_that_was_changed_by_hand_loses_only_what_is_illegal_or_in_the_way(seed):
    problem, dice = a_varied_problem(seed), Random(seed)
    start = changed(Engine(problem, seed=seed).plan(200), problem, dice)
    report = check(start, problem)
    result = planned(problem, iterations=10, start=start)
    assert result.report.clean
    if not is_short(start, problem):  # there alone the engine asks more than the checker
        assert report.clean == (not result.lost)
    if report.clean and not result.lost:
        assert result.report.total <= report.total


def test_a_start_of_another_period_or_with_unknown_carers_is_refused():
    with pytest.raises(DomainError, match="period"):
        searched(start=Rota(BUSY.start, 7))
    with pytest.raises(UnknownName, match="no carer called 'aled'"):
        searched(start=a_rota(a_leg("breakfast"), days=3))


def test_a_visit_that_has_gone_since_is_dropped_and_told():
    result = searched(start=a_rota(a_leg("breakfast", "carer0"), days=3))
    assert result.lost == {"breakfast": "It is no longer asked for."}


def test_known_only_within_the_rota_the_solver_does_not_count():
    """NICE: on Monday Bethan is a stranger and stays 30 minutes. On Tuesday she is known, and the checker allows 20;
    the solver knows only history, plans 30, and says that it could not keep the visit as it was."""
    visits = [
        a_visit(id, start, minutes=20, purpose=Purpose.TIME_LIMITED)
        for id, start in (("mon", "08:00"), ("tue", "Tue 08:00"))
    ]
    problem = a_problem(
        visits,
        [a_carer("bethan")],
        [a_client(wider_package=True)],
        settings=some_settings(policy=Policy.NICE),
    )
    start = a_rota(a_leg("mon", "bethan", "08:00", 30), a_leg("tue", "bethan", "Tue 08:00", 20))
    assert check(start, problem).clean
    result = planned(problem, start=start)
    assert [leg.minutes for leg in result.rota.legs] == [30, 30]
    assert result.lost == {"tue": "Lasts 30 min rather than 20."}


# -- locked visits -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(10))
def test_locked_visits_stay_as_they_are(seed):
    """Locked in a rota that was planned in haste: much else is moved, these keep carers, start and length."""
    problem, dice = a_varied_problem(seed), Random(seed)
    start = Engine(problem, seed=seed).plan(30)
    locked = dice.sample(sorted(start.legs_by_visit), len(start.legs_by_visit) // 2)
    result = planned(problem, iterations=1500, start=start, locked=iter(locked), seed=seed, workers=2)
    assert result.lost == {}
    assert {id: result.rota.of_visit(id) for id in locked} == {id: start.of_visit(id) for id in locked}


def test_unlocked_visits_move():
    """So that the test above is no matter of course."""
    moved = 0
    for seed in range(10):
        problem = a_varied_problem(seed)
        start = Engine(problem, seed=seed).plan(30)
        result = planned(problem, iterations=1500, start=start, seed=seed)
        moved += sum(result.rota.of_visit(id) != legs for id, legs in start.legs_by_visit.items())
    assert moved > 10


TIGHT = a_problem(
    [
        a_visit("early", "08:00", slack=60, minutes=60),
        a_visit("fixed", "08:00", client="nan", slack=0, minutes=60),
    ],
    shifts=[a_shift("aled", "07:00", "09:00")],
)
"""Aled can do both only if the early visit starts at 07:00."""
IN_THE_WAY = a_rota(a_leg("early", start="07:30", minutes=60))


def test_the_exact_half_does_not_move_a_locked_visit_either():
    assert planned(TIGHT, start=IN_THE_WAY).unallocated == 0
    result = planned(TIGHT, start=IN_THE_WAY, locked=["early"])
    assert result.rota.legs == IN_THE_WAY.legs
    assert set(result.proofs) == {"fixed"}


def test_a_locked_visit_goes_before_others_that_are_in_its_way():
    """The coordinator put the fixed visit into Aled's round and locked it; the early one overlaps and gives way."""
    start = IN_THE_WAY.with_legs([a_leg("fixed", start="08:00", minutes=60)])
    result = planned(TIGHT, start=start, locked=["fixed"])
    assert result.lost == {
        "early": "Moved from 07:30 to 07:00. Aled ends with Mary at 08:30, takes 0 min by car to Nan, and is planned "
        "there at 08:00: 30 min too early."
    }
    assert {leg.visit: leg.start for leg in result.rota.legs} == {
        "early": minute("07:00"),
        "fixed": minute("08:00"),
    }


def test_a_lock_that_breaks_a_rule_is_told_and_the_visit_is_planned_anew():
    start = a_rota(a_leg("early", start="06:59", minutes=60))
    result = planned(TIGHT, start=start, locked=["early"])
    assert list(result.lost) == ["early"]
    assert re.match(r"Cannot be kept: .*06:59", result.lost["early"])
    assert result.unallocated == 0


def test_locks_need_a_start_rota_and_known_names():
    with pytest.raises(DomainError, match="stay as they are in the start rota"):
        planned(TIGHT, locked=["early"])
    with pytest.raises(UnknownName, match="no visit called 'earlie'"):
        planned(TIGHT, start=IN_THE_WAY, locked=["earlie"])


# -- an impossible visit never spoils the week ---------------------------------------------------------------------

BREAKFAST = a_visit("breakfast", "08:00")
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


# -- what is left over ---------------------------------------------------------------------------------------------


def a_chain() -> tuple[Problem, Rota]:
    """The hoist at 08:00 needs Aled, who is at breakfast, which Bethan could do if her tea were half an hour later:
    no insertion helps, a chain of two moves does."""
    visits = [
        a_visit("hoist", "08:00", slack=0, skills=frozenset({"hoist"})),
        a_visit("breakfast", "08:00", slack=0, client="nan"),
        a_visit("tea", "08:00", slack=45, client="olwen"),
    ]
    carers = [a_carer("aled", skills=frozenset({"hoist"})), a_carer("bethan")]
    shifts = [a_shift("aled", "08:00", "08:30"), a_shift("bethan", "08:00", "09:00")]
    return a_problem(visits, carers, shifts=shifts), a_rota(
        a_leg("breakfast", "aled", "08:00"), a_leg("tea", "bethan", "08:00")
    )


def test_the_exact_half_places_what_no_insertion_can():
    problem, rota = a_chain()
    engine = Engine(problem)
    assert engine.price(rota) is not None
    search = engine.search
    assert best_place(search.state, search.hints, search.desk, 0, 0.0, 0.0, True) >= INFEASIBLE
    placing = place_leftovers(engine.model, rota)
    assert (placing.placed, placing.proofs) == (("hoist",), {})
    assert check(placing.rota, problem).clean
    assert {(leg.visit, leg.carer, leg.start - minute("08:00")) for leg in placing.rota.legs} == {
        ("hoist", "aled", 0),
        ("breakfast", "bethan", 0),
        ("tea", "bethan", 30),
    }


def test_what_is_proved_impossible_is_told():
    """Tea cannot wait until half past eight: three visits for two carers, whatever their skills and shifts."""
    problem, rota = a_chain()
    visits = [
        visit if visit.id != "tea" else a_visit("tea", "08:00", slack=29, client="olwen")
        for visit in problem.visits
    ]
    placing = place_leftovers(encode(problem.replace(visits=tuple(visits))), rota)
    assert placing.placed == ()
    assert placing.rota.legs == rota.legs
    assert placing.proofs == {
        "hoist": "Proved by CP-SAT for Aled and Bethan, everybody else's rounds staying as they are: no room beside "
        "Nan's visit at 08:00 and Olwen's visit at 08:00, by these rules: Minimum visit length; Visit window. Without "
        "any one of these reasons there would be."
    }


@pytest.mark.parametrize(
    "changes, reason",
    [
        ({"skills": frozenset({"flying"})}, "It takes a carer, and 0 of 2 may do it at all."),
        ({"carers": 2, "skills": frozenset({"hoist"})}, "It takes two carers, and 1 of 2 may do it at all."),
        (
            {"preferred": 1200, "earliest": 1200, "latest": 1200},
            "It takes a carer: 1 may do it, and 0 of them are on shift at that time.",
        ),
    ],
)
def test_the_reason_is_counted_where_too_few_carers_come_into_question(changes, reason):
    problem, rota = a_chain()
    hoist = dataclasses.replace(problem.visits[0], **changes)
    placing = place_leftovers(encode(problem.replace(visits=(hoist, *problem.visits[1:]))), rota)
    assert placing.proofs["hoist"] == reason


# -- plans worked out by hand --------------------------------------------------------------------------------------


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


# -- what is asked, and what is answered ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "choices, told",
    [
        ({"seconds": 0}, "0 seconds is not one"),
        ({"seconds": -1.0}, "-1.0 seconds is not one"),
        ({"seconds": None}, "None seconds is not one; give seconds or iterations"),
        ({"iterations": 0}, "at least 1 iteration, not 0"),
        ({"heat": 0.0}, "cannot begin 0.0 times as hot"),
        ({"workers": 0}, "0 workers: use 1 to 64"),
        ({"workers": 65}, "65 workers: use 1 to 64"),
        ({"locked": ["breakfast"]}, "Locked visits stay as they are in the start rota"),
    ],
)
def test_options_check_themselves(choices, told):
    with pytest.raises(DomainError, match=told):
        Options(**choices)
    with pytest.raises(DomainError, match=told):
        solve(BUSY, **choices)


def test_options_and_choices_go_together():
    """What is given beside the options wins."""
    options = Options(iterations=50, seed=5, workers=1, teams=False, exact=False)
    assert solve(BUSY, options).seed == 5
    assert solve(BUSY, options, seed=6).seed == 6


def test_a_result_prints_itself():
    problem = a_problem([BREAKFAST, a_visit("x", "10:00", skills=frozenset({"flying"}))])
    result = dataclasses.replace(planned(problem, iterations=1200, seed=9), seconds=1.25)
    # 30 minutes at 26 pence, a new face at £15, and £600 for a visit of priority 3
    assert str(result) == (
        "Rota of 7 days: 1 visits planned, 1 unallocated, no hard finding, price £622.80 "
        "(seed 9, 1,200 iterations, 1.2 s, not proven optimal)."
    )


def test_a_disagreement_is_an_error_and_never_hidden(monkeypatch):
    """If the checker saw another price, or anything hard, in the final rota, nobody would get that rota."""
    problem = a_problem([BREAKFAST])

    def a_stranger(rota, problem, rules=()):
        found = check(rota, problem)
        dearer = [dataclasses.replace(one, price=one.price + 1) for one in found.findings[:1]]
        return dataclasses.replace(found, findings=(*dearer, *found.findings[1:]))

    monkeypatch.setattr(recipe_module, "check", a_stranger)
    with pytest.raises(Disagreement, match=r"\d+ against \d+ sixtieths .* a fault of ours"):
        planned(problem)
