"""Who could go: equal to trying every carer at every minute with the checker, and worked by hand."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from scheduler.check import check
from scheduler.repair.who_now import WhoCould
from scheduler.repair.words import known_for
from scheduler.solve import solve
from scheduler.units import pence
from scheduler.verdict import place
from scheduler.who_could.corner import worse
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
)
from tests.random_problems import a_random_problem

CASES = 200


@pytest.fixture(scope="module")
def cases():
    """Random problems with a quick rota, and one visit of each."""
    found = []
    for seed in range(CASES // 4):
        problem = a_random_problem(seed, visits=9, days=2)
        rota = solve(problem, iterations=60, seed=seed, workers=1, exact=False, teams=False).rota
        asked = Random(seed).sample(problem.visits, 4)
        found += [(problem, rota, visit.id) for visit in asked]
    return found


def brute_force(problem, rota, id, now):
    """Carers, whoever leads -> the least that everything costs more than with nobody, over every minute."""
    visit, without = problem.visit(id), rota.without([id])
    base = check(without, problem)
    assert not base.hard
    best: dict[frozenset[str], int] = {}
    ids = [carer.id for carer in problem.carers]
    pairs = [(a, b) for a in ids for b in ids if a != b]
    for carers in [(one,) for one in ids] if visit.carers == 1 else pairs:
        for start in range(max(visit.earliest, now), visit.latest + 1):
            report = check(place(without, visit, carers, start, problem), problem)
            if not report.hard:
                more = report.total - base.total
                who = frozenset(carers)
                best[who] = min(best.get(who, more), more)
    return best


def test_it_is_what_brute_force_finds(cases):
    some = 0
    for problem, rota, id in cases:
        now = problem.visit(id).earliest + 10
        told = {
            frozenset(one.carers): one.more
            for one in WhoCould(problem, rota).ask(id, now, explained=0)
            if one.moved is None
        }
        wanted = brute_force(problem, rota, id, now)
        assert told == wanted, (problem.visit(id), rota.of_visit(id))
        some += bool(wanted)
    assert some > CASES / 3, "cases without anybody prove little"


def test_it_is_legal_beside_visits_that_are_not(cases):
    """A rota as somebody typed it: one visit ten minutes after its window, another one half as long again."""
    offered = beside = 0
    for problem, rota, id in cases[:60]:
        others = [other for other in rota.legs_by_visit if other != id][:2]
        typed = rota.without(others)
        for other, late, longer in zip(others, (10, 0), (0, 15), strict=False):
            legs = rota.of_visit(other)
            begins = problem.visit(other).latest if late else legs[0].start
            moved = [replace(leg, start=begins + late, minutes=leg.minutes + longer) for leg in legs]
            typed = typed.with_legs(moved)
        who = WhoCould(problem, typed)
        nobody = check(typed.without([id]), problem)
        for one in who.ask(id, explained=0):
            after = check(who.applied(id, one), problem)
            assert not worse(nobody.hard, after.hard), (id, one)
            if set(one.carers) & {leg.carer for other in who.as_they_are for leg in typed.of_visit(other)}:
                assert one.more == after.total - nobody.total
                beside += 1
            offered += 1
    assert offered > 60
    assert beside > 10


def test_who_does_a_visit_that_a_rule_is_against_can_be_asked():
    """Aled is at Mary's ten minutes after her window; Bethan could be there in time."""
    problem = a_problem([a_visit("tea", "16:00", slack=0)], [a_carer("aled"), a_carer("bethan")])
    who = WhoCould(problem, a_rota(a_leg("tea", "aled", "16:10")))
    assert who.as_they_are == ("tea",)
    assert {one.carers for one in who.ask("tea")} == {("aled",), ("bethan",)}
    assert {one.start for one in who.ask("tea")} == {minute("16:00")}


# -- by hand ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def morning():
    """Aled is with Mary at 08:00 and has no time for Nan, who has nobody; Bethan, whom nobody knows, is free."""
    visits = [a_visit("mary's", "08:00", slack=0), a_visit("nan's", "08:10", "nan", slack=10)]
    problem = a_problem(
        visits,
        [a_carer("aled"), a_carer("bethan")],
        clients=[a_client("mary"), a_client("nan", 5)],
        shifts=[a_shift(carer, "07:00", "12:00") for carer in ("aled", "bethan")],
        history=(a_past_visit("nan", "aled"), a_past_visit("nan", "aled", -2 * 1440)),
        days=1,
    )
    return problem, a_rota(a_leg("mary's", "aled", "08:00"), days=1)


def test_who_cannot_come_as_things_are_could_if_one_other_visit_went_elsewhere(morning):
    """Bethan can come at 08:10; Aled, if Bethan goes to Mary instead."""
    found = WhoCould(*morning).ask("nan's")
    assert [(one.carers, one.start, one.moved) for one in found if not one.moved] == [
        (("bethan",), 490, None)
    ]
    (swap,) = [one for one in found if one.moved]
    assert (swap.carers, swap.moved) == (("aled",), ("mary's", "bethan", minute("08:00")))
    assert swap.been == 2
    assert "Mary then has Bethan at Mon 08:00" in str(swap)
    after = WhoCould(*morning).applied("nan's", swap)
    assert check(after, morning[0]).hard == ()
    cheapest, other = sorted(found, key=lambda one: one.more)
    assert str(cheapest).split(", ")[2].startswith("the cheapest")
    dearer = pence(other.more) - pence(cheapest.more)
    assert f", £{dearer / 100:.2f} more than the cheapest" in str(other)
    assert swap.more == check(after, morning[0]).total - check(morning[1], morning[0]).total


def test_what_is_locked_or_has_begun_goes_nowhere(morning):
    assert [one.moved for one in WhoCould(*morning).ask("nan's", locked=["mary's"])] == [None]
    assert [one.moved for one in WhoCould(*morning).ask("nan's", now=minute("08:01"))] == [None]


def test_nobody_sets_off_before_now_and_asking_changes_nothing(morning):
    desk = WhoCould(*morning)
    assert [one.start for one in desk.ask("nan's", now=495) if not one.moved] == [495]
    assert desk.ask("nan's", now=501) == []
    assert [str(one) for one in desk.ask("nan's")] == [str(one) for one in WhoCould(*morning).ask("nan's")]


def test_the_first_are_told_with_the_rules_that_they_touch(morning):
    first = WhoCould(*morning).ask("nan's")[0]
    assert first.verdict is not None
    assert first.verdict.broken == ()
    assert first.verdict.price == first.more


def test_who_has_been_there_once_has_been_there_once():
    told = [known_for(been) for been in (0, 1, 2)]
    assert told == ["a new face", "been once before", "been 2 times before"]
