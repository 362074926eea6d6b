"""A change judged before it lands: worked by hand, and compared with the check of the whole rota."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from scheduler.check import check
from scheduler.domain import Relation, Tie, Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules import RULES, rule
from scheduler.rules.base import Level
from scheduler.units import sixtieths
from scheduler.verdict import Light, candidates, place, verdict
from scheduler.who_could.corner import worse
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit, some_settings
from tests.random_problems import a_random_problem

SEEDS = range(40)


def a_random_rota(problem: Problem, dice: Random) -> Rota:
    """Three visits of four planned, by anybody, often against the rules."""
    legs: list[Leg] = []
    for visit in problem.visits:
        if dice.random() < 0.75:
            legs += random_legs(visit, problem, dice)
    return Rota(problem.start, problem.days, tuple(legs))


def random_legs(visit: Visit, problem: Problem, dice: Random) -> list[Leg]:
    carers = dice.sample([carer.id for carer in problem.carers], visit.carers)
    start = dice.choice([visit.earliest, visit.preferred, visit.latest])
    minutes = dice.choice([visit.commissioned, max(1, visit.commissioned - 15)])
    return [Leg(start, carer, visit.id, minutes, bool(i)) for i, carer in enumerate(carers)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_part_says_what_the_whole_says(seed):
    problem = a_random_problem(seed, clients=5, carers=5, visits=18)
    dice = Random(seed)
    before = a_random_rota(problem, dice)
    for _ in range(6):
        visit = dice.choice(problem.visits)
        legs = random_legs(visit, problem, dice) if dice.random() < 0.8 else []
        after = before.without([visit.id]).with_legs(legs)
        said = verdict(before, after, problem)
        old, new = check(before, problem), check(after, problem)
        assert said.price == new.total - old.total == sum(price for _, price in said.reasons)
        whole = [
            finding
            for one in RULES
            if one.level is Level.HARD
            for finding in worse(old.by_rule().get(one.name, ()), new.by_rule().get(one.name, ()))
        ]
        assert sorted(map(str, said.broken)) == sorted(map(str, whole))
        assert (said.light is Light.RED) == bool(whole)


def test_the_same_rota_is_no_change():
    rota = a_rota(a_leg())
    said = verdict(rota, rota, a_problem([a_visit()]))
    assert (said.light, said.price, str(said)) == (Light.GREEN, 0, "The same price.")


def test_a_start_five_minutes_off_costs_its_five_minutes():
    problem = a_problem([a_visit(start="08:00")], settings=some_settings(prices={"punctuality.minute": 7}))
    said = verdict(a_rota(a_leg(start="08:00")), a_rota(a_leg(start="08:05")), problem)
    assert said.light is Light.AMBER
    assert said.price == 5 * sixtieths(7)
    assert str(said) == "£0.35 more"
    assert said.reasons == ((rule("punctuality").label, 5 * sixtieths(7)),)


def test_what_gets_better_is_green():
    problem = a_problem([a_visit(start="08:00")], settings=some_settings(prices={"punctuality.minute": 7}))
    said = verdict(a_rota(a_leg(start="08:05")), a_rota(a_leg(start="08:00")), problem)
    assert said.light is Light.GREEN
    assert str(said) == "£0.35 less"


def test_a_minute_too_late_is_red_with_the_rules_sentence():
    problem = a_problem([a_visit(start="08:00", slack=30)])
    said = verdict(a_rota(a_leg(start="08:30")), a_rota(a_leg(start="08:31")), problem)
    assert said.light is Light.RED
    assert [finding.rule for finding in said.broken] == ["visit_window"]
    assert str(said) == said.broken[0].sentence


def test_what_was_broken_before_is_not_held_against_a_change():
    never = [Tie("mary", "aled", Relation.NEVER)]
    problem = a_problem([a_visit(), a_visit("lunch", "12:00")], ties=never)
    before = a_rota(a_leg(), a_leg("lunch", start="12:00"))
    assert verdict(before, before.without(["lunch"]), problem).broken == ()


def test_a_place_lasts_as_long_as_the_visit_asks_of_this_carer():
    problem = a_problem([a_visit(minutes=45)], [a_carer("aled"), a_carer("beth")])
    moved = place(a_rota(a_leg(minutes=45)), problem.visits[0], ["beth"], 8 * 60, problem)
    assert moved.legs == (Leg(480, "beth", "breakfast", 45),)


def test_a_helper_who_stays_for_a_part_stays_for_that_part():
    problem = a_problem([a_visit(minutes=45, carers=2, together=20)], [a_carer("aled"), a_carer("beth")])
    moved = place(a_rota(), problem.visits[0], ["beth", "aled"], 480, problem)
    assert set(moved.legs) == {Leg(480, "beth", "breakfast", 45), Leg(480, "aled", "breakfast", 20, True)}


def test_candidates_are_those_who_can_cheapest_first():
    staff = [a_carer("aled"), a_carer("beth", x=5), a_carer("carys", x=40), a_carer("dewi")]
    shifts = [a_shift("aled"), a_shift("beth"), a_shift("carys")]
    problem = a_problem([a_visit()], staff, [a_client()], shifts)
    rota = a_rota(a_leg())
    found = candidates(problem.visits[0], rota, problem)
    assert [one.carer for one in found] == ["beth", "carys"]  # Aled does it, Dewi has no shift
    assert found[0].verdict.price < found[1].verdict.price
    for one in found:
        moved = place(rota, problem.visits[0], [one.carer], one.start, problem)
        assert check(moved, problem).total - check(rota, problem).total == one.verdict.price


def test_candidates_at_a_time_that_is_asked_for():
    problem = a_problem(
        [a_visit()], [a_carer("aled"), a_carer("beth")], shifts=[a_shift("aled"), a_shift("beth", "08:10")]
    )
    rota = a_rota(a_leg())
    assert [one.start for one in candidates(problem.visits[0], rota, problem)] == [490]
    assert candidates(problem.visits[0], rota, problem, at=480) == []
    assert [one.carer for one in candidates(problem.visits[0], rota, problem, at=495)] == ["beth"]


@pytest.fixture
def pair():
    """A double-up by Aled and Beth; Carys and Dewi could come too, Dewi from further away."""
    staff = [a_carer("aled"), a_carer("beth"), a_carer("carys", x=5), a_carer("dewi", x=40)]
    return a_problem([a_visit(carers=2)], staff, [a_client()], [a_shift(one.id) for one in staff])


def test_either_carer_of_a_double_up_can_be_replaced(pair):
    visit = pair.visits[0]
    rota = place(a_rota(), visit, ["aled", "beth"], 480, pair)
    leading = candidates(visit, rota, pair)
    second = candidates(visit, rota, pair, second=True)
    assert [one.carers for one in leading] == [("carys", "beth"), ("dewi", "beth")]
    assert [one.carers for one in second] == [("aled", "carys"), ("aled", "dewi")]
    assert [one.carer for one in second] == ["carys", "dewi"]
    assert {one.start for one in (*leading, *second)} == {480}
    for one in second:
        moved = place(rota, visit, one.carers, one.start, pair)
        assert check(moved, pair).total - check(rota, pair).total == one.verdict.price


def test_a_double_up_without_anybody_is_offered_pairs_who_are_free_together(pair):
    visit = pair.visits[0]
    found = candidates(visit, a_rota(), pair)
    assert {frozenset(one.carers) for one in found} == {
        frozenset(two) for two in combinations(("aled", "beth", "carys", "dewi"), 2)
    }
    assert not [one for one in found if one.verdict.broken]
    prices = [one.verdict.price for one in found]
    assert prices == sorted(prices)


def test_a_helper_for_a_part_is_offered_the_second_place_only(pair):
    """Dewi has twenty minutes: enough to help, not to lead."""
    problem = pair.replace(
        visits=(a_visit(minutes=45, carers=2, together=20),),
        shifts=(a_shift("aled"), a_shift("beth"), a_shift("dewi", "08:00", "08:20")),
    )
    visit = problem.visits[0]
    rota = place(a_rota(), visit, ["aled", "beth"], 480, problem)
    assert candidates(visit, rota, problem) == []
    assert [one.carers for one in candidates(visit, rota, problem, second=True)] == [("aled", "dewi")]
