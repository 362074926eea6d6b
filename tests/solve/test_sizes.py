"""How many visits are taken out, and how: by whether anything ties a client's visits, or the rounds, together."""

import pytest

from benchmarks.uhhc.rules import rules_of
from scheduler.rules import RULES
from scheduler.solve import search
from scheduler.solve.model import encode
from scheduler.solve.pack import RUIN_CHANCE, RUIN_CHANCE_UNTIED, Packing
from scheduler.solve.search import SIZE, SIZE_APART, SIZE_HURRIED, Search
from tests.benchmarks.uhhc.builders import case_of
from tests.benchmarks.uhhc.random_instances import a_random_instance
from tests.solve.variety import a_varied_problem

TIES = ("continuity", "worst_served")


def how(problem, rules):
    """Mean number of visits taken out, and the chances of the ways."""
    model = encode(problem, rules)
    return Search(model, 1).size, tuple(Packing(model).hints.ruin_chance)


def test_an_agency_ties_a_clients_visits_by_who_comes():
    assert how(a_varied_problem(1), RULES) == (SIZE, RUIN_CHANCE)


def test_without_those_rules_nothing_does():
    untied = tuple(rule for rule in RULES if rule.name not in TIES)
    assert len(untied) == len(RULES) - len(TIES)
    assert how(a_varied_problem(1), untied) == (SIZE_APART, RUIN_CHANCE_UNTIED)


@pytest.mark.parametrize("name", TIES)
def test_each_of_them_is_a_tie(name):
    rules = tuple(rule for rule in RULES if rule.name not in TIES or rule.name == name)
    many_carers = a_varied_problem(1, days=7, visits=24, clients=4, carers=12)
    assert how(many_carers, rules) == (SIZE, RUIN_CHANCE)


def test_nobody_can_be_served_worst_by_too_few_carers_to_be_many():
    rules = tuple(rule for rule in RULES if rule.name != "continuity")
    assert how(a_varied_problem(1), rules) == (SIZE_APART, RUIN_CHANCE_UNTIED)


def test_prices_that_couple_all_rounds_want_larger_ruins():
    case = case_of(a_random_instance(1, clients=7))
    size, chances = how(case.problem, rules_of(case))
    assert encode(case.problem, rules_of(case)).rich
    assert (size, chances) == (SIZE, RUIN_CHANCE_UNTIED)


@pytest.mark.parametrize("hurried", [False, True])
def test_in_a_hurry_slow_iterations_take_out_fewer(monkeypatch, hurried):
    case = case_of(a_random_instance(1, clients=7))
    slow, quick = (
        Search(encode(case.problem, rules_of(case)), 1),
        Search(encode(a_varied_problem(1)), 1),
    )
    taken = []
    monkeypatch.setattr(search, "run", lambda *given: taken.append(given[8]))
    for one in (slow, quick):
        one.run(1, 1.0, 1.0, hurried=hurried)
    assert taken == [SIZE_HURRIED if hurried else SIZE, SIZE]
