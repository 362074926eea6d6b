"""The rota as a workbook and as CSV. What people typed stays text: no cell can become a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook

from scheduler.problem import Problem
from scheduler.report.table import Kind, Table, plain

_FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.MINUTES: "#,##0",
    Kind.HOURS: "#,##0.00",
    Kind.MILES: "#,##0.0",
    Kind.MONEY: '"£"#,##0.00;[Red]-"£"#,##0.00',
    Kind.SHARE: "0.0%",
    Kind.NUMBER: "#,##0.00",
    Kind.MEASURE: "General",
}
_WIDTHS = {Kind.TEXT: (8, 32), Kind.LONG: (30, 90)}
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def to_csv(table: Table) -> str:
    """The table as CSV. A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.title for column in table.columns)
    for row in table.rows:
        cells = zip(row, table.columns, strict=True)
        writer.writerow(_cell(value, column.kind) for value, column in cells)
    return out.getvalue()


def _cell(value: Any, kind: Kind) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_RISKY) else value
    return "" if value is None else plain(value, kind)


def to_xlsx(tables: Iterable[Table], problem: Problem, title: str = "") -> bytes:
    """One sheet a table: headings stay in sight and can be filtered by; numbers are numbers. `title` is the workbook's
    own; without one it is the rota of the problem."""
    out = io.BytesIO()
    # Texts are never looked into for formulas, links or numbers. A row is let go of once it is written.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties(
            {
                "title": title or f"Rota of {problem.settings.agency} from {problem.start:%d/%m/%Y}",
                "created": datetime.combine(problem.start, time()),
            }
        )
        for table in tables:
            _write(book, table)
    return out.getvalue()


def _write(book: Workbook, table: Table) -> None:
    sheet = book.add_worksheet(table.name)
    heading = book.add_format(
        {"bold": True, "bg_color": "#E6EEF2", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    top = {kind: book.add_format({"num_format": how, "valign": "top"}) for kind, how in _FORMATS.items()}
    top |= {Kind.TEXT: book.add_format({"valign": "top"}), Kind.LONG: wrapped}
    for x, column in enumerate(table.columns):
        sheet.write_string(0, x, column.title, heading)
        sheet.set_column(x, x, _width(table, x))
    for y, row in enumerate(table.rows, start=1):
        for x, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            if isinstance(value, str):
                sheet.write_string(y, x, value, top[column.kind])
            elif value is not None:
                sheet.write_number(y, x, plain(value, column.kind), top[column.kind])
    sheet.freeze_panes(1, 0)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _width(table: Table, x: int) -> float:
    column = table.columns[x]
    least, most = _WIDTHS.get(column.kind, (9, 14))
    longest = max((len(str(row[x])) for row in table.rows[:500] if row[x] is not None), default=0)
    return min(max(least, len(column.title) + 2, longest + 1), most)
