"""Plans worked out on paper: impossible visits, the smallest problems, teams, who comes and for how long."""

from __future__ import annotations

import dataclasses
from importlib import import_module

import pytest

from scheduler.check import check
from scheduler.domain import Link, PayTerms, Purpose
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.settings import Policy
from scheduler.solve import solve
from scheduler.solve.because import not_settled
from scheduler.solve.exact import solve_exactly
from scheduler.solve.kernel.doors import best_place
from scheduler.solve.kernel.layout import INFEASIBLE
from scheduler.solve.leftovers import place_leftovers
from scheduler.solve.model import encode
from scheduler.solve.placing import Placing
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
from tests.solve.judge import Engine
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
        "hoist": "Proved by CP-SAT with the rounds of Aled and Bethan on that day free to change and nothing else: no "
        "room beside Nan's visit at 08:00 and Olwen's visit at 08:00, by these rules: Minimum visit length; Visit "
        "window. Without any one of these reasons there would be."
    }


def test_room_that_is_too_dear_is_no_proof_of_no_room():
    """Aled has nothing else to do, and nobody would pay for it."""
    problem = a_problem([BREAKFAST], days=1)
    model, nothing = encode(problem), a_rota(days=1)
    model.unallocated[0] = 0
    assert place_leftovers(model, nothing).proofs["breakfast"] == (
        "Proved by CP-SAT: the rounds of Aled on that day could make room for it, but any such plan costs at least as "
        "much as one that leaves a visit out."
    )
    assert place_leftovers(model, nothing, explain=False).proofs["breakfast"] == (
        "Proved by CP-SAT: with the rounds of Aled on that day rearranged at the best, nothing costs less than "
        "leaving it out."
    )


def test_a_dearer_visit_takes_nobody_elses_carer():
    """For Nan's visit Mary's could be left out, which would cost less. Mary was promised hers."""
    problem = a_problem(
        [a_visit("mary", "08:00", slack=0), a_visit("nan", "08:00", client="nan", slack=0)], days=1
    )
    model, rota = encode(problem), a_rota(a_leg("mary", "aled", "08:00"), days=1)
    model.unallocated[problem.visit_index["nan"]] *= 10
    placing = place_leftovers(model, rota, explain=False)
    assert placing.rota.legs == rota.legs
    assert placing.proofs["nan"] == (
        "Proved by CP-SAT: with the rounds of Aled on that day rearranged at the best, another visit would be "
        "left out instead."
    )
    assert "no room beside Mary's visit at 08:00" in place_leftovers(model, rota).proofs["nan"]


def test_what_was_cheapest_is_not_said_of_another_rota(monkeypatch):
    """Two hours find no place in rounds of one; then the hoist is placed, and those rounds are others."""
    problem, rota = a_chain()
    long = a_visit("long", "08:00", client="olwen", minutes=120, slack=0, priority=1)
    model = encode(problem.replace(visits=(*problem.visits, long)))
    asked = []

    def noted(model, rota, free, extra, *rest):
        asked.append(extra)
        return solve_exactly(model, rota, free, extra, *rest)

    monkeypatch.setattr(import_module("scheduler.solve.leftovers"), "solve_exactly", noted)
    plain = place_leftovers(model, rota, explain=False)
    assert plain.placed == ("hoist",)
    assert asked == [["long"], ["hoist"], ["long"]], "once more, beside the rounds of now"
    assert plain.proofs["long"].startswith(
        "Proved by CP-SAT: with the rounds of Aled and Bethan on that day rearranged"
    )
    monkeypatch.setattr(import_module("scheduler.solve.leftovers"), "MOST", 2)
    assert place_leftovers(model, rota, explain=False).proofs["long"] == (
        "Rearranging the rounds of Aled and Bethan on that day was tried and made no room; that there is none is "
        "not proved."
    )
    monkeypatch.undo()
    told = place_leftovers(model, rota)
    assert told.placed == ("hoist",)
    assert told.proofs["long"].startswith(
        "Proved by CP-SAT with the rounds of Aled and Bethan on that day free to change and nothing else"
    )


def test_proofs_of_rounds_are_not_told_of_another_rota():
    _, rota = a_chain()
    other = a_rota(*[leg for leg in rota.legs if leg.visit != "tea"])
    proofs = {
        "hoist": "Proved by CP-SAT: ...",
        "flying": "It takes a carer, and 0 may.",
        "tea": "Proved, too.",
    }
    placing = Placing(rota, (), proofs, {"hoist": ["Aled"], "tea": ["Bethan"]})
    assert placing.told_of(rota) == {"hoist": proofs["hoist"], "flying": proofs["flying"]}
    assert placing.told_of(other) == {
        "hoist": not_settled(["Aled"]),
        "flying": proofs["flying"],
        "tea": not_settled(["Bethan"]),
    }


def test_a_stop_is_heard_between_two_leftovers(monkeypatch):
    """After the first of two the second is not tried, and nobody looks for reasons."""
    problem = a_problem(
        [a_visit(id, "08:00", id, minutes=120) for id in ("one", "two")],
        shifts=[a_shift("aled", "08:00", "09:00")],
    )
    asked = []

    def noted(*given):
        asked.append(given[3])
        return solve_exactly(*given)

    monkeypatch.setattr(import_module("scheduler.solve.leftovers"), "solve_exactly", noted)
    placing = place_leftovers(encode(problem), a_rota(), stopped=lambda: bool(asked))
    assert asked == [["one"]]
    assert placing.proofs.keys() == {"one"}
    assert "Without any one" not in placing.proofs["one"]
    both = place_leftovers(encode(problem), a_rota())
    assert both.proofs.keys() == {"one", "two"}
    assert "Without any one" in both.proofs["one"]


def test_a_fixed_start_outside_the_window_is_told_as_that():
    visit = dataclasses.replace(a_visit("x", "09:00", slack=0), fixed_start=minute("12:00"))
    placing = place_leftovers(encode(a_problem([visit])), a_rota())
    assert placing.proofs == {"x": "Its fixed start lies outside its window."}


def test_whoever_must_come_is_among_those_whose_rounds_are_freed():
    """Four others live nearer to Mary's; the care plan names Aled for the hoist, which takes two. He is at Nan's then,
    where anybody could go."""
    near = [a_carer(f"near {i}") for i in range(5)]
    visits = [
        a_visit("hoist", "08:00", "mary", slack=0, carers=2, fixed_carers=("aled",)),
        a_visit("other", "08:00", "nan", slack=0),
    ]
    problem = a_problem(visits, [a_carer("aled", 60), *near], [a_client("mary"), a_client("nan", 60)])
    placing = place_leftovers(encode(problem), a_rota(a_leg("other", "aled", "08:00")))
    assert placing.placed == ("hoist",)
    assert "aled" in {leg.carer for leg in placing.rota.of_visit("hoist")}


def test_whoever_must_come_and_is_not_there_is_the_reason():
    carers = [a_carer("aled"), a_carer("bethan"), a_carer("carys")]
    shifts = [a_shift("aled", "12:00", "16:00"), a_shift("bethan"), a_shift("carys")]
    problem = a_problem([a_visit("hoist", "08:00", carers=2, fixed_carers=("aled",))], carers, shifts=shifts)
    assert place_leftovers(encode(problem), a_rota()).proofs == {
        "hoist": "Aled must be one of the two, and may not do it or is not on shift at that time."
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
