"""An agency's tables in the database: the same shapes as the files, imported whole, kept as they were written.

Every import is a new version; nothing is overwritten. What is imported goes through `scheduler.intake` with a period,
so that the faults are those of the command line, each with file, row, column and cure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from xlsxwriter import Workbook

from api import london
from api.database.models import Agency, TableSet
from api.desk.memory import Memory
from api.desk.packing import pack_json, unpack_json
from api.desk.roads import roads
from api.errors import Trouble, not_found
from scheduler.errors import Fault
from scheduler.intake.load import Loaded, load_with_warnings, next_monday
from scheduler.intake.raw import key
from scheduler.intake.read import read
from scheduler.intake.tables import TABLES, TABLES_BY_NAME

Tables = Mapping[str, list[dict[str, str]]]
"""Table -> its rows, each column -> text, as in the files."""
_counts: Memory[dict[str, int]] = Memory(50)
ALONE = (".xlsx", ".xlsm", ".json")
"""Files that hold a whole agency."""


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Imported:
    """Tables that can be planned with, and what is doubtful in them."""

    tables: Tables
    warnings: tuple[Fault, ...]


def read_files(files: Iterable[Upload], start: date | None) -> Imported:
    """What the files hold: one workbook, one JSON file, or the CSV files of a folder. Raises InputError with every
    fault, Trouble where it cannot be told what is meant."""
    files = list(files)
    alone = [file for file in files if PurePath(file.name).suffix.lower() in ALONE]
    if not files or (alone and len(files) > 1):
        raise Trouble(422, "Give one workbook, one JSON file, or all CSV files of one agency.")
    with TemporaryDirectory(prefix="careround-") as folder:
        for file in files:
            (Path(folder) / _safe_name(file.name)).write_bytes(file.content)
        source = Path(folder) / _safe_name(alone[0].name) if alone else Path(folder)
        loaded = load_with_warnings(source, start or next_monday(london.today()))
        found = read(source)
    tables = {name: [dict(row.cells) for row in table.rows] for name, table in found.tables.items()}
    return Imported(tables, loaded.warnings)


def check_tables(tables: Tables, start: date | None) -> tuple[Fault, ...]:
    """The warnings of these tables. Raises InputError with every fault."""
    return load_tables(tables, start or next_monday(london.today()), 7).warnings


def load_tables(tables: Tables, start: date, days: int) -> Loaded:
    """The problem of these tables; a row's number is its place in the list."""
    with TemporaryDirectory(prefix="careround-") as folder:
        path = Path(folder) / "agency.json"
        path.write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")
        return load_with_warnings(path, start, days, roads())


def keep(session: Session, agency: str, imported: Imported, who: str | None, seen: int | None = None) -> int:
    """`store` what was imported, with what is doubtful in it."""
    doubts = [fault_json(warning) for warning in imported.warnings]
    return store(session, agency, imported.tables, who, seen, doubts)


def store(
    session: Session,
    agency: str,
    tables: Tables,
    who: str | None,
    seen: int | None = None,
    warnings: Iterable[dict[str, Any]] = (),
) -> int:
    """Keep the tables as the agency's newest version, whose number is given. `seen`: refuse if it is not the newest
    any more. `warnings`: what is doubtful in them."""
    current = session.scalars(select(Agency.tables_version).where(Agency.id == agency)).one()
    if seen is not None and seen != current:
        raise Trouble(
            412, f"Somebody imported version {current} since: look at it first.", {"version": current}
        )
    moved = session.execute(
        update(Agency).where(Agency.tables_version == current).values(tables_version=current + 1)
    )
    # Two imports at once: the other one was first.
    if moved.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has it
        raise Trouble(412, "Somebody imported at the same moment: look at that first.")
    rows = sum(len(table) for table in tables.values())
    session.add(
        TableSet(
            version=current + 1, packed=pack_json(tables), rows=rows, warnings=list(warnings), created_by=who
        )
    )
    return current + 1


def current(session: Session) -> tuple[int, Tables]:
    """The newest version and its tables. Raises Trouble where nothing was imported yet."""
    found = session.scalars(select(TableSet).order_by(TableSet.version.desc()).limit(1)).first()
    if found is None:
        raise Trouble(409, "There is no data yet: import the agency's tables first.")
    tables: Tables = unpack_json(found.packed)
    return found.version, tables


@dataclass(frozen=True)
class Newest:
    """What there is to say of the newest tables without opening them: rows by table, and what is doubtful."""

    version: int
    counts: Mapping[str, int]
    warnings: list[dict[str, Any]]


def newest(session: Session) -> Newest | None:
    """Of the newest tables; None where nothing was imported yet."""
    asked = (
        select(TableSet.id, TableSet.version, TableSet.warnings).order_by(TableSet.version.desc()).limit(1)
    )
    row = session.execute(asked).first()
    if row is None:
        return None
    found = _counts.get(row.id, lambda: counts(current(session)[1]))
    return Newest(row.version, found, row.warnings)


def newest_warnings(session: Session) -> list[dict[str, Any]]:
    """What is doubtful in the newest tables, as it was told when they were imported."""
    asked = select(TableSet.warnings).order_by(TableSet.version.desc()).limit(1)
    return list(session.scalars(asked).one())


def one_table(tables: Tables, name: str) -> list[dict[str, str]]:
    """The rows of one table; empty where the agency has none."""
    if name not in TABLES_BY_NAME:
        raise not_found("table")
    return tables.get(name, [])


def as_workbook(tables: Tables) -> bytes:
    """All tables as a workbook that can be imported again: every cell is text, as it was written."""
    target = BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for table in TABLES:
        rows = tables.get(table.name, [])
        if not rows and not table.required:
            continue
        sheet = book.add_worksheet(table.name.capitalize())
        columns = [name for name in table.names if not rows or any(name in row for row in rows)]
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(columns):
                sheet.write_string(number, place, row.get(column, ""))
    book.close()
    return target.getvalue()


def counts(tables: Tables) -> dict[str, int]:
    """Rows by table, every table named."""
    return {table.name: len(tables.get(table.name, [])) for table in TABLES}


def fault_json(fault: Fault) -> dict[str, Any]:
    """A fault or warning as JSON."""
    names = ("file", "row", "column", "value", "problem", "cure")
    return {name: getattr(fault, name) for name in names}


def _safe_name(name: str) -> str:
    """The name without any folder: what was sent never chooses where it is written."""
    base = PurePath(name.replace("\\", "/")).name
    stem, suffix = key(PurePath(base).stem)[:80] or "file", PurePath(base).suffix.lower()[:10]
    return f"{stem}{suffix}"
