"""Problems in the database: one for each version of the tables and period, built once, never changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database.models import StoredProblem
from api.database.tenancy import take_turn
from api.desk.packing import pack, unpack
from api.desk.tables import current, fault_json, load_tables
from scheduler.problem import Problem
from scheduler.problem_json import from_json, to_json

KEPT = 8
"""Problems that stay in memory: a branch takes about 10 MB."""


class _Memory:
    """Problems that were read lately. They never change, so an id is all that has to be compared."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Problem] = OrderedDict()
        self._lock = Lock()

    def get(self, id: str) -> Problem | None:
        with self._lock:
            if id in self._kept:
                self._kept.move_to_end(id)
            return self._kept.get(id)

    def put(self, id: str, problem: Problem) -> Problem:
        with self._lock:
            self._kept.setdefault(id, problem)
            self._kept.move_to_end(id)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return self._kept[id]

    def drop(self, ids: Iterable[str]) -> None:
        with self._lock:
            for id in ids:
                self._kept.pop(id, None)


_memory = _Memory()


def forget(ids: Iterable[str]) -> None:
    """Read these problems anew from now on: the one reason why they change is that a person was erased."""
    _memory.drop(ids)


def build(session: Session, start: date, days: int) -> str:
    """The id of the problem of the newest tables for that period; made now if nobody asked for it before. Raises
    InputError where the data does not fit the period."""
    take_turn(session)
    version, tables = current(session)
    same = (StoredProblem.tables_version == version, StoredProblem.start == start, StoredProblem.days == days)
    found = session.scalars(select(StoredProblem.id).where(*same, StoredProblem.repair == "")).first()
    if found is not None:
        return found
    loaded = load_tables(tables, start, days)
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
    known = _memory.get(id)
    if (
        known is not None
        and session.scalar(select(StoredProblem.id).where(StoredProblem.id == id)) is not None
    ):
        return known
    return _memory.put(id, from_json(unpack(session.get_one(StoredProblem, id).packed)))
