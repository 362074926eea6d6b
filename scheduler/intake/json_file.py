"""One JSON file as records of text: {"clients": [{"client": "C01", ...}, ...], "visits": [...], ...}.

The row number of an entry is its place in the list, from 1.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from scheduler.errors import Fault
from scheduler.intake.columns import Table
from scheduler.intake.files import read_bytes
from scheduler.intake.raw import IGNORED, Record, Refused, Source, clean, key, number_text
from scheduler.intake.tables import TABLES_BY_NAME

SHAPE = 'Write {"clients": [{"client": "C01", ...}], "visits": [...], ...}: a list of entries for each table.'


def read_json(path: Path) -> Source:
    """Each list that is called like a table."""
    source = Source(path.name)
    for name, entries in parse_json(read_bytes(path)).items():
        table, label = key(name), f"{path.name}, table {name}"
        if table in TABLES_BY_NAME:
            known = TABLES_BY_NAME[table]
            source.add(known, label, records_of(entries, known, label, source.faults))
        elif table not in IGNORED:
            source.pass_by(label, name)
    return source


def parse_json(data: bytes) -> dict[str, Any]:
    """The object that the file holds."""
    try:
        found = json.loads(data, object_pairs_hook=_once, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        problem = f"this is not JSON: line {error.lineno}, sign {error.colno}: {error.msg}."
        raise Refused(problem, "Mend it there, or export it again.") from error
    except UnicodeDecodeError as error:
        raise Refused("this is not UTF-8 text.", "Save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise Refused(f"this JSON cannot be used: {error}.", SHAPE) from error
    if not isinstance(found, dict):
        raise Refused("this JSON is not an object of tables.", SHAPE)
    return found


def records_of(entries: Any, table: Table, label: str, faults: list[Fault]) -> list[Record]:
    """A list of entries as a table: the first record names the columns, as they first come up."""
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        faults.append(Fault(label, None, None, None, "this table is not a list of entries.", SHAPE))
        return [(0, table.names)]
    columns = list(dict.fromkeys(name for entry in entries for name in entry)) or list(table.names)
    records: list[Record] = [(0, columns)]
    for number, entry in enumerate(entries, 1):
        records.append((number, [_text(entry.get(name), label, number, name, faults) for name in columns]))
    return records


def _text(value: Any, label: str, number: int, column: str, faults: list[Fault]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "; ".join(value)
    problem, cure = (
        "this is an object or a list of objects, not a value.",
        "Give a text, a number, or a list of texts.",
    )
    faults.append(Fault(label, number, column, json.dumps(value)[:60], problem, cure))
    return ""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice!r} comes twice in one object")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")
