"""A file that holds one table: a CSV, the table's sheet of a workbook, or a list in a JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scheduler.errors import Fault, InputError
from scheduler.intake.columns import Table
from scheduler.intake.csv_files import read_csv
from scheduler.intake.files import inspect, read_bytes
from scheduler.intake.json_file import parse_json, records_of
from scheduler.intake.raw import Refused, Source
from scheduler.intake.rows import Sheet, parse_table
from scheduler.intake.workbook import read_sheet, sheet_label


def read_one(path: Path, table: Table, wanted: str, json: bool = False) -> tuple[Sheet[Any], list[Fault]]:
    """The table's rows, and what is wrong with its cells so far. `wanted` says what to give instead of a file that
    cannot be read; `json`: may it be {"TABLE": [...]} as well? Raises `InputError` for such a file."""
    try:
        source = _read(path, table, wanted, json)
    except Refused as refused:
        raise InputError([refused.fault(path.name)]) from refused
    sheet: Sheet[Any] = parse_table(table, source.tables[table.name], source.faults)
    return sheet, source.faults


def _read(path: Path, table: Table, wanted: str, json: bool) -> Source:
    inspect(path)
    source = Source(path.name)
    ending = path.suffix.lower()
    if ending == ".csv":
        source.add(table, path.name, read_csv(path)[0])
    elif json and ending == ".json":
        label = f"{path.name}, {table.name}"
        entries = parse_json(read_bytes(path)).get(table.name)
        source.add(table, label, records_of(entries, table, label, source.faults))
    elif ending in (".xlsx", ".xlsm"):
        records, title = read_sheet(path, table.name), table.name.capitalize()
        if records is None:
            raise Refused(f"there is no sheet called {title} in this workbook.", wanted)
        source.add(table, sheet_label(path.name, title), records)
    else:
        raise Refused(f"files that end in {path.suffix or 'nothing'} are not read.", wanted)
    return source
