"""Rotas in the database: drafts and publications."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import insert, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from api.database.base import now
from api.database.models import RotaState, StoredLeg, StoredProblem, StoredRota
from api.database.tenancy import only_reads, take_turn
from api.desk.memory import Memory
from api.desk.problems import problem_of
from api.desk.tellings import note
from api.errors import Trouble, not_found
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota

Value = TypeVar("Value")
KEPT = 16
"""Rotas that stay in memory, each with its problem: a branch's takes about 1 MB beside that."""
ONE_PLACE = "one_place_at_a_time"
"""What the database says when a carer would be in two places."""


@dataclass(frozen=True)
class Opened:
    """A rota with everything around it, read in one transaction. `key` names this state of it, under which what is
    worked out of it can be kept; None while it is being changed."""

    kept: StoredRota
    rota: Rota
    problem: Problem
    locked: frozenset[str]
    key: Hashable = None

    @property
    def etag(self) -> str:
        """Changes when anything about the rota does."""
        return etag_of(self.kept)

    def once(self, memory: Memory[Value], make: Callable[[], Value], *about: Hashable) -> Value:
        """What `make` works out of this state of the rota (and of what else it is about), kept for who asks next."""
        return make() if self.key is None else memory.get((self.key, *about), make)


def etag_of(kept: StoredRota) -> str:
    """Changes when anything about the rota does; known without reading its legs."""
    return f'"{kept.version}-{kept.state}"'


def find(session: Session, id: str, anew: bool = False, lock: bool = False) -> StoredRota:
    """The rota of that id, of this agency. Raises Trouble(404). `anew`: as it is now, also where this session read it
    before another one changed it; `lock`: and nobody else changes it until the end of this transaction."""
    found = session.get(StoredRota, id, populate_existing=anew or lock, with_for_update=lock or None)
    if found is None:
        raise not_found("rota")
    return found


_memory: Memory[tuple[Rota, frozenset[str]]] = Memory(KEPT)


def open_rota(session: Session, id: str) -> Opened:
    """The rota of that id with its legs and its problem."""
    kept = find(session, id)
    problem = problem_of(session, kept.problem_id)
    if not only_reads(session):  # its legs may be about to become those of the version that it says already
        rota, locked = _read(session, id, problem)
        return Opened(kept, rota, problem, locked)
    key = (id, kept.version)
    rota, locked = _memory.get(key, lambda: _read(session, id, problem))
    return Opened(kept, rota, problem, locked, key)


def _read(session: Session, id: str, problem: Problem) -> tuple[Rota, frozenset[str]]:
    rows = session.execute(
        select(StoredLeg.start, StoredLeg.carer, StoredLeg.visit, StoredLeg.minutes, StoredLeg.second, StoredLeg.locked)
        .where(StoredLeg.rota_id == id)
    ).all()  # fmt: skip
    legs = tuple(Leg(row.start, row.carer, row.visit, row.minutes, row.second) for row in rows)
    return Rota(problem.start, problem.days, legs), frozenset(row.visit for row in rows if row.locked)


def create(
    session: Session,
    problem_id: str,
    rota: Rota,
    name: str,
    who: str | None,
    locked: Iterable[str] = (),
    reasons: dict[str, Any] | None = None,
    made_from: str | None = None,
) -> StoredRota:
    """A new draft. Raises Trouble(422) for a rota in which a carer is in two places at once."""
    kept = StoredRota(
        problem_id=problem_id, name=name, created_by=who, reasons=reasons or {}, made_from=made_from
    )
    session.add(kept)
    session.flush()
    add_legs(session, kept, rota.legs, frozenset(locked))
    return kept


def add_legs(
    session: Session, kept: StoredRota, legs: Iterable[Leg], locked: frozenset[str] = frozenset()
) -> None:
    """Write legs of a rota; a double-booking is refused by the database and told here."""
    rows = [
        {
            "rota_id": kept.id,
            "agency_id": kept.agency_id,
            "visit": leg.visit,
            "carer": leg.carer,
            "start": leg.start,
            "minutes": leg.minutes,
            "second": leg.second,
            "locked": leg.visit in locked,
        }
        for leg in legs
    ]
    if not rows:
        return
    try:
        session.execute(insert(StoredLeg), rows)
    except DatabaseError as error:
        if ONE_PLACE in str(error.orig):
            raise Trouble(
                422, "A carer would be in two places at once; no rota is kept with that."
            ) from error
        raise


def publish(session: Session, kept: StoredRota, notes: str, seen: int) -> None:
    """Make a draft the rota that holds for its period; the one before it is superseded."""
    # One publication after the other, and only then are the others looked at: a draft that was published a moment ago
    # may be too new to have been seen before, and has the number.
    locked = hold_period(session, kept.problem_id)
    landed = session.execute(
        update(StoredRota)
        .where(StoredRota.id == kept.id, StoredRota.version == seen, StoredRota.state == RotaState.DRAFT)
        .values(version=seen + 1)
    )
    if landed.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has it
        raise Trouble(412, "The rota was changed or published since you looked: look again.")
    session.refresh(kept)
    numbers = [rota.number or 0 for rota in locked]
    before = [rota for rota in locked if rota.state == RotaState.PUBLISHED]
    for rota in before:
        rota.state = RotaState.SUPERSEDED
    session.flush()
    kept.state, kept.notes, kept.published_at = RotaState.PUBLISHED, notes, now()
    kept.number = max(numbers, default=0) + 1
    for rota in before:
        note(session, open_rota(session, rota.id), open_rota(session, kept.id))


def hold_period(session: Session, problem_id: str) -> list[StoredRota]:
    """All rotas of the days of that problem, as they are now, which nobody else changes until the end of this
    transaction. Before anything that the audit tells: whoever edits a rota holds it and waits for the audit."""
    take_turn(session)
    own = select(StoredRota).where(StoredRota.id.in_(_same_days(session, problem_id))).order_by(StoredRota.id)
    return list(session.scalars(own.with_for_update().execution_options(populate_existing=True)))


def repair_in(session: Session, kept: StoredRota) -> str:
    """The id of the repair whose events are in the problem of this rota, whatever became of it; "" without any."""
    return session.scalars(select(StoredProblem.repair).where(StoredProblem.id == kept.problem_id)).one()


def same_period(session: Session, kept: StoredRota) -> list[str]:
    """Ids of all rotas of this rota's days."""
    return _same_days(session, kept.problem_id)


def _same_days(session: Session, problem_id: str) -> list[str]:
    own = session.get_one(StoredProblem, problem_id)
    return list(
        session.scalars(
            select(StoredRota.id)
            .join(StoredProblem, StoredProblem.id == StoredRota.problem_id)
            .where(StoredProblem.start == own.start, StoredProblem.days == own.days)
        )
    )


def published_of(session: Session, kept: StoredRota) -> StoredRota | None:
    """The rota that holds for the same days now, if any."""
    return session.scalars(
        select(StoredRota).where(
            StoredRota.id.in_(same_period(session, kept)), StoredRota.state == RotaState.PUBLISHED
        )
    ).first()


def predecessor_of(session: Session, kept: StoredRota) -> StoredRota | None:
    """What held for the same days before this rota: of a publication the one before it, of a draft the published."""
    if kept.number is None:
        return published_of(session, kept)
    return next(iter(publications_before(session, kept)), None)


def publications_before(session: Session, kept: StoredRota) -> list[StoredRota]:
    """What held for the same days before this publication, the newest first; nothing for a draft."""
    if kept.number is None:
        return []
    asked = select(StoredRota).where(
        StoredRota.id.in_(same_period(session, kept)), StoredRota.number < kept.number
    )
    return list(session.scalars(asked.order_by(StoredRota.number.desc())))


def published_on(session: Session, problem_id: str) -> str | None:
    """The id of the rota that is published for the days of that problem, if any."""
    own = session.get_one(StoredProblem, problem_id)
    asked = (
        select(StoredRota.id)
        .join(StoredProblem, StoredProblem.id == StoredRota.problem_id)
        .where(StoredProblem.start == own.start, StoredProblem.days == own.days)
        .where(StoredRota.state == RotaState.PUBLISHED)
    )
    return session.scalars(asked).first()


def published(session: Session, most: int) -> list[tuple[StoredRota, date, int]]:
    """(rota, first day, days) of what is published, the newest days first."""
    asked = (
        select(StoredRota, StoredProblem.start, StoredProblem.days)
        .join(StoredProblem, StoredProblem.id == StoredRota.problem_id)
        .where(StoredRota.state == RotaState.PUBLISHED)
        .order_by(StoredProblem.start.desc(), StoredRota.published_at.desc())
        .limit(most)
    )
    return [(row[0], row.start, row.days) for row in session.execute(asked)]
