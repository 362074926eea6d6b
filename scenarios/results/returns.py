"""The lines of the fair cost of care returns (annex A), from planned weeks instead of a survey: lower quartile, median
and upper quartile over the agencies that have what a line is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.results.compare import Results
from scenarios.results.counts import BANDS
from scenarios.run.jobs import Reading
from scheduler.units import HOUR, WEEK_DAYS

YEAR_DAYS = 365
FEWEST = 4
"""Agencies below which quartiles would only repeat single agencies."""
Counts = Mapping[str, float]


Function = Callable[[Counts, int], float | None]
"""From the counts of so many days."""


def _per(part: str, whole: str, factor: float) -> Function:
    return lambda c, _: factor * c[part] / c[whole] if c[whole] else None


def _in_days(name: str, each: int, factor: float = 1.0) -> Function:
    """So much in `each` days."""
    return lambda c, days: factor * c[name] * each / days


LINES: tuple[tuple[str, Function], ...] = (
    ("Carer basic pay per hour (\u00a3)", _per("shift_pence", "shift_minutes", 0.01)),
    ("Minutes of travel per contact hour", _per("travel_minutes", "contact_minutes", HOUR)),
    ("Mileage payment per mile (\u00a3)", _per("shift_mileage_pence", "shift_minutes", 0.01)),
    ("Total direct care hours per year", _in_days("contact_minutes", YEAR_DAYS, 1 / HOUR)),
    *(
        (
            f"Appointments per week, {'over 45' if n == BANDS[-1] else f'up to {n}'} minutes",
            _in_days(f"visits_{n}", WEEK_DAYS),
        )
        for n in BANDS
    ),
    *(
        (
            f"Cost of a visit, {'over 45' if n == BANDS[-1] else f'up to {n}'} minutes (\u00a3)",
            _per(f"price_pence_{n}", f"visits_{n}", 0.01),
        )
        for n in BANDS
    ),
    ("Cost per contact hour (\u00a3)", _per("price_pence", "contact_minutes", HOUR / 100)),
)  # fmt: skip
"""Line -> how it comes from the counts of an agency. A double-up is one appointment and costs as both carers."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line over the `count` agencies that have something to tell there; the quartiles are None where they are too
    few, the median where there is none."""

    name: str
    count: int
    lower: float | None
    median: float | None
    upper: float | None


def returns(found: Results, scenario: str, reading: Reading, days: int) -> list[Line]:
    """The lines of a scenario, planned for so many days."""
    per_agency = [found.of_agency(agency, scenario, reading) for agency in found.agencies]
    known = [counts for counts in per_agency if counts is not None]
    if not known:
        return []
    return [_line(name, [function(counts, days) for counts in known]) for name, function in LINES]


def _line(name: str, of: Sequence[float | None]) -> Line:
    there = [value for value in of if value is not None]
    if not there:
        return Line(name, 0, None, None, None)
    lower, median, upper = (float(value) for value in np.percentile(there, (25, 50, 75)))
    few = len(there) < FEWEST
    return Line(name, len(there), None if few else lower, median, None if few else upper)
