"""The engine. `solve(problem)` is its only door; what lies behind it is imported when the door is opened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scheduler.problem import Problem
from scheduler.rules import RULES
from scheduler.rules.base import Rule
from scheduler.solve.options import Options, Progress

if TYPE_CHECKING:
    from scheduler.solve.result import Result

__all__ = ["Options", "Progress", "solve"]


def solve(
    problem: Problem, options: Options | None = None, rules: Sequence[Rule] = RULES, **choices: Any
) -> Result:
    """Plan the period within a budget: see `Options` for the choices, `Result` for the answer. `rules` are the
    agency's; a published instance brings its own.

    Importing OR-Tools and the compiled search costs a second or two, so that waits until somebody plans.
    """
    from scheduler.solve.memory import give_back
    from scheduler.solve.recipe import plan

    give_back()  # what reading the data took
    result = plan(problem, options, rules, **choices)
    give_back()  # and what the plan took, before the reports are written
    return result
