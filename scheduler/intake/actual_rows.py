"""Actual visits from a file: when each carer clocked in and out. A CSV, or the sheet "Actuals" of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from scheduler.delivered import Actual
from scheduler.errors import Fault, InputError
from scheduler.intake.columns import Row, Table, column
from scheduler.intake.kinds import EndMoment, Id, Moment
from scheduler.intake.one_table import read_one
from scheduler.intake.patterns import minute_of
from scheduler.intake.raw import did_you_mean
from scheduler.intake.rows import Sheet
from scheduler.problem import Problem
from scheduler.units import DAY

WANTED = "Give a CSV, or an .xlsx with a sheet called Actuals: columns visit, carer, clock_in, clock_out."
_LONGEST = DAY
"""Minutes between clocking in and out; more is a clock that nobody stopped."""


class ActualRow(Row):
    """One carer at one visit as clocked; a row without times says that nobody came."""

    visit: Id = column("The dated visit.", "C01-am:2026-11-23")
    carer: Id = column("The carer's id.", "K01")
    clock_in: Moment | None = column("When the carer came.", "2026-11-23 08:34", None, "nobody came")
    clock_out: EndMoment | None = column("When the carer left.", "2026-11-23 09:15", None, "nobody came")


TABLE = Table("actuals", True, ActualRow)


def load_actuals(path: str | Path, problem: Problem) -> tuple[Actual, ...]:
    """The clocked visits of a file, for this problem. Raises `InputError` with everything that is wrong."""
    path = Path(path)
    sheet: Sheet[ActualRow]
    sheet, faults = read_one(path, TABLE, WANTED)
    faults.extend(_unknown(sheet, problem))
    faults.extend(_times(sheet, problem))
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    return tuple(
        Actual(row.visit, row.carer, _minute(row.clock_in, problem), _minute(row.clock_out, problem))
        for row in sheet.rows
    )


def _unknown(sheet: Sheet[ActualRow], problem: Problem) -> Iterator[Fault]:
    for name, known in (("visit", problem.visit_index), ("carer", problem.carer_index)):
        for number, cells in sheet.raw.items():
            id = cells.get(name)
            if id is not None and id not in known:
                cure = did_you_mean(id, known, "Ids look like 'C01-am:2026-11-23' and 'K01'.")
                yield sheet.fault(number, name, f"there is no {name} {id!r} in these days.", cure)


def _times(sheet: Sheet[ActualRow], problem: Problem) -> Iterator[Fault]:
    first: dict[tuple[str, str], int] = {}
    for row in sheet.rows:
        pair = row.visit, row.carer
        if pair in first:
            told = f"row {first[pair]} already tells of {row.carer} at {row.visit}."
            yield sheet.fault(row, "carer", told, "Keep one of the two rows.")
        first.setdefault(pair, row.at)
        given = {"clock_in": row.clock_in, "clock_out": row.clock_out}
        for name, moment in given.items():
            if moment is not None and not isinstance(moment, datetime):
                cure = f"Write it like '{moment:%Y-%m-%d} 08:34'."
                yield sheet.fault(row, name, "the time is missing.", cure)
        lacking = [name for name, moment in given.items() if moment is None]
        if len(lacking) == 1:
            cure = "Write it; or empty both where nobody came."
            yield sheet.fault(row, lacking[0], "one of the two times is missing.", cure)
        elif isinstance(row.clock_in, datetime) and isinstance(row.clock_out, datetime):
            yield from _span(row, row.clock_in, row.clock_out, sheet, problem)


def _span(
    row: ActualRow, came: datetime, left: datetime, sheet: Sheet[ActualRow], problem: Problem
) -> Iterator[Fault]:
    minutes = (left - came).total_seconds() / 60
    if minutes < 0:
        yield sheet.fault(row, "clock_out", "this is before clock_in.", "Correct one of the two.")
    elif minutes > _LONGEST:
        yield sheet.fault(row, "clock_out", "this is more than a day after clock_in.", "Correct the date.")
    if not 0 <= minute_of(came, problem.start) < problem.days * DAY:
        yield sheet.fault(row, "clock_in", "this is outside the days that were planned.", "Correct the date.")


def _minute(moment: object, problem: Problem) -> int | None:
    return minute_of(moment, problem.start) if isinstance(moment, datetime) else None
