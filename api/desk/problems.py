"""Problems in the database: one for each version of the tables and period, built once."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database.models import StoredProblem
from api.database.tenancy import take_turn
from api.desk.memory import Memory
from api.desk.packing import pack, unpack
from api.desk.roads import may_answer_again
from api.desk.tables import current, fault_json, load_tables, newest_warnings, store
from scheduler.intake.checks.roads import TRAVEL_TIMES
from scheduler.problem import Problem
from scheduler.problem_json import from_json, to_json

KEPT = 8
"""Problems that stay in memory: a branch takes about 10 MB."""


_memory: Memory[Problem] = Memory(KEPT)


def build(session: Session, start: date, days: int) -> str:
    """The id of the problem of the newest tables for that period; made now if nobody asked for it before. One that had
    to be made with straight lines because the roads failed is made anew when they answer again: with the same tables,
    as a new version of them, since rotas hang on the old one. Raises InputError where the data does not fit the
    period."""
    take_turn(session)
    version, tables = current(session)
    same = (StoredProblem.tables_version == version, StoredProblem.start == start, StoredProblem.days == days)
    found = session.scalars(select(StoredProblem).where(*same, StoredProblem.repair == "")).first()
    if found is not None and not (_fell_back(found) and may_answer_again()):
        return found.id
    loaded = load_tables(tables, start, days)
    if found is not None:
        if loaded.journeys.failures:
            return found.id
        version = store(session, found.agency_id, tables, None, version, newest_warnings(session))
    kept = StoredProblem(
        tables_version=version,
        start=start,
        days=days,
        packed=pack(to_json(loaded.problem)),
        warnings=[fault_json(warning) for warning in loaded.warnings],
    )
    session.add(kept)
    session.flush()
    return kept.id


def _fell_back(kept: StoredProblem) -> bool:
    return any(warning["file"] == TRAVEL_TIMES for warning in kept.warnings)


def build_repaired(session: Session, of: str, repair: str, problem: Problem) -> str:
    """The id of a problem with the events of a repair in it; `of` is the one that it was made from."""
    before = session.get_one(StoredProblem, of)
    kept = StoredProblem(
        tables_version=before.tables_version,
        start=before.start,
        days=before.days,
        packed=pack(to_json(problem)),
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
