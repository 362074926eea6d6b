"""Measures in words: how a value, a difference and its clarity are told."""

from __future__ import annotations

from scenarios.results.compare import Value
from scenarios.results.measures import BY_NAME, Measure, Unit

UNCLEAR = "no clear difference"


def shown(value: float, unit: Unit) -> str:
    """12.34 hours -> '12.3 h'; a share -> '87.5 %'; pounds with pence below a hundred."""
    match unit:
        case Unit.SHARE:
            return f"{value * 100:.1f}\u00a0%"
        case Unit.POUNDS:
            sign, amount = ("-" if round(value, 2) < 0 else ""), abs(value)
            return f"{sign}\u00a3{amount:,.2f}" if amount < 100 else f"{sign}\u00a3{amount:,.0f}"
        case Unit.HOURS:
            return f"{value:z,.1f}\u00a0h"
        case Unit.MINUTES:
            return f"{value:z,.1f}\u00a0min"
        case Unit.KILOGRAMS:
            return f"{value:z,.0f}\u00a0kg"
    return f"{value:z,.1f}".removesuffix(".0")


def step(value: float, unit: Unit) -> str:
    """A difference with its sign; shares in points."""
    if unit is Unit.SHARE:
        return f"{value * 100:+.1f} points"
    told = shown(abs(value), unit)
    return f"{'-' if value < 0 else '+'}{told}"


def difference(value: Value, measure: Measure) -> str:
    """'+12.3 h', or that there is no clear difference."""
    if not value.clear:
        return "the same" if not any(abs(d) > 1e-9 for d in value.differences) else UNCLEAR
    return step(value.difference, measure.unit)


def verdict(value: Value, measure: Measure) -> str:
    """'better', 'worse' or '' for the eye: never the only way in which it is told."""
    if not value.clear or not measure.better:
        return ""
    return "better" if (value.difference > 0) == (measure.better > 0) else "worse"


def measure(name: str) -> Measure:
    """The measure of that name."""
    return BY_NAME[name]
