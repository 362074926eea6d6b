"""Miles by carer and mode, for whoever pays mileage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scheduler.domain import MODES
from scheduler.problem import Problem
from scheduler.report.schedules import Schedule
from scheduler.report.table import COUNT, MILES, MONEY, TEXT, Table, columns
from scheduler.units import sixtieths

ALL = "All"


def mileage_table(found: Sequence[Schedule], problem: Problem) -> Table:
    """One row a carer, in the order of the modes, and below them one a mode."""
    rows: list[tuple[Any, ...]] = []
    for mode in MODES:
        mine = [one for one in found if one.person.carer.mode == mode]
        rows += [
            (
                one.person.carer.id,
                one.person.label,
                mode,
                sum(len(trip.stops) - 1 for trip in one.person.rounds),
                one.metres,
                sixtieths(one.person.carer.pay.mileage),
                one.person.sum("mileage"),
            )
            for one in mine
        ]
    totals: list[tuple[Any, ...]] = [
        (ALL, ALL, mode, *(sum(row[i] for row in rows if row[2] == mode) for i in (3, 4)), None,
         sum(row[6] for row in rows if row[2] == mode))
        for mode in MODES
        if any(row[2] == mode for row in rows)
    ]  # fmt: skip
    return Table(
        "Mileage",
        "Miles between the visits of a round, at the carer's own rate a mile; the way from home and back is not in it. "
        f"Distances come from: {problem.travel_source}.",
        columns(
            ("Id", TEXT), ("Carer", TEXT), ("By", TEXT), ("Journeys", COUNT), ("Miles", MILES), ("A mile", MONEY),
            ("Mileage", MONEY),
        ),
        [*rows, *totals],
    )  # fmt: skip
