"""The lines of the fair cost of care returns (annex A), from planned weeks instead of a survey: lower quartile, median
and upper quartile over the agencies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from scenarios.results.compare import Results
from scenarios.results.counts import BANDS
from scenarios.run.jobs import Reading
from scheduler.units import HOUR, WEEK_DAYS

WEEKS_A_YEAR = 365 / WEEK_DAYS
FEWEST = 4
"""Agencies below which quartiles would only repeat single agencies."""
Counts = Mapping[str, float]


def _per(part: str, whole: str, factor: float) -> Callable[[Counts], float]:
    return lambda c: factor * c[part] / c[whole] if c[whole] else 0.0


def _plain(name: str, factor: float) -> Callable[[Counts], float]:
    return lambda c: factor * c[name]


LINES: tuple[tuple[str, Callable[[Counts], float]], ...] = (
    ("Carer basic pay per hour (\u00a3)", _per("shift_pence", "shift_minutes", 0.01)),
    ("Minutes of travel per contact hour", _per("travel_minutes", "contact_minutes", HOUR)),
    ("Mileage payment per mile (\u00a3)", _per("shift_mileage_pence", "shift_minutes", 0.01)),
    ("Total direct care hours per year", _plain("contact_minutes", WEEKS_A_YEAR / HOUR)),
    *(
        (f"Appointments per week, {'over 45' if n == BANDS[-1] else f'up to {n}'} minutes", _plain(f"visits_{n}", 1.0))
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
"""Line -> how it comes from the counts of an agency's week. A double-up is one appointment and costs as both carers."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line over the agencies; the quartiles are None where there are too few of them."""

    name: str
    count: int
    lower: float | None
    median: float
    upper: float | None


def returns(found: Results, scenario: str, reading: Reading) -> list[Line]:
    """The lines of a scenario."""
    per_agency = [found.of_agency(agency, scenario, reading) for agency in found.agencies]
    known = [counts for counts in per_agency if counts is not None]
    if not known:
        return []
    lines = []
    for name, function in LINES:
        lower, median, upper = np.percentile([function(counts) for counts in known], (25, 50, 75))
        few = len(known) < FEWEST
        lines.append(
            Line(
                name, len(known), None if few else float(lower), float(median), None if few else float(upper)
            )
        )
    return lines
