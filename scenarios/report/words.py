"""Measures in words: how a value, a difference and its clarity are told."""

from __future__ import annotations

from scenarios.results.compare import Value
from scenarios.results.measures import BY_NAME, Measure, Unit

UNCLEAR = "no clear difference"
NONE, NOT_COMPARED = "none", "nothing to compare"
"""Where there is nothing to measure, today or in a scenario."""
_SMALLEST = {Unit.SHARE: 0.001, Unit.POUNDS: 0.01, Unit.KILOGRAMS: 1.0}
"""The smallest amount that is shown; 0.1 of any other unit."""


def shown(value: float | None, unit: Unit) -> str:
    """12.34 hours -> '12.3 h'; a share -> '87.5 %'; pounds with pence below a hundred; None -> 'none'."""
    if value is None:
        return NONE
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
    """A difference with its sign; shares in points. What rounds to nothing has none: 'less than 0.1 h'."""
    tiny = _tiny(value, unit)
    amount = _SMALLEST.get(unit, 0.1) if tiny else abs(value)
    told = f"{amount * 100:.1f} points" if unit is Unit.SHARE else shown(amount, unit)
    return f"less than {told}" if tiny else f"{'-' if value < 0 else '+'}{told}"


def _tiny(value: float, unit: Unit) -> bool:
    return shown(abs(value), unit) == shown(0.0, unit)


def difference(value: Value, measure: Measure) -> str:
    """'+12.3 h', or that there is no clear difference."""
    if not value.differences:
        return NOT_COMPARED
    if not value.clear:
        return "the same" if not any(abs(d) > 1e-9 for d in value.differences) else UNCLEAR
    return step(value.difference, measure.unit)


def against_today(value: Value, measure: Measure) -> str:
    """A difference within a sentence: '+12.3 h against today', 'as today', or that there is no clear one."""
    if value.differences and not any(value.differences):
        return "as today"
    return f"{difference(value, measure)} against today" if value.clear else difference(value, measure)


def verdict(value: Value, measure: Measure, left_out: bool = False) -> str:
    """'better', 'worse' or '' for the eye: never the only way in which it is told. `left_out`: clearly more is left
    unallocated than today, so that nothing is said of measures that less work alone makes look better."""
    if not value.clear or not measure.better or _tiny(value.difference, measure.unit):
        return ""
    if left_out and measure.of_planned:
        return ""
    return "better" if (value.difference > 0) == (measure.better > 0) else "worse"


def measure(name: str) -> Measure:
    """The measure of that name."""
    return BY_NAME[name]


def label(measure: Measure, several: bool) -> str:
    """A measure's label; `several`: are the counts those of several providers added up?"""
    return (
        f"{measure.label}, each provider\u2019s own most added up"
        if several and adds_peaks(measure)
        else measure.label
    )


def adds_peaks(measure: Measure) -> bool:
    """Is the measure, over several providers, a sum of largest numbers that may be of different moments?"""
    return measure.name == "bank_at_once"
