"""What the rules asked of the solver, as arrays: the one thing that every engine part reads.

`encode(problem)` lets each rule speak through the verbs (`scheduler.rules.base.Verbs`), which are written down by
subject: `about_visits`, `about_carers`, `about_pay`, `about_all`. The compiled search and the CP-SAT parts are both
made from the result (`written`), so that the second can be the oracle of the first.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.problem import Problem
from scheduler.rules import RULES
from scheduler.rules.base import Rule
from scheduler.solve.model.about_all import AboutAll
from scheduler.solve.model.about_carers import AboutCarers
from scheduler.solve.model.about_pay import AboutPay
from scheduler.solve.model.about_visits import AboutVisits
from scheduler.solve.model.written import LONG_AGO, STRICT, UNLIMITED, Away, Floor, Pause

__all__ = ["LONG_AGO", "STRICT", "UNLIMITED", "Away", "Floor", "Model", "Pause", "encode"]


class Model(AboutVisits, AboutCarers, AboutPay, AboutAll):
    """Every verb, written down."""


def encode(problem: Problem, rules: Sequence[Rule] = RULES) -> Model:
    """Let every rule say what it asks."""
    model = Model(problem)
    for rule in rules:
        rule.encode(model, problem)
    model.aim()
    return model
