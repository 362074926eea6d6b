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
class Asked:
    """A period, the newest tables (`newest`, `version`), and the problem that was made of them before, if any; `stale`:
    the roads were silent then, and may answer again."""

    start: date
    days: int
    newest: str
    version: int
    tables: Tables
    id: str | None
    stale: bool


@dataclass(frozen=True)
class Made:
    """A problem as it is kept; `fell_back`: with straight lines because the roads were silent."""

    packed: bytes
    warnings: tuple[dict[str, Any], ...]
    fell_back: bool


_memory: Memory[Problem] = Memory(KEPT)
_made: Memory[Made] = Memory(LOADED)


def build(reading: Opener, writing: Opener, start: date, days: int) -> str:
    """The id of the problem of the newest tables for that period; made now if nobody asked for it before. One that had
    to be made with straight lines because the roads failed is made anew when they answer again: with the same tables,
    as a new version of them, since rotas hang on the old one. Loading takes seconds for a large agency: meanwhile
    nobody's writing waits. Raises InputError where the data does not fit the period."""
    while True:  # (round again only where somebody imported in between)
        with reading() as session:
            asked = look(session, start, days)
        if asked.id is not None and not asked.stale:
            return asked.id
        made = make(asked)
        if asked.id is not None and made.fell_back:
            return asked.id
        with writing() as session:
            id = keep(session, asked, made)
        if id is not None:
            return id


def look(session: Session, start: date, days: int) -> Asked:
    """What a problem of that period is made of. Raises Trouble where nothing was imported yet."""
    version, tables = current(session)
    newest = session.scalars(select(TableSet.id).where(TableSet.version == version)).one()
    found = _find(session, version, start, days)
    stale = found is not None and _fell_back(found) and may_answer_again()
    return Asked(start, days, newest, version, tables, found.id if found is not None else None, stale)


def make(asked: Asked) -> Made:
    """The problem that was asked for; of many who ask at once one loads. (While the roads are silent each of them does,
    one after the other: with straight lines it is not kept.) It takes seconds, in which nobody needs a session. Raises
    InputError where the data does not fit the period."""

    def load() -> Made:
        loaded = load_tables(asked.tables, asked.start, asked.days)
        warnings = tuple(fault_json(warning) for warning in loaded.warnings)
        return Made(packed(loaded.problem), warnings, bool(loaded.journeys.failures))

    key = asked.newest, asked.start, asked.days
    return _made.get(key, load, lasts=lambda made: not made.fell_back)


def keep(session: Session, asked: Asked, made: Made) -> str | None:
    """The id under which it is kept, by whomever; None where there are newer tables by now: somebody imported since, or
    a person was erased who is in what was made."""
    take_turn(session)
    version = asked.version
    if session.scalar(select(func.max(TableSet.version))) != version:
        return None
    found = _find(session, version, asked.start, asked.days)
    if found is not None and found.id != asked.id:
        return found.id
    if found is not None:
        version = store(session, found.agency_id, asked.tables, None, version, newest_warnings(session))
    kept = StoredProblem(
        tables_version=version,
        start=asked.start,
        days=asked.days,
        packed=made.packed,
        warnings=list(made.warnings),
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
