"""Peers that plan nothing, or are not there."""

import csv
from pathlib import Path

from benchmarks.peers.base import EVERYBODY_SAYS, Waiting, Words
from benchmarks.peers.cases import Case
from benchmarks.peers.proved import Bounds
from benchmarks.peers.rows import Rows
from scheduler.rota import Rota
from scheduler.rules import RULES
from tests.builders import a_problem, a_visit

NO_BOUNDS = Bounds(None, Rows(Path("nowhere.csv")))
EVERYBODY = Words(EVERYBODY_SAYS, Waiting.WHOLE)


class Missing:
    """Says why it cannot plan."""

    name, package, seeded, words, cannot_say = "Missing", "missing-planner", True, EVERYBODY, ("Anything.",)

    def __init__(self, error):
        self.error = error

    def plan(self, problem, rules, seconds, seed):
        raise self.error


class Lazy(Missing):
    """Plans nothing at all."""

    name, seeded = "Lazy", False

    def __init__(self):
        self.seeds = []

    def plan(self, problem, rules, seconds, seed):
        self.seeds.append(seed)
        return Rota(problem.start, problem.days)


def two_visits():
    """What the peers are asked to plan."""
    return Case("tiny", a_problem([a_visit(), a_visit("two", "09:00")]), RULES)


def rows_in(path):
    """The rows of a results file."""
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
