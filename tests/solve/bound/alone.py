"""Models without the prices that rounds and days share, and rules without them."""

from __future__ import annotations

from scheduler.problem import Problem
from scheduler.rules import RULES
from scheduler.solve.model import Model, encode

SHARED = (
    "continuity",
    "worst_served",
    "contracted_hours",
    "wished_hours",
    "minimum_wage",
    "unpopular_spells",
)
"""Rules whose prices hold between rounds."""
DAILY = tuple(rule for rule in RULES if rule.name not in SHARED)


def alone(problem: Problem) -> Model:
    """The problem's model with every shared price zero. All limits stay."""
    model = encode(problem)
    model.pair_price[:] = 0
    model.curve[:] = 0
    model.curve_here[:] = 0
    model.paid_prices[:, :, (1, 3)] = 0
    model.unpopular_curve.clear()
    model.floors.clear()
    return model
