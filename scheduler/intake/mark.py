"""The agency's own workbook given back with the bad cells marked. The original is not touched."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from scheduler.errors import Fault, OutputError
from scheduler.intake.raw import key
from scheduler.intake.workbook import sheet_of

COLOR = "FFC7CE"
AUTHOR = "Careround"


def mark_workbook(source: str | Path, faults: Iterable[Fault], out: str | Path) -> None:
    """Write a copy in which each cell that a fault names is coloured and says in a comment what is wrong. All faults,
    also those of no cell, stand in a first sheet called "Faults"."""
    import openpyxl

    told = list(faults)
    if Path(out).resolve() == Path(source).resolve():
        raise OutputError(f"{out} is the workbook itself: give another name, so that it stays as it is.")
    try:
        book = openpyxl.load_workbook(source)
    except Exception as error:  # damaged files raise whatever the part that breaks raises
        raise OutputError(f"{source} cannot be marked: {error}.") from error
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    for fault in told:
        if sheet_of(fault) in sheets and fault.row:
            _mark(sheets[sheet_of(fault)], fault)
    _list_faults(book, told)
    try:
        book.save(out)
    except OSError as error:
        raise OutputError(f"The marked workbook cannot be written to {out}: {error}.") from error


def _mark(sheet: Any, fault: Fault) -> None:
    from openpyxl.cell.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = sheet.cell(fault.row, _column(sheet, fault.column))
    if isinstance(cell, MergedCell):
        return
    before = f"{cell.comment.text}\n" if cell.comment and cell.comment.author == AUTHOR else ""
    cell.fill = PatternFill("solid", fgColor=COLOR)
    cell.comment = Comment(f"{before}{fault.problem} {fault.cure}", AUTHOR, width=320, height=120)


def _column(sheet: Any, name: str | None) -> int:
    """Where the column stands: by its heading, by its letters, or else the first."""
    from openpyxl.utils import column_index_from_string

    heading = next((row for row in sheet.iter_rows() if any(cell.value for cell in row)), ())
    for cell in heading:
        if name and key(str(cell.value or "")) == key(name):
            return int(cell.column)
    return column_index_from_string(name) if name and name.isupper() and len(name) <= 2 else 1


def _list_faults(book: Any, faults: list[Fault]) -> None:
    if "Faults" in book.sheetnames:
        del book["Faults"]
    sheet = book.create_sheet("Faults", 0)
    sheet.append(["where", "row", "column", "value", "problem", "cure"])
    for fault in faults:
        where = sheet_of(fault) or fault.file
        sheet.append([where, fault.row, fault.column, fault.value, fault.problem, fault.cure])
        for cell in sheet[sheet.max_row]:
            cell.data_type = (
                "n" if isinstance(cell.value, int) else "s"
            )  # a value such as '=A1' is shown, not reckoned
    for letter, width in zip("ABCDEF", (14, 6, 16, 24, 60, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    book.active = 0
