"""When rows come: weekdays or a date, from before until, shifts that do not overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import combinations
from typing import Any

from scheduler.errors import Fault
from scheduler.intake.patterns import both_come
from scheduler.intake.rows import Agency, Sheet
from scheduler.intake.tables import ShiftRow, VisitRow
from scheduler.units import WEEKDAYS, clock, end_clock


def pattern_faults(agency: Agency) -> Iterator[Fault]:
    """Weekdays and date both or neither, and `until` before `from`."""
    yield from _patterns(agency.visits)
    yield from _patterns(agency.shifts)
    for row in agency.exceptions.rows:
        if row.until < row.from_:
            yield agency.exceptions.fault(row, "until", *_backwards(agency.exceptions, row.at))
    for away in agency.absences.rows:
        if _moment(away.until, time.max) <= _moment(away.from_, time.min):
            yield agency.absences.fault(away, "until", *_backwards(agency.absences, away.at))


def _patterns(sheet: Sheet[VisitRow] | Sheet[ShiftRow]) -> Iterator[Fault]:
    for row in sheet.rows:
        if row.weekdays is None and row.date is None:
            cure = "Write weekdays such as 'daily' or 'Mon-Fri', or one date."
            yield sheet.fault(row.at, "weekdays", "it is not said on which days this comes.", cure)
        if row.weekdays is not None and row.date is not None:
            cure = "Empty one of the two cells; for both write two rows."
            yield sheet.fault(row.at, "date", "this row has weekdays and a date.", cure)
        if row.from_ and row.until and row.until < row.from_:
            yield sheet.fault(row.at, "until", *_backwards(sheet, row.at))


def _backwards(sheet: Sheet[Any], number: int) -> tuple[str, str]:
    return f"this is before `from`, {sheet.raw[number]['from']}.", "Exchange the two, or correct one."


def _moment(moment: date | datetime, clock: time) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, clock)


def shift_faults(agency: Agency) -> Iterator[Fault]:
    """A shift that ends before it starts, and two shifts of one carer at the same time."""
    sheet = agency.shifts
    by_carer = defaultdict(list)
    for row in sheet.rows:
        if row.end <= row.start:
            begin, end = clock(row.start), end_clock(row.end)
            cure = f"For a night write two rows: {begin} to 24:00, and 00:00 to {end} on the next day."
            cure = cure if row.end else "Write 24:00 for the end of the day."
            yield sheet.fault(row, "end", f"the shift ends before it starts at {begin}.", cure)
        else:
            by_carer[row.carer].append(row)
    for rows in by_carer.values():
        for a, b in combinations(rows, 2):
            if a.start < b.end and b.start < a.end and (day := both_come(a, b)):
                problem = f"this shift overlaps the one in row {a.at}{_when(a, b, day)}."
                yield sheet.fault(b, "start", problem, "Join the two, or let one begin when the other ends.")


def _when(a: ShiftRow, b: ShiftRow, day: date) -> str:
    """A date where the rows know one; the pattern alone knows weekdays."""
    dated = a.date or b.date or a.from_ or b.from_
    return f" on {day:%Y-%m-%d}" if dated else f", for example on {WEEKDAYS[day.weekday()]}"


def history_warnings(agency: Agency, start: date) -> Iterator[Fault]:
    """Rows of the history that are not past when the period begins; told once."""
    late = [row for row in agency.history.rows if row.date >= start]
    if late:
        problem = (
            f"{len(late)} rows are on or after {start:%Y-%m-%d}, the first day planned; they are not read."
        )
        yield agency.history.fault(late[0], "date", problem, "History is what was before the period.")


def shiftless_warnings(agency: Agency) -> Iterator[Fault]:
    """Carers for whom no shift is written down at all."""
    working = agency.shifts.names("carer")
    for row in agency.carers.rows:
        if working is not None and row.carer not in working:
            cure = "Add rows to shifts, unless this carer does not work."
            yield agency.carers.fault(row, "carer", f"{row.name} has no shift, and so gets no visits.", cure)
