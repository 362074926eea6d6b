"""The clients and carers of an agency's data, also those whom only older data names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database.models import PersonKind, TableSet
from api.desk.packing import unpack_json
from api.desk.tables import Tables
from api.errors import not_found


@dataclass(frozen=True, slots=True)
class Person:
    """A client or carer; `here`: the newest data has the person."""

    kind: PersonKind
    id: str
    name: str
    here: bool


def people(session: Session) -> list[Person]:
    """Everybody whom any data of the agency names, those of the newest data first, by name."""
    found: dict[tuple[PersonKind, str], Person] = {}
    for newest, tables in _tables(session):
        for kind in PersonKind:
            for row in tables.get(f"{kind}s", []):
                id = row.get(kind, "")
                found.setdefault((kind, id), Person(kind, id, row.get("name", "") or id, newest))
    return sorted(found.values(), key=lambda one: (not one.here, one.kind, one.name.casefold(), one.id))


def person(session: Session, kind: PersonKind, id: str) -> Person:
    """That client or carer. Raises Trouble(404)."""
    for newest, tables in _tables(session):
        for row in tables.get(f"{kind}s", []):
            if row.get(kind) == id:
                return Person(kind, id, row.get("name", "") or id, newest)
    raise not_found(kind)


def _tables(session: Session) -> Iterator[tuple[bool, Tables]]:
    """Every version of the tables, the newest first, and whether it is the newest."""
    asked = select(TableSet.packed).order_by(TableSet.version.desc())
    for number, packed in enumerate(session.scalars(asked.execution_options(yield_per=1))):
        yield number == 0, unpack_json(packed)
