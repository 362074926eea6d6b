"""Tables of text -> typed rows. Everything that a single cell or row can be wrong in is told here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from scheduler.errors import Fault
from scheduler.intake.columns import Row, Table
from scheduler.intake.raw import RawRow, RawTable, Source, nearest
from scheduler.intake.tables import (
    TABLES,
    AbsenceRow,
    CarerRow,
    ClientRow,
    ExceptionRow,
    HistoryRow,
    IsfEntryRow,
    IsfPriceRow,
    IsfRow,
    LinkRow,
    NoteRow,
    RelationRow,
    SettingRow,
    ShiftRow,
    VisitRow,
)

R = TypeVar("R", bound=Row)


@dataclass
class Sheet(Generic[R]):
    """One table, understood: `rows` holds the good rows only, `raw` the text of all, by row number."""

    table: Table
    label: str
    rows: list[R] = field(default_factory=list)
    raw: dict[int, Mapping[str, str]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()

    def fault(self, row: R | int, column: str, problem: str, cure: str) -> Fault:
        """A fault of this row (or row number), with what stands in the cell."""
        number = row if isinstance(row, int) else row.at
        return Fault(self.label, number, column, self.raw[number].get(column), problem, cure)

    def names(self, column: str) -> dict[str, int] | None:
        """What stands in a column -> the first row it stands in, bad rows too: a client whose postcode is wrong is
        known none the less. None where the table or the column could not be read: then nothing is unknown."""
        if column not in self.columns:
            return None
        found: dict[str, int] = {}
        for number, cells in self.raw.items():
            if column in cells:
                found.setdefault(cells[column], number)
        return found


@dataclass
class Agency:
    """All tables of an agency as typed rows, under the tables' names."""

    clients: Sheet[ClientRow]
    visits: Sheet[VisitRow]
    exceptions: Sheet[ExceptionRow]
    links: Sheet[LinkRow]
    carers: Sheet[CarerRow]
    shifts: Sheet[ShiftRow]
    absences: Sheet[AbsenceRow]
    relations: Sheet[RelationRow]
    history: Sheet[HistoryRow]
    isf: Sheet[IsfRow]
    isf_prices: Sheet[IsfPriceRow]
    isf_entries: Sheet[IsfEntryRow]
    visit_notes: Sheet[NoteRow]
    settings: Sheet[SettingRow]


def parse(source: Source) -> tuple[Agency, list[Fault]]:
    """Every row of every table, and every fault of a cell."""
    faults: list[Fault] = []
    sheets: dict[str, Any] = {}
    for table in TABLES:
        raw = source.tables.get(table.name, RawTable(table.name, table.name))
        sheets[table.name] = parse_table(table, raw, faults)
    return Agency(**sheets), faults


def parse_table(table: Table, raw: RawTable, faults: list[Fault]) -> Sheet[Any]:
    """The rows that are good; what is wrong with the others is added to `faults`."""
    sheet: Sheet[Any] = Sheet(table, raw.label, columns=raw.columns)
    sheet.raw = {row.number: row.cells for row in raw.rows}
    try:
        sheet.rows = _adapter(table)(raw.rows)
    except ValidationError as error:
        bad = set()
        for detail in error.errors(include_url=False):
            row = raw.rows[int(detail["loc"][0])]
            bad.add(row.number)
            faults.extend(_fault(table, raw, row, detail))
        sheet.rows = _adapter(table)([row for row in raw.rows if row.number not in bad])
    return sheet


@cache
def _adapter(table: Table) -> Callable[[list[RawRow]], list[Row]]:
    adapter = TypeAdapter(list[table.row])  # type: ignore[name-defined]  # a type of run time
    return lambda rows: adapter.validate_python({**row.cells, "at": row.number} for row in rows)


def _fault(table: Table, raw: RawTable, row: RawRow, detail: ErrorDetails) -> Iterator[Fault]:
    column = table.column(str(detail["loc"][1]))
    value = row.cells.get(column.name)
    if detail["type"] == "missing":
        if column.name in raw.columns:  # a column that is missing as a whole was told once, at the header
            cure = f"Write {column.written}: {column.note}"
            yield Fault(raw.label, row.number, column.name, None, "this cell must not be empty.", cure)
    elif detail["type"] == "cell":
        told = detail["ctx"]
        yield Fault(raw.label, row.number, column.name, value, told["problem"], told["cure"])
    else:
        near = nearest(value or "", column.choices)
        cure = f"Write {near!r}." if near else f"Write one of: {', '.join(column.choices)}."
        yield Fault(raw.label, row.number, column.name, value, "this is none of the choices.", cure)
