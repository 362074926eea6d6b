"""The one place that keeps agencies apart.

A session is made for one agency, or openly for everything (sign-in, jobs, the command line). In a session of an agency
every SELECT, UPDATE and DELETE of the ORM on a `Narrowed` table (and on the agencies) sees that agency's rows only, and
nothing of another agency can be written. So no route has to remember it: a row of another agency is not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria

from api.database.base import Narrowed
from api.database.models import Agency

AGENCY, WHO, WRITES = "agency", "who", "writes"
EVERYTHING = object()
"""What a session that is for no single agency says instead of an agency's id."""


class CrossAgency(RuntimeError):
    """Something of another agency was about to be written, or nobody said whose data is meant: a fault of ours."""


@contextmanager
def for_agency(engine: Engine, agency: str, who: str, writes: bool = False) -> Iterator[Session]:
    """A session that sees and writes one agency's rows; commits at the end if it `writes`."""
    yield from _session(engine, agency, who, writes)


@contextmanager
def for_everything(engine: Engine, who: str = "", writes: bool = False) -> Iterator[Session]:
    """A session that sees all: for what comes before an agency is known, and for work behind the scenes."""
    yield from _session(engine, EVERYTHING, who, writes)


def narrow(session: Session, agency: str) -> None:
    """From here on the session is for this agency only."""
    session.info[AGENCY] = agency
    session.expire_all()


def take_turn(session: Session) -> None:
    """Wait until nobody else of this session's agency is between here and the end of their transaction: for what is
    looked for first and made where it is missing, and for whoever locks several rotas. Take it before those locks and
    before anything that the audit tells, which has a lock of its own: else two may wait for each other. (On SQLite
    there is one writer anyway.)"""
    # NO KEY UPDATE: rows that refer to the agency can still be written by others.
    session.execute(select(Agency.id).with_for_update(key_share=True))


def only_reads(session: Session) -> bool:
    """Is what this session sees what everybody sees, rather than what it is about to write?"""
    return not session.info[WRITES]


def _session(engine: Engine, agency: Any, who: str, writes: bool) -> Iterator[Session]:
    with Session(engine, info={AGENCY: agency, WHO: who, WRITES: writes}, expire_on_commit=False) as session:
        if writes:  # on SQLite a writer waits for its turn here, not in the middle (see engine.py)
            session.connection(execution_options={"writes": True})
        elif engine.dialect.name == "postgresql":  # all that is read is of one moment, as on SQLite
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session
        if writes:
            session.commit()


@event.listens_for(Session, "do_orm_execute")
def _narrowed(state: ORMExecuteState) -> None:
    agency = _agency_of(state.session)
    if agency is not EVERYTHING:
        state.statement = state.statement.options(
            with_loader_criteria(Narrowed, lambda cls: cls.agency_id == agency, include_aliases=True),
            with_loader_criteria(Agency, Agency.id == agency, include_aliases=True),
        )


@event.listens_for(Session, "before_flush")
def _refused(session: Session, context: UOWTransaction, instances: object) -> None:
    agency = _agency_of(session)
    if agency is EVERYTHING:
        return
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, Narrowed):
            if row.agency_id is None and row in session.new:
                row.agency_id = agency
            elif row.agency_id != agency:
                raise CrossAgency(f"a {type(row).__name__} of another agency was about to be written")


def _agency_of(session: Session) -> Any:
    agency = session.info.get(AGENCY)
    if agency is None:
        raise CrossAgency("this session does not say which agency it is for")
    return agency
