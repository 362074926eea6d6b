"""A proposal of a repair is published in place of the rota that it repairs, and undone."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.database.base import now
from api.database.models import Repair, RotaState, StoredProblem, StoredRota
from api.database.tenancy import take_turn
from api.desk.queue import ask_to_stop
from api.desk.rotas import find, open_rota, publish, same_period
from api.desk.tellings import take_back
from api.errors import Trouble, not_found


def apply(session: Session, repair: Repair, name: str) -> StoredRota:
    """Publish a proposal in place of the rota that it repairs; the other drafts go, and no more are looked for. Raises
    Trouble(404, 409)."""
    _end_search(session, repair)
    chosen = next((one for one in repair.proposals if one["name"] == name), None)
    if chosen is None:
        raise not_found("proposal")
    if repair.applied is not None:
        done = "undone: enter what happened again" if repair.undone else "applied already"
        raise Trouble(409, f"This repair was {done}.")
    draft = find(session, chosen["rota"], lock=True)
    _hold(session, repair, draft, "", draft.version)
    return draft


def publish_draft(session: Session, draft: StoredRota, notes: str, seen: int) -> Repair | None:
    """Publish a draft. One that was made for a repair, as it was proposed or changed by hand since, applies that
    repair, which is returned. Raises Trouble(409) for one whose repair came too late, Trouble(412) as `publish`."""
    repair = waiting(session, draft)
    if repair is not None:
        _end_search(session, repair)
        if repair.applied is None:
            _hold(session, repair, draft, notes, seen)
            return repair
    publish(session, draft, notes, seen)
    return None


def waiting(session: Session, kept: StoredRota) -> Repair | None:
    """The repair for which this draft was made, directly or as a copy: the one whose events are in its problem. None
    where a proposal of it was applied already: then it is a draft like any other."""
    if kept.state is not RotaState.DRAFT:
        return None
    id = session.scalars(select(StoredProblem.repair).where(StoredProblem.id == kept.problem_id)).one()
    repair = session.get(Repair, id) if id else None
    return repair if repair is not None and repair.applied is None else None


def came_too_late(session: Session, repair: Repair) -> bool:
    """Does the rota that it repairs hold no more?"""
    return find(session, repair.rota_id).state is not RotaState.PUBLISHED


def _end_search(session: Session, repair: Repair) -> None:
    # Whoever writes a proposal holds the job first: after this all that will ever be there is there.
    take_turn(session)
    if repair.job_id is not None:
        ask_to_stop(session, repair.job_id)
    session.refresh(repair)


def _hold(session: Session, repair: Repair, draft: StoredRota, notes: str, seen: int) -> None:
    """(What happened is no note of the publication: all carers read that, and whoever is concerned is told.)"""
    if find(session, repair.rota_id, lock=True).state is not RotaState.PUBLISHED:
        raise Trouble(409, "Another rota was published since these proposals were made: repair that one.")
    publish(session, draft, notes, seen)
    repair.applied = draft.id
    others = [one["rota"] for one in repair.proposals if one["rota"] != draft.id]
    session.execute(delete(StoredRota).where(StoredRota.id.in_(others), StoredRota.state == RotaState.DRAFT))
    session.flush()


def undo(session: Session, repair: Repair) -> StoredRota:
    """The rota before the repair holds again, as it was to the byte: it was never changed. Raises Trouble(409) where
    that cannot be any more."""
    take_turn(session)  # whoever publishes locks both rotas too
    session.refresh(repair)
    if repair.applied is None or repair.undone:
        raise Trouble(409, "There is nothing to undo: no proposal of this repair holds.")
    applied = find(session, repair.applied, lock=True)
    if applied.state is not RotaState.PUBLISHED:
        raise Trouble(409, "Another rota was published since: this repair cannot be undone any more.")
    before = find(session, repair.rota_id, lock=True)
    numbers = session.scalars(
        select(StoredRota.number).where(StoredRota.id.in_(same_period(session, before)))
    ).all()
    applied.state = RotaState.SUPERSEDED
    session.flush()
    before.state, before.number = RotaState.PUBLISHED, max(number or 0 for number in numbers) + 1
    before.published_at, before.version = now(), before.version + 1
    repair.undone = True
    session.flush()
    take_back(session, open_rota(session, before.id), open_rota(session, applied.id))
    return before
