"""The three ways on: what each of them prices more or less than the agency does, for the search alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scheduler.problem import Problem
from scheduler.rules import RULES
from scheduler.rules.base import Rule
from scheduler.rules.changes import Changes
from scheduler.rules.continuity import Continuity
from scheduler.rules.worst_served import WorstServed


@dataclass(frozen=True)
class Way:
    """`dearer` says by how much the prices of a rule are multiplied while this way is looked for, `tolerance` how far a
    start may be moved before that counts as a change, where it is less than the agency's (a carer is told of each
    minute: with five of them for nothing three times as many had to be told of one absence). `heat` is how many times
    as hot as usual the search begins (`Options`): an exchange of three visits that makes room for a fourth goes through
    rotas that cost several changes more. What comes of it is judged by the agency's own settings, like everything else.
    """

    name: str
    label: str
    dearer: Mapping[type[Rule], float]
    tolerance: int = 24 * 60
    heat: float = 1.0
    promises: bool = True


WAYS = (
    Way("fewest", "Fewest changes", {Changes: 10.0}, tolerance=0, heat=150.0),
    Way("cheapest", "Cheapest", {Changes: 0.4}),
    Way("kindest", "Kindest to people", {Changes: 2.0, Continuity: 3.0, WorstServed: 3.0}),
)

ANYBODY = tuple(
    Way("anybody", "Somebody for each visit", {}, heat=heat, promises=False) for heat in (3.0, 10.0)
)
GIVEN_BACK = replace(WAYS[0], name="given back", heat=1.0)
"""No proposals by themselves: the steps to where the others go on from, once a visit has been left to nobody
(`look_longer`). What is to be given back is not to be lost again: that search begins no hotter than usual."""


def priced(problem: Problem, way: Way) -> Problem:
    """The problem as this way prices it. A time-critical visit counts as of the first priority: it is placed before all
    others that are left over."""
    prices = dict(problem.settings.prices)
    for rule in RULES:
        for price in rule.prices:
            own = problem.settings.prices.get(price.name, price.pence)
            prices[price.name] = round(own * way.dearer.get(type(rule), 1.0))
    visits = tuple(
        replace(visit, priority=1) if visit.time_critical and visit.priority > 1 else visit
        for visit in problem.visits
    )
    tolerance = min(problem.settings.told_tolerance, way.tolerance)
    settings = replace(problem.settings, prices=prices, told_tolerance=tolerance)
    return problem.replace(settings=settings, visits=visits)
