"""A folder of CSV files, an .xlsx workbook or a JSON file -> tables of text. Nothing is understood here yet."""

from __future__ import annotations

from os.path import isdir
from pathlib import Path

from scheduler.errors import Fault
from scheduler.intake.csv_files import read_csv
from scheduler.intake.files import inspect
from scheduler.intake.json_file import read_json
from scheduler.intake.raw import IGNORED, MEGABYTE, MOST_BYTES, RawTable, Refused, Source, key, nearest
from scheduler.intake.tables import TABLES, TABLES_BY_NAME
from scheduler.intake.workbook import read_workbook
from scheduler.intake.workbook_guard import SAVE_AS

WANTED = "Give a folder of CSV files, one .xlsx workbook or one JSON file."
_READERS = {".xlsx": read_workbook, ".xlsm": read_workbook, ".json": read_json}
_TABLE_LIKE = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".json", ".pdf")


def read(path: Path) -> Source:
    """Everything that the source holds, with all that is wrong with it so far."""
    try:
        source = _read_folder(path) if isdir(path) else _read_file(path)
    except Refused as refused:
        return Source(path.name, faults=[refused.fault(path.name or str(path))])
    _report_missing(source)
    return source


def _read_file(path: Path) -> Source:
    inspect(path)
    reader = _READERS.get(path.suffix.lower())
    if reader:
        return reader(path)
    if path.suffix.lower() == ".csv":
        raise Refused("this is one table; an agency has several.", f"Give the folder that it is in. {WANTED}")
    raise Refused(f"files that end in {path.suffix or 'nothing'} are not read.", f"{SAVE_AS} {WANTED}")


def _read_folder(folder: Path) -> Source:
    source = Source(folder.resolve().name)
    files = _list(folder)
    if sum(path.stat().st_size for path in files if path.is_file()) > MOST_BYTES:
        limit = f"{MOST_BYTES // MEGABYTE} MB"
        raise Refused(f"the files in this folder have more than {limit} in all.", "Leave out old history.")
    for path in files:
        name = key(path.stem)
        if path.suffix.lower() == ".csv" and name in TABLES_BY_NAME:
            _read_table(source, name, path)
        elif path.suffix.lower() == ".csv" and name not in IGNORED:
            source.pass_by(path.name, path.stem)
        elif name in TABLES_BY_NAME:
            problem, cure = (
                "in a folder only CSV files are read; this is not read.",
                f"Save it as {name}.csv.",
            )
            source.warnings.append(Fault(path.name, None, None, None, problem, cure))
    if not source.tables and not source.faults:
        books = [path.name for path in files if path.suffix.lower() in _READERS]
        cure = f"Give {books[0]!r} itself." if len(books) == 1 else WANTED
        raise Refused("there is no table in this folder.", cure)
    return source


def _list(folder: Path) -> list[Path]:
    """The files that may be tables: whatever else lies in the folder is nobody's business here."""
    try:
        return sorted(
            path for path in folder.iterdir() if path.suffix.lower() in _TABLE_LIKE and path.name[0] != "."
        )
    except OSError as error:
        raise Refused(
            f"this folder cannot be opened ({error.strerror}).", "Ask for the right to read it."
        ) from error


def _read_table(source: Source, name: str, path: Path) -> None:
    try:
        records, sign = read_csv(path)
    except Refused as refused:
        source.faults.append(refused.fault(path.name))
        source.tables.setdefault(name, RawTable(name, path.name))
        return
    source.add(TABLES_BY_NAME[name], path.name, records)
    if sign:
        problem, cure = f"the cells are separated by {sign}, and were read so.", "Commas are the usual sign."
        source.warnings.append(Fault(path.name, None, None, None, problem, cure))


def _report_missing(source: Source) -> None:
    for table in TABLES:
        if table.required and table.name not in source.tables:
            near = nearest(table.name, source.unknown)
            cure = f"Is it {near!r}? Then call it {table.name!r}." if near else f"Add it. {table.note}"
            source.faults.append(
                Fault(source.name, None, None, None, f"the table {table.name!r} is missing.", cure)
            )
