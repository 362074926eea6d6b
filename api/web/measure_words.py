"""How a page says the value of a measure: so that it reads without knowing the unit."""

from __future__ import annotations

from scheduler.measures import Number
from scheduler.report.html import percent
from scheduler.units import SIXTIETHS, hours, pounds

SINGULAR = {"visits": "visit", "clients": "client", "findings": "finding", "carers": "carer", "pairs": "pair",
            "miles": "mile", "pay periods": "pay period"}  # fmt: skip


def value_in_words(value: Number, unit: str) -> str:
    """'82.8 %', '\u00a31,234.00', '7 h 30 min', '3.4 carers', '0.62'."""
    if unit == "pence":
        return pounds(round(value) * SIXTIETHS)
    if unit == "minutes":
        return hours(int(value)) if value == int(value) else f"{value:,.1f} min"
    if unit == "share":
        return percent(value)
    if unit == "index":
        return f"{value:.2f}"
    told = f"{value:,.1f}".removesuffix(".0")
    return f"{told} {SINGULAR.get(unit, unit) if told == '1' else unit}"
