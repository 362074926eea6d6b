"""The empty workbook that an agency fills in: a sheet for each table, with notes, drop-downs and an example."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scheduler.errors import OutputError
from scheduler.intake.columns import Column, Table
from scheduler.intake.settings_table import known_settings
from scheduler.intake.tables import TABLES
from scheduler.uk import task_names

LAST_ROW = 2000
"""Drop-downs and formats reach down to here."""
SECOND_VISIT = {
    "visit": "C01-lunch",
    "part": "lunch",
    "preferred": "12:45",
    "earliest": "12:15",
    "latest": "13:15",
}
"""The example of a link needs a second visit: the first example but for these cells."""
_LIST_LIMIT = 255
"""Characters that Excel takes as the list of a drop-down."""

READ_ME = (
    "Careround: an agency's week in one workbook",
    "",
    "Fill in the sheets, save, and run: careround plan THIS_FILE --out DIR",
    "Each sheet has one example row. Overwrite it.",
    "Dark headings are required; the note on each heading says what to write and what an empty cell means.",
    "Dates are written 2026-11-23, times 08:30, lists with a semicolon: gardening; choirs.",
    "The sheets exceptions, links, absences, relations, history, visit_notes, settings and those of isf (funds of "
    "single people) may stay empty or be deleted.",
    "A heading that is not known is reported and not read; the order of the columns does not matter.",
    "",
    "The tasks that a visit can list: " + ", ".join(task_names()) + ".",
)


def write_template(path: str | Path) -> None:
    """Write the workbook; nothing is written where that cannot be done."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    try:
        _write_read_me(book)
        for table in TABLES:
            _write_table(book, table)
        _write_settings(book)
        book.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise OutputError(f"The template cannot be written to {path}: {error}.") from error


def _write_read_me(book: Any) -> None:
    sheet = book.add_worksheet("Read me")
    sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    for row, line in enumerate(READ_ME):
        sheet.write_string(
            row, 0, line, *([book.add_format({"bold": True, "font_size": 14})] if row == 0 else [])
        )


def _write_table(book: Any, table: Table) -> None:
    sheet = book.add_worksheet(table.name)
    text = book.add_format({"num_format": "@", "valign": "top"})
    sheet.freeze_panes(1, 1)
    for i, column in enumerate(table.columns):
        color = "#1F4E79" if column.required else "#7F93A8"
        heading = book.add_format(
            {"bold": column.required, "font_color": "#FFFFFF", "bg_color": color, "border": 1}
        )
        sheet.write_string(0, i, column.name, heading)
        sheet.write_comment(0, i, note(column), {"x_scale": 2, "y_scale": 1.2})
        # Cells are text, so that a spreadsheet does not turn an id or 'Mon-Fri' into a date of its own.
        sheet.set_column(i, i, max(len(column.name), len(column.example)) + 3, text)
        _offer_choices(sheet, i, column)
    examples = {column.name: column.example for column in table.columns}
    for row, example in enumerate(
        [examples, examples | SECOND_VISIT] if table.name == "visits" else [examples], 1
    ):
        for i, value in enumerate(example.values()):
            sheet.write_string(row, i, value, text) if value else sheet.write_blank(row, i, None, text)


def note(column: Column) -> str:
    """What the heading of a column says when the mouse is over it."""
    empty = "Required." if column.required else f"Empty: {column.default}."
    return f"{column.note}\nWritten: {column.written}.\n{empty}"


def _offer_choices(sheet: Any, i: int, column: Column) -> None:
    if column.choices and len(",".join(column.choices)) <= _LIST_LIMIT:
        rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
        sheet.data_validation(1, i, LAST_ROW, i, rule)


def _write_settings(book: Any) -> None:
    """All names of settings on a sheet of their own, offered as a drop-down in the sheet `settings`."""
    sheet = book.add_worksheet("setting names")
    bold = book.add_format({"bold": True})
    for i, (title, width) in enumerate((("setting", 32), ("meaning", 80), ("default", 28), ("choices", 40))):
        sheet.set_column(i, i, width)
        sheet.write_string(0, i, title, bold)
    settings = known_settings().values()
    for row, setting in enumerate(settings, 1):
        cells = (setting.name, setting.note, setting.default, ", ".join(setting.choices))
        for i, cell in enumerate(cells):
            sheet.write_string(row, i, cell)
    rule = {
        "validate": "list",
        "source": f"='setting names'!$A$2:$A${len(settings) + 1}",
        "error_type": "warning",
    }
    book.get_worksheet_by_name("settings").data_validation(1, 0, LAST_ROW, 0, rule)
