"""The table of the page: the measures that a committee asks for, each scenario beside today."""

from __future__ import annotations

from dataclasses import dataclass

from scenarios.catalogue import BASE, Scenario
from scenarios.report.study import Study
from scenarios.report.words import adds_peaks, difference, label, shown, verdict
from scenarios.results.measures import BY_NAME, For, Measure
from scenarios.run.jobs import Reading

HEADLINE = {
    Reading.TODAY: (
        "unallocated_visits", "unallocated_hours", "share_30", "short_agreed_share", "task_misfits", "distinct_carers",
        "most_distinct_carers", "new_faces", "minutes_off", "overnight_hours", "paid_hours", "travel_hours",
        "true_hourly", "wage_shortfalls", "split_days", "miles", "price", "price_per_contact_hour", "unordered_hours",
        "gap", "travel_per_contact_hour",
    ),
    Reading.ENOUGH: (
        "bank_hours", "bank_carers", "bank_at_once", "unallocated_visits", "distinct_carers", "new_faces", "price",
        "price_per_contact_hour", "unordered_hours", "travel_per_contact_hour",
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
    label: str
    today: str
    cells: tuple[Cell, ...]


def headline(study: Study, reading: Reading) -> list[Row]:
    """The table of the page."""
    return [_row(study, BY_NAME[name], reading) for name in HEADLINE[reading]]


def _row(study: Study, measure: Measure, reading: Reading) -> Row:
    today = study.results.value(measure.name, BASE, reading)
    return Row(
        whom=measure.whom,
        measure=measure,
        label=label(measure, study.several),
        today=shown(today.mean, measure.unit),
        cells=tuple(_cell(study, measure, scenario, reading) for scenario in study.scenarios),
    )


def _cell(study: Study, measure: Measure, scenario: Scenario, reading: Reading) -> Cell:
    value = study.results.value(measure.name, scenario.name, reading)
    left = study.results.value("unallocated_hours", scenario.name, reading)
    judged = "" if scenario.pool and adds_peaks(measure) else verdict(value, measure, left.more)
    return Cell(shown(value.mean, measure.unit), difference(value, measure), judged)
