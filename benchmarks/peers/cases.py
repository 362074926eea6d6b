"""What the planners are given: agencies, and the prototype's week where its file is there."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.agencies import add_agencies, agencies
from benchmarks.prototype_problem import problem_of, rules_of
from benchmarks.prototype_week import load
from scheduler.problem import Problem
from scheduler.rules import RULES, Rule


@dataclass(frozen=True)
class Case:
    """A problem with all its rules."""

    name: str
    problem: Problem
    rules: tuple[Rule, ...]


def add_cases(parser: argparse.ArgumentParser) -> None:
    """The arguments that `cases` reads."""
    add_agencies(parser, ("demo",))
    parser.add_argument(
        "--prototype", type=Path, metavar="HC.PY", help="the week of the engine's prototype as well"
    )
    parser.add_argument("--size", default="M", help="of the prototype's week (default: M)")


@contextmanager
def cases(given: argparse.Namespace) -> Iterator[list[Case]]:
    """Those that were asked for: the prototype's week alone where no agency was named beside it."""
    found = []
    if given.prototype:
        prototype = load(given.prototype)
        week = prototype.generate(given.size, given.seed_of_week)
        name = f"prototype's {given.size}{given.seed_of_week}"
        found.append(Case(name, problem_of(week, prototype.W), rules_of(week, prototype.W)))
        given.agencies_default = ()
    with agencies(given) as asked:
        yield found + [Case(agency.name, agency.load(), RULES) for agency in asked]
