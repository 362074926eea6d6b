"""A single change put to the test: the problem is changed as it says, and the period is planned again."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.check import check
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.solve import solve
from scheduler.who_could.changes import Change
from scheduler.who_could.corner import BY_NAME

ITERATIONS = 300
"""Work for planning again. The rota is begun with, so that hardly anything is left to be found."""


@dataclass(frozen=True, slots=True)
class Tried:
    """`placed`: planned again with the change, the visit has a place, and no other visit lost its own. `more`: how much
    more the whole then costs (sixtieths of a penny; below zero: less)."""

    placed: bool
    more: int


def applied(change: Change, rota: Rota, problem: Problem) -> tuple[Rota, Problem]:
    """The rota with the visit in it as the change has it, and the problem with what people agreed to: a longer window,
    a longer shift, a training. The problem stays as it is where the change is one of the rota alone."""
    legs = (*change.legs, *change.moved)
    after = rota.without(leg.visit for leg in legs).with_legs(legs)
    for finding in change.broken:
        problem = BY_NAME[finding.rule].relaxed(finding, after, problem) or problem
    return after, problem


def plan_again(change: Change, rota: Rota, problem: Problem, iterations: int = ITERATIONS) -> Tried:
    """Apply the change and plan again, beginning with the rota that it leads to."""
    after, changed = applied(change, rota, problem)
    result = solve(changed, start=after, iterations=iterations, workers=1, teams=False, exact=False)
    fewer = result.unallocated < len(rota.unallocated(problem))
    placed = fewer and bool(result.rota.of_visit(change.legs[0].visit))
    return Tried(placed, check(result.rota, changed).total - check(rota, problem).total)
