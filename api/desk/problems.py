"""Problems in the database: one for each version of the tables and period, built once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.database.models import StoredProblem, TableSet
from api.database.tenancy import take_turn
from api.desk.memory import Memory
from api.desk.packing import pack, unpack
from api.desk.roads import may_answer_again
from api.desk.tables import Tables, current, fault_json, load_tables, newest_warnings, store
from scheduler.intake.checks.roads import TRAVEL_TIMES
from scheduler.problem import Problem
from scheduler.problem_json import from_json, to_json

KEPT = 8
"""Problems that stay in memory: a branch takes about 10 MB."""
LOADED = 2
"""Of those that are about to be kept."""
Opener = Callable[[], AbstractContextManager[Session]]
"""Opens a session of one agency."""


@dataclass(frozen=True)
class Prepared:
    """A problem of the newest tables (`version`) for a period: `id` where it is kept already, else what is to be kept.
    `instead_of`: the one that was made while the roads were silent."""

    start: date
    days: int
    version: int
    tables: Tables
    id: str | None = None
    packed: bytes = b""
    warnings: tuple[dict[str, Any], ...] = ()
    instead_of: str | None = None


_memory: Memory[Problem] = Memory(KEPT)
_loaded: Memory[Prepared] = Memory(LOADED)


def build(reading: Opener, writing: Opener, start: date, days: int) -> str:
    """The id of the problem of the newest tables for that period; made now if nobody asked for it before. One that had
    to be made with straight lines because the roads failed is made anew when they answer again: with the same tables,
    as a new version of them, since rotas hang on the old one. Loading takes seconds for a large agency: meanwhile
    nobody's writing waits. Raises InputError where the data does not fit the period."""
    while True:  # (round again only where somebody imported in between)
        with reading() as session:
            prepared = prepare(session, start, days)
        if prepared.id is not None:
            return prepared.id
        with writing() as session:
            id = keep(session, prepared)
        if id is not None:
            return id


def prepare(session: Session, start: date, days: int) -> Prepared:
    """What `keep` needs, from a session that only reads. Raises InputError where the data does not fit the period."""
    version, tables = current(session)
    found = _find(session, version, start, days)

    def load() -> Prepared:
        loaded = load_tables(tables, start, days)
        if found is not None and loaded.journeys.failures:
            return Prepared(start, days, version, tables, found.id)
        return Prepared(
            start,
            days,
            version,
            tables,
            packed=packed(loaded.problem),
            warnings=tuple(fault_json(warning) for warning in loaded.warnings),
            instead_of=found.id if found is not None else None,
        )

    if found is None:  # of many who ask for new days at once, one loads
        newest = session.scalars(select(TableSet.id).where(TableSet.version == version)).one()
        return _loaded.get((newest, start, days), load)
    return (
        load()
        if _fell_back(found) and may_answer_again()
        else Prepared(start, days, version, tables, found.id)
    )


def keep(session: Session, prepared: Prepared) -> str | None:
    """The id under which it is kept, by whomever; None where there are newer tables by now: somebody imported since, or
    a person was erased who is in what was prepared."""
    if prepared.id is not None:
        return prepared.id
    take_turn(session)
    version = prepared.version
    if session.scalar(select(func.max(TableSet.version))) != version:
        return None
    found = _find(session, version, prepared.start, prepared.days)
    if found is not None and found.id != prepared.instead_of:
        return found.id
    if found is not None:
        version = store(session, found.agency_id, prepared.tables, None, version, newest_warnings(session))
    kept = StoredProblem(
        tables_version=version,
        start=prepared.start,
        days=prepared.days,
        packed=prepared.packed,
        warnings=list(prepared.warnings),
    )
    session.add(kept)
    session.flush()
    return kept.id


def _find(session: Session, version: int, start: date, days: int) -> StoredProblem | None:
    same = (StoredProblem.tables_version == version, StoredProblem.start == start, StoredProblem.days == days)
    return session.scalars(select(StoredProblem).where(*same, StoredProblem.repair == "")).first()


def _fell_back(kept: StoredProblem) -> bool:
    return any(warning["file"] == TRAVEL_TIMES for warning in kept.warnings)


def packed(problem: Problem) -> bytes:
    """As it is kept."""
    return pack(to_json(problem))


def keep_repaired(session: Session, of: str, repair: str, packed: bytes) -> str:
    """The id of a problem with the events of a repair in it; `of` is the one that it was made from."""
    before = session.get_one(StoredProblem, of)
    kept = StoredProblem(
        tables_version=before.tables_version,
        start=before.start,
        days=before.days,
        packed=packed,
        warnings=before.warnings,
        repair=repair,
    )
    session.add(kept)
    session.flush()
    return kept.id


def problem_of(session: Session, id: str) -> Problem:
    """The problem of that id. The session must see it: memory does not open what the database keeps closed."""
    edition = session.scalars(select(StoredProblem.edition).where(StoredProblem.id == id)).one()

    def read() -> Problem:
        return from_json(unpack(session.get_one(StoredProblem, id).packed))

    return _memory.get((id, edition), read)
