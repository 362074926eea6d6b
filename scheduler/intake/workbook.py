"""An .xlsx workbook as records of text, sheet by sheet: numbers, dates and times become text at this border."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from scheduler.errors import Fault
from scheduler.intake.raw import IGNORED, Record, Refused, Source, clean, key, letters, number_text
from scheduler.intake.tables import TABLES_BY_NAME
from scheduler.intake.workbook_guard import SAVE_AS, Hidden, guard
from scheduler.units import HOUR

_EPOCH = date(1900, 1, 1)
"""What a reader makes of the number 1 with a format of times: 24:00."""


def read_workbook(path: Path) -> Source:
    """Each sheet that is called like a table."""
    source = Source(path.name)
    hidden = guard(path, _is_read)
    for name, records, merged in _sheets(path):
        table, label = key(name), sheet_label(path.name, name)
        if table in TABLES_BY_NAME:
            source.faults.extend(_merged_faults(label, merged))
            source.faults.extend(_hidden_faults(label, hidden.get(name, []), records))
            source.add(TABLES_BY_NAME[table], label, records)
        elif table not in IGNORED:
            source.pass_by(label, name)
    return source


def read_sheet(path: Path, wanted: str) -> list[Record] | None:
    """The one sheet of this name, or None."""
    guard(path, _is_read)
    return next((records for name, records, _ in _sheets(path) if key(name) == wanted), None)


def _is_read(sheet: str) -> bool:
    return key(sheet) in (*TABLES_BY_NAME, "rota", "actuals", "events")


def sheet_label(file: str, sheet: str) -> str:
    """How a fault names a sheet."""
    return f"{file}, sheet {sheet}"


def sheet_of(fault: Fault) -> str:
    """The sheet that a fault names, or ''."""
    return fault.file.partition(", sheet ")[2]


Merged = list[tuple[tuple[int, int], tuple[int, int]]]


def _sheets(path: Path) -> Iterator[tuple[str, list[Record], Merged]]:
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            if _is_read(name):
                sheet = book.get_sheet_by_name(name)
                rows = enumerate(sheet.to_python(skip_empty_area=False), 1)
                yield (
                    name,
                    [(n, [as_text(cell) for cell in row]) for n, row in rows],
                    sheet.merged_cell_ranges or [],
                )
            else:
                yield name, [], []
    except BaseException as error:  # a damaged file can make the reader panic, which is not an Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise Refused(f"this workbook is damaged ({str(error)[:80]}).", SAVE_AS) from error
        raise


def as_text(cell: Any) -> str:
    """A cell as we would have it typed: 45, 37.5, yes, 2026-11-23, 08:30."""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        return number_text(cell)
    if isinstance(cell, timedelta):
        return _clock(cell.total_seconds())
    if isinstance(cell, time):
        return _clock(cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6)
    if isinstance(cell, datetime) and cell.time() != time():
        return f"{cell.date().isoformat()} {as_text(cell.time())}"
    day = cell.date() if isinstance(cell, datetime) else cell
    return "24:00" if day == _EPOCH else str(day.isoformat())


def _clock(seconds: float) -> str:
    """Seconds -> '08:30', or '08:30:15'; what floats lose of a second is put back."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    return f"{minutes // HOUR:02d}:{minutes % HOUR:02d}" + (f":{rest:02d}" if rest else "")


def _merged_faults(label: str, merged: Merged) -> Iterator[Fault]:
    for (top, left), (bottom, right) in merged:
        place = f"{letters(left)}{top + 1} to {letters(right)}{bottom + 1}"
        problem = f"the cells {place} are merged, so it is not clear whose value this is."
        cure = "Unmerge them (Home, Merge & Center) and fill each cell."
        yield Fault(label, top + 1, letters(left), None, problem, cure)


def _hidden_faults(label: str, hidden: list[Hidden], records: list[Record]) -> Iterator[Fault]:
    titles = next((cells for _, cells in records if any(cells)), [])
    for cell in hidden:
        title = titles[cell.column] if cell.column < len(titles) else ""
        column = key(title) or letters(cell.column)
        if cell.value.startswith("#"):
            problem, cure = "this formula ends in an error.", "Mend the formula, or write the value itself."
        else:
            problem = "this formula has no result in the file."
            cure = "Open the workbook in Excel or LibreOffice and save it, or write the value itself."
        yield Fault(label, cell.row, column, cell.value, problem, cure)
