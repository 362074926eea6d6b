"""The table of the page: the measures that a committee asks for, each scenario beside today."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.catalogue import BASE
from scenarios.report.study import Study
from scenarios.report.words import difference, shown, verdict
from scenarios.results.measures import BY_NAME, For, Measure
from scenarios.run.jobs import Reading

HEADLINE = {
    Reading.TODAY: (
        "unallocated_visits", "unallocated_hours", "share_30", "short_agreed_share", "task_misfits", "distinct_carers",
        "most_distinct_carers", "new_faces", "minutes_off", "overnight_hours", "paid_hours", "travel_hours",
        "true_hourly", "wage_shortfalls", "split_days", "miles", "price", "price_per_contact_hour", "gap",
        "travel_per_contact_hour",
    ),
    Reading.ENOUGH: (
        "bank_hours", "bank_carers", "bank_at_once", "unallocated_visits", "distinct_carers", "new_faces", "price",
        "price_per_contact_hour", "travel_per_contact_hour",
    ),
}  # fmt: skip
"""Measures of the page's tables; the workbook has all."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One scenario's value, and its difference to today."""

    value: str
    step: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Row:
    """One measure over the scenarios."""

    whom: For
    measure: Measure
    today: str
    cells: tuple[Cell, ...]


def headline(study: Study, reading: Reading) -> list[Row]:
    """The table of the page."""
    return [_row(study, BY_NAME[name], reading) for name in HEADLINE[reading]]


def _row(study: Study, measure: Measure, reading: Reading) -> Row:
    cells = []
    for name in study.names[1:]:
        value = study.results.value(measure.name, name, reading)
        cells.append(
            Cell(shown(value.mean, measure.unit), difference(value, measure), verdict(value, measure))
        )
    today = study.results.value(measure.name, BASE, reading)
    return Row(measure.whom, measure, shown(today.mean, measure.unit), tuple(cells))
