"""The audit: everything that changes is told, and each entry holds the hash of the one before.

Entries are made by a listener, so that no code can forget them. The database refuses to change or delete them; whoever
gets around that breaks the chain, and `verify` says where. What the audit holds is ids and states, never personal data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from sqlalchemy import event, insert, inspect, select, text
from sqlalchemy.orm import Session, UOWTransaction

from api.database.base import Base, now
from api.database.models import AuditEntry
from api.database.tenancy import WHO

GENESIS = "0" * 64
LOCK = 7_231_947_002
"""The name of the lock that keeps writers of the chain in a row (PostgreSQL; on SQLite there is one writer anyway)."""
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the chain does not hold, and how."""

    number: int
    reason: str


def record(
    session: Session, what: str, about: str, details: dict[str, Any], agency: str | None = None
) -> None:
    """Tell something that is not the change of a row, such as a sign-in that failed."""
    _append(session, [(what, about, details, agency)])


def verify(session: Session) -> Iterator[Broken]:
    """Every place at which the chain is broken; nothing when all is as it was written."""
    before, number = GENESIS, 0
    for entry in session.scalars(
        select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=BATCH)
    ):
        number += 1
        if entry.number != number:
            yield Broken(number, f"entry {number} is missing")
            number = entry.number
        if entry.before != before:
            yield Broken(number, "it does not follow the entry before it")
        if entry.hash != _hash(_plain(entry)):
            yield Broken(number, "it was changed")
        before = entry.hash


@event.listens_for(Session, "after_flush")
def _tell(session: Session, context: UOWTransaction) -> None:
    told = []
    for what, rows in (("create", session.new), ("change", session.dirty), ("delete", session.deleted)):
        for row in rows:
            if isinstance(row, Base) and row.audited:
                details = _changes(row, what)
                if details:
                    # (By its key: an agency is its own, and a row of no agency has none.)
                    agency = _key(row) if type(row).__name__ == "Agency" else getattr(row, "agency_id", None)
                    told.append((what, f"{type(row).__name__} {_key(row)}", details, agency))
    if told:
        _append(session, told)


def _append(session: Session, told: list[tuple[str, str, dict[str, Any], str | None]]) -> None:
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    last = connection.execute(
        select(AuditEntry.number, AuditEntry.hash).order_by(AuditEntry.number.desc()).limit(1)
    ).first()
    number, before = last if last else (0, GENESIS)
    rows = []
    for what, about, details, agency in told:
        number += 1
        row = {
            "number": number,
            "at": now(),
            "agency_id": agency,
            "who": session.info.get(WHO, ""),
            "what": what,
            "about": about,
            "details": details,
            "before": before,
        }
        before = row["hash"] = _hash(row)
        rows.append(row)
    connection.execute(insert(AuditEntry), rows)


def _changes(row: Base, what: str) -> dict[str, Any]:
    """Column -> [before, after] (for a new or deleted row: its value)."""
    state = inspect(row)
    found: dict[str, Any] = {}
    for name in row.audited:
        history = state.attrs[name].history
        if what != "change":
            found[name] = _value(getattr(row, name))
        elif history.added and history.deleted != history.added:
            found[name] = [_value(next(iter(history.deleted or ()), None)), _value(history.added[0])]
    return found


def _value(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, datetime) else value


def _key(row: Base) -> str:
    return "/".join(str(part) for part in inspect(type(row)).primary_key_from_instance(row))


def _plain(entry: AuditEntry) -> dict[str, Any]:
    names = ("number", "at", "agency_id", "who", "what", "about", "details", "before")
    return {name: getattr(entry, name) for name in names}


def _hash(row: dict[str, Any]) -> str:
    plain = {**row, "at": row["at"].astimezone(UTC).isoformat(timespec="microseconds")}
    return sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
