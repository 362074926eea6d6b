"""Ids: each once, and each that is mentioned is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scheduler.errors import Fault
from scheduler.intake.parsers import parse_list
from scheduler.intake.raw import did_you_mean
from scheduler.intake.rows import Agency, Sheet

KEYS = (("clients", "client"), ("visits", "visit"), ("carers", "carer"))
"""The tables whose rows have ids, and the column of the id."""

REFERENCES = (
    ("visits", "client", "clients"),
    ("visits", "fixed_carers", "carers"),
    ("exceptions", "client", "clients"),
    ("exceptions", "visit", "visits"),
    ("links", "first", "visits"),
    ("links", "second", "visits"),
    ("shifts", "carer", "carers"),
    ("absences", "carer", "carers"),
    ("isf", "client", "clients"),
    ("isf", "team", "carers"),
    ("isf_prices", "client", "clients"),
    ("relations", "client", "clients"),
    ("relations", "carer", "carers"),
    ("visit_notes", "client", "clients"),
    ("visit_notes", "visit", "visits"),
    ("visit_notes", "carer", "carers"),
)
"""(table, column, the table in which the id must be found)."""

LISTS = ("fixed_carers", "team")
"""Columns that hold several ids."""

HISTORY = (("history", "client", "clients"), ("history", "carer", "carers"))


def duplicate_ids(agency: Agency) -> Iterator[Fault]:
    """Two rows with one id; bad rows count too."""
    for table, column in KEYS:
        sheet: Sheet[Any] = getattr(agency, table)
        first: dict[str, int] = {}
        for number, cells in sheet.raw.items():
            id = cells.get(column)
            if id is None:
                continue
            if id in first:
                cure = "Give each its own id, or delete one row."
                yield sheet.fault(number, column, f"row {first[id]} has the same id.", cure)
            first.setdefault(id, number)


def unknown_ids(agency: Agency) -> Iterator[Fault]:
    """An id that no row has."""
    for table, column, target in REFERENCES:
        sheet: Sheet[Any] = getattr(agency, table)
        known = _known(agency, target)
        if known is None:
            continue
        for number, cells in sheet.raw.items():
            for id in parse_list(cells.get(column, "")) if column in LISTS else [cells.get(column)]:
                if id is not None and id not in known:
                    problem = f"no row of {target} has the id {id!r}."
                    cure = did_you_mean(id, known, f"Correct it, or add a row to {target}.")
                    yield sheet.fault(number, column, problem, cure)


def unknown_in_history(agency: Agency) -> Iterator[Fault]:
    """Warnings: people who are not with the agency any more, or slips of the pen. Once for each id."""
    sheet: Sheet[Any] = agency.history
    for _, column, target in HISTORY:
        known = _known(agency, target)
        for id, number in (sheet.names(column) or {}).items():
            if known is not None and id not in known:
                problem = f"no row of {target} has the id {id!r}; the past visits are kept."
                cure = did_you_mean(id, known, "Correct it if they are still here.")
                yield sheet.fault(number, column, problem, f"{cure} If they have left, all is well.")


def _known(agency: Agency, target: str) -> dict[str, int] | None:
    sheet: Sheet[Any] = getattr(agency, target)
    found: dict[str, int] | None = sheet.names(dict(KEYS)[target])
    return found
