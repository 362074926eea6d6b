"""Nothing is forgotten: every rule is listed, labelled, sourced, priced, tested and breakable; every verb is used."""

from __future__ import annotations

import importlib
import inspect
import re
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest

from scheduler.check import Report, check
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules import RULES
from scheduler.rules.base import Level, Rule, Verbs
from scheduler.solve.model import Model
from tests.builders import told
from tests.solve.variety import a_varied_problem

ROOT = Path(__file__).resolve().parent.parent
VERBS = [name for name in vars(Verbs) if not name.startswith("_")]
SEEDS = (0, 1, 2, 3, 4, 5, 10, 11, 12, 26)

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def module_of(rule: Rule) -> str:
    """'scheduler.rules.breaks' -> 'breaks'"""
    return type(rule).__module__.rpartition(".")[2]


def test_every_rule_file_is_listed_once():
    files = {path.stem for path in (ROOT / "scheduler/rules").glob("*.py")} - {"__init__", "base"}
    assert Counter(module_of(rule) for rule in RULES) == dict.fromkeys(files, 1)


def test_names_and_labels_are_unique():
    for field in ("name", "label"):
        twice = [value for value, n in Counter(getattr(rule, field) for rule in RULES).items() if n > 1]
        assert not twice, f"{field}: {twice}"


@each_rule
def test_a_rule_says_what_it_is(rule: Rule):
    assert re.fullmatch(r"[a-z][a-z_]+", rule.name)
    assert rule.name == module_of(rule), "a rule is found in the file of its name"
    assert rule.label[0].isupper()
    assert len(rule.label) >= 5
    assert rule.unit
    assert len(rule.source) > 20, "a UK figure, a contract term or a house rule, and which"
    doc = importlib.import_module(type(rule).__module__).__doc__
    assert doc
    assert len(doc) > 30


@each_rule
def test_a_rule_is_tested(rule: Rule):
    test = ROOT / "tests/rules" / f"test_{module_of(rule)}.py"
    assert test.is_file(), "kept, broken by exactly one minute, a number computed on paper"
    text = test.read_text(encoding="utf-8")
    assert f"{type(rule).__name__}()" in text
    assert "told(" in text, "what it tells the solver is tested too"


@each_rule
def test_prices_are_named_after_their_rule_and_explained(rule: Rule):
    assert (rule.level is Level.SOFT) == bool(rule.prices or rule.money), (
        "soft rules, and only they, cost something"
    )
    assert not (rule.prices and rule.money), "money that leaves the agency is no price that it can choose"
    for price in rule.prices:
        prefix, _, rest = price.name.partition(".")
        assert prefix == rule.name
        assert rest
        assert price.pence > 0
        assert price.sentence[0].isupper()
        assert price.sentence.endswith(".")
        assert len(price.sentence) > 30


def test_prices_are_unique():
    names = [price.name for rule in RULES for price in rule.prices]
    assert len(names) == len(set(names))


# -- every rule can be broken ----------------------------------------------------------------------------------------


def a_careless_rota(problem: Problem, dice: Random) -> Rota:
    """Nearly every visit by anybody at nearly any time; some carers alone, some stay too short, some too long."""
    legs = []
    for visit in problem.visits:
        if dice.random() < 0.1:
            continue
        start = dice.randint(visit.earliest - 20, visit.latest + 20)
        for i in range(dice.choice([1, visit.carers, visit.carers])):
            minutes = visit.commissioned + dice.choice([-5, 0, 0, 15])
            legs.append(Leg(start, dice.choice(problem.carers).id, visit.id, minutes, second=i == 1))
    return Rota(problem.start, problem.days, tuple(legs))


@cache
def reports() -> tuple[Report, ...]:
    """What the checker says about three careless rotas of each of a few problems."""
    found = []
    for seed in SEEDS:
        problem, dice = a_varied_problem(seed), Random(seed)
        found += [check(a_careless_rota(problem, dice), problem) for _ in range(3)]
    return tuple(found)


@each_rule
def test_some_rota_breaks_the_rule_and_is_told_so(rule: Rule):
    findings = [finding for report in reports() for finding in report.by_rule().get(rule.name, ())]
    assert findings, "no generated rota has anything to do with this rule"
    for finding in findings:
        assert finding.level is rule.level
        assert finding.sentence[0].isupper()
        assert finding.sentence.endswith(".")
        assert "{" not in finding.sentence
        assert finding.visit or finding.client or finding.carer
        if rule.level is Level.HARD:
            assert finding.amount > 0
            assert finding.cure
            assert not finding.cure.endswith(".")
        if rule.level is not Level.SOFT:
            assert finding.price == 0
    if rule.level is Level.SOFT:
        assert any(finding.price for finding in findings)


# -- the verbs -------------------------------------------------------------------------------------------------------


PUBLISHED = frozenset(
    "start_within charge_worst_late together_or_not away_between pause charge_worst_idle charge_imbalance "
    "home_is_free never_twice same_span".split()
)
"""Verbs that only the rules of published instances use (`benchmarks`), by which the engine is measured."""


@cache
def verbs_used() -> Counter[str]:
    """How often each verb is used by all rules on the same few problems."""
    return Counter(call[0] for seed in SEEDS for rule in RULES for call in told(rule, a_varied_problem(seed)))


@pytest.mark.parametrize("verb", sorted(PUBLISHED))
def test_a_verb_of_published_instances_is_used_by_them_alone(verb: str):
    files = [
        *(ROOT / "benchmarks" / "uhhc" / "rules").glob("*.py"),
        ROOT / "benchmarks" / "prototype_rules.py",
    ]
    assert any(f"verbs.{verb}(" in file.read_text(encoding="utf-8") for file in files)
    assert not verbs_used()[verb], "an agency's rule uses it: it belongs with the others"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_used_and_understood(verb: str):
    assert verbs_used()[verb] or verb in PUBLISHED, "a verb that no rule uses can go"
    asked, given = (inspect.signature(getattr(cls, verb)) for cls in (Verbs, Model))
    assert list(given.parameters) == list(asked.parameters)
    assert given.return_annotation == asked.return_annotation
    assert inspect.getdoc(getattr(Verbs, verb))


def test_rules_say_nothing_else():
    assert set(verbs_used()) <= set(VERBS)


@each_rule
def test_a_rule_that_judges_tells_the_solver_and_a_note_does_not(rule: Rule):
    calls = [call for seed in SEEDS for call in told(rule, a_varied_problem(seed))]
    assert bool(calls) == (rule.level is not Level.NOTE)
