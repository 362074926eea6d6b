"""The agency in `good/` as a folder, a workbook and a JSON file, and copies of it with something changed."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

HERE = Path(__file__).parent
GOOD, BAD = HERE / "good", HERE / "bad"
MONDAY = date(2026, 11, 23)
"""The first day that the tests plan."""

Tables = dict[str, list[list[str]]]
"""Table -> its rows, the header first."""


def read_tables(folder: Path = GOOD) -> Tables:
    """The tables of a folder of CSV files."""
    tables = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            tables[path.stem] = list(csv.reader(file))
    return tables


def changed(tables: Tables, table: str, row: int, **cells: str) -> Tables:
    """The same tables with other cells in one row (its number as the spreadsheet shows it); `from_` is `from`."""
    rows = [list(cells) for cells in tables[table]]
    for name, value in cells.items():
        rows[row - 1][rows[0].index(name.rstrip("_"))] = value
    return {**tables, table: rows}


def added(tables: Tables, table: str, **cells: str) -> Tables:
    """The same tables with one row more."""
    header = tables[table][0]
    given = {name.rstrip("_"): value for name, value in cells.items()}
    return {**tables, table: [*tables[table], [given.pop(name, "") for name in header]]}


def without(tables: Tables, *names: str) -> Tables:
    """The same agency with some tables left out."""
    return {name: rows for name, rows in tables.items() if name not in names}


def write_folder(tables: Tables, folder: Path, delimiter: str = ",") -> Path:
    """A folder of CSV files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return folder


def write_xlsx(tables: Mapping[str, Sequence[Sequence[Any]]], path: Path, typed: bool = False) -> Path:
    """A workbook; `typed` writes real numbers, dates and times, as Excel has them when people type."""
    book = xlsxwriter.Workbook(str(path))
    formats = {kind: book.add_format({"num_format": shown}) for kind, shown in _FORMATS.items()}
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                value = as_typed(cell) if typed and i > 0 else cell
                if isinstance(value, datetime | date | time):
                    sheet.write_datetime(i, j, value, formats[type(value)])
                elif isinstance(value, float):
                    sheet.write_number(i, j, value)
                elif value != "":
                    sheet.write_string(i, j, value)
    book.close()
    return path


def write_json(tables: Tables, path: Path) -> Path:
    """One JSON file, a list of entries for each table; empty cells are left out."""
    found = {
        name: [{column: cell for column, cell in zip(rows[0], row, strict=True) if cell} for row in rows[1:]]
        for name, rows in tables.items()
    }
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


def overlaid(case: str, folder: Path) -> Path:
    """The good agency with the files of a bad case over its own."""
    shutil.copytree(GOOD, folder)
    for file in (BAD / case).iterdir():
        shutil.copy(file, folder)
    return folder


_FORMATS = {date: "dd/mm/yyyy", time: "hh:mm", datetime: "dd/mm/yyyy hh:mm"}


def as_typed(cell: str) -> Any:
    """What Excel makes of a cell when somebody types it."""
    for parse in (float, date.fromisoformat, time.fromisoformat, datetime.fromisoformat):
        try:
            value = parse(cell)
        except ValueError:
            continue
        return value if value not in (float("inf"), float("-inf")) and value == value else cell
    return cell
