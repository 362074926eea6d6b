"""A visit left to nobody: somebody is found by an exchange, and what else that search changed is given back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduler.repair import Event, begin, propose, take_in
from scheduler.repair.day_search import Effort, with_all_that_has_begun
from scheduler.repair.look_longer import left_out, look_longer
from scheduler.repair.ways import ANYBODY, WAYS
from scheduler.solve import solve
from scheduler.units import DAY
from tests.builders import a_carer, a_leg, a_past_visit, a_problem, a_rota, a_shift, a_visit
from tests.repair.day import SEVEN, nothing_hard

EFFORT = Effort(frozenset(), None, 400, 1, 1)
CHAIN, LATER = ("x", "y", "z"), ("at 12", "at 13", "at 14", "at 15")


@pytest.fixture
def problem():
    """At eight there are x, which Aled and Bethan may do, y, which Bethan and Carys may do, and z, for anybody. In the
    afternoon Bethan and Carys go where only the other one has been before: the other way round would be cheaper."""
    visits = [
        a_visit("x", "08:00", "c x", slack=0, skills=frozenset({"insulin"})),
        a_visit("y", "08:00", "c y", slack=0, skills=frozenset({"stoma"})),
        a_visit("z", "08:00", "c z", slack=0),
        *(a_visit(id, f"{id[3:]}:00", f"c {id}", slack=0) for id in LATER),
    ]
    carers = [
        a_carer("aled", skills=frozenset({"insulin"})),
        a_carer("bethan", skills=frozenset({"insulin", "stoma"})),
        a_carer("carys", skills=frozenset({"stoma"})),
        a_carer("dewi"),
    ]
    shifts = [
        a_shift(id, "06:00", "09:00" if id == "dewi" else "18:00") for id in "aled bethan carys dewi".split()
    ]
    history = tuple(a_past_visit(f"c {id}", _other(id), -day * DAY) for id in LATER for day in range(1, 9))
    return a_problem(visits, carers, shifts=shifts, days=1, history=history)


@pytest.fixture
def rota():
    """As told: everybody has somebody."""
    eight = [("x", "aled"), ("y", "bethan"), ("z", "carys")]
    return a_rota(
        *(a_leg(id, carer, "08:00") for id, carer in eight),
        *(a_leg(id, _comes(id), f"{id[3:]}:00") for id in LATER),
        days=1,
    )


def _comes(id):
    return "bethan" if id in LATER[::2] else "carys"


def _other(id):
    return "carys" if _comes(id) == "bethan" else "bethan"


@pytest.fixture
def day(problem, rota):
    """Aled is ill. So Bethan must go to x, Carys to y, and Dewi to z."""
    return take_in(begin(problem, rota, 0), [Event(SEVEN, "absent", carer="aled")])


@pytest.fixture
def first(day):
    """A first proposal that leaves x to nobody and all others as they were."""
    return day.rota.without(["x"])


@pytest.fixture
def asked(monkeypatch):
    """What the engine was asked for, and what it answered. It plans x for nobody the first time that it is asked."""
    found: list[Any] = []

    def answers(problem, **choices):
        result = solve(problem, **choices)
        if not found:
            result = replace(result, rota=choices["start"].without(["x"]))
        found.append((choices, result.rota))
        return result

    monkeypatch.setattr("scheduler.repair.day_search.solve", answers)
    return found


def _changed(day, rota):
    return {id for id in day.planned.legs_by_visit if rota.of_visit(id) != day.planned.of_visit(id)}


def test_an_exchange_finds_somebody_and_nothing_else_is_changed(day, first):
    assert left_out(day, first) == ["x"]
    found = look_longer(day, first, EFFORT)
    assert [found.of_visit(id)[0].carer for id in CHAIN] == ["bethan", "carys", "dewi"]
    assert _changed(day, found) == set(CHAIN)


def test_what_is_found_without_a_price_of_change_changes_more(day, first):
    """Else the test above could not fail for want of giving back."""
    found, _ = with_all_that_has_begun(day, first, replace(ANYBODY[0], heat=0.1), EFFORT)
    assert _changed(day, found) > set(CHAIN)


def test_the_same_day_gives_the_same_again(day, first):
    assert look_longer(day, first, EFFORT).legs == look_longer(day, first, EFFORT).legs


def test_where_nobody_is_left_out_nothing_is_looked_for(day, asked):
    whole = day.planned
    assert look_longer(day, whole, EFFORT) is whole
    assert asked == []


def test_who_had_nobody_before_is_no_reason_to_look_longer(problem, rota):
    day = take_in(begin(problem, rota.without(["at 12"]), 0), [Event(SEVEN, "absent", carer="aled")])
    assert left_out(day, day.planned) == []
    assert left_out(day, day.planned.without(["x", "at 13"])) == ["x", "at 13"]


def test_a_package_that_nobody_does_is_a_reason(problem, rota):
    """Nobody was told of it, and still it is what the events ask for."""
    day = take_in(begin(problem, rota.without(["x"]), 0), [Event(SEVEN, "absent", carer="aled")])
    assert left_out(day.touching(["x"]), day.rota) == ["x"]


def test_the_first_is_kept_where_looking_longer_finds_nobody(problem, rota):
    """Without Dewi there is nobody for z."""
    problem = problem.replace(shifts=tuple(shift for shift in problem.shifts if shift.carer != "dewi"))
    day = take_in(begin(problem, rota, 0), [Event(SEVEN, "absent", carer="aled")])
    first = day.rota.without(["x"])
    assert look_longer(day, first, EFFORT) is first


def test_where_the_first_search_finds_nobody_a_hotter_one_may(day, first, monkeypatch):
    """The engine finds nobody the first time."""
    heats: list[float] = []

    def answers(problem, **choices):
        heats.append(choices["heat"])
        result = solve(problem, **choices)
        return result if len(heats) > 1 else replace(result, rota=first)

    monkeypatch.setattr("scheduler.repair.day_search.solve", answers)
    assert _changed(day, look_longer(day, first, EFFORT)) == set(CHAIN)
    assert heats == [*(way.heat for way in ANYBODY), 1.0]


def test_the_other_proposals_go_on_from_what_was_found(day, asked):
    """The first one leaves x to nobody; the others find somebody, and the search for it ended as soon as it did."""
    proposals = list(propose(day, iterations=400, workers=1, alike=True))
    assert [proposal.unallocated for proposal in proposals] == [("x",), (), ()]
    for proposal in proposals:
        nothing_hard(day, proposal)
    (_, first), (longer, free), (back, given_back), *others = asked
    assert longer["start"].legs == first.legs
    assert longer["until_placed"]
    assert (longer["iterations"], longer["heat"]) == (300, ANYBODY[0].heat)
    assert back["start"].legs == free.legs
    assert (back["until_placed"], back["iterations"], back["heat"]) == (False, 200, 1.0)
    assert [choices["start"].legs for choices, _ in others] == [given_back.legs] * 2
    assert [choices["heat"] for choices, _ in others] == [way.heat for way in WAYS[1:]]


def test_whoever_is_found_is_not_given_up_with_the_changes(problem, rota):
    """Where three changes are dearer than a visit with nobody, the coordinator still sees what it would take."""
    dear = replace(problem.settings, prices={"changes.other_carer": 1_000_000})
    day = take_in(begin(problem.replace(settings=dear), rota, 0), [Event(SEVEN, "absent", carer="aled")])
    found = look_longer(day, day.rota.without(["x"]), EFFORT)
    assert [found.of_visit(id)[0].carer for id in CHAIN] == ["bethan", "carys", "dewi"]


def test_whoever_is_time_critical_comes_first(problem, day, first, monkeypatch):
    """Of a rota that leaves out one such visit and one that leaves out two others the second is gone on from."""
    critical = tuple(replace(visit, time_critical=visit.id == "x") for visit in day.problem.visits)
    day = replace(day, problem=day.problem.replace(visits=critical))
    two_others = (
        day.planned.without(["x"]).without(["at 12", "at 13"]).with_legs([a_leg("x", "dewi", "08:00")])
    )
    monkeypatch.setattr("scheduler.repair.look_longer._found", lambda *_: two_others)
    assert look_longer(day, first, EFFORT) is two_others


def test_a_budget_of_time_is_shared_out_too(day, asked):
    list(propose(day, seconds=0.4, workers=1, alike=True))
    assert [choices["seconds"] for choices, _ in asked[:3]] == [0.4, pytest.approx(0.3), pytest.approx(0.2)]
    assert {choices["iterations"] for choices, _ in asked} == {None}


def test_what_is_locked_stays_also_when_looked_for_longer(day, first):
    """Dewi could take z off Carys, and she y; but z is locked."""
    found = look_longer(day, first, replace(EFFORT, locked=frozenset({"z"})))
    assert found is first


def test_who_had_nobody_before_does_not_keep_the_search_from_ending(problem, rota):
    """Else it goes on to change what it likes when everybody that was asked for has somebody."""
    nobody = a_visit("nobody", "10:00", "c x", slack=0, skills=frozenset({"hoist"}))
    problem = problem.replace(visits=(*problem.visits, nobody))
    day = take_in(begin(problem, rota, 0), [Event(SEVEN, "absent", carer="aled")])
    effort, asked = replace(EFFORT, iterations=10**9), day.rota.without(["x"])
    found, _ = with_all_that_has_begun(day, asked, ANYBODY[0], effort)
    assert found.of_visit("x")
    assert not found.of_visit("nobody")
