"""A proposal of a repair is published in place of the rota that it repairs, and undone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from api.database.base import now
from api.database.models import Job, Repair, RotaState, StoredRota
from api.database.tenancy import take_turn
from api.desk.queue import ask_to_stop
from api.desk.rotas import (
    find,
    hold_period,
    open_rota,
    publish,
    published_of,
    repair_in,
    same_period,
)
from api.desk.tellings import take_back
from api.errors import Trouble, not_found

LATE = "Another rota was published since these proposals were made: repair that one."
UNDONE = "The repair that it was made for was undone: enter what happened again for the rota that holds now."
APPLIED = "The repair that it was made for was applied meanwhile: change that rota, by a draft of it."
SINCE = "Another rota was published since, which knows more of what happened: repair that one."
OTHERWISE = "Publishing this draft does not do any more what the page said: look again."


@dataclass(frozen=True)
class Standing:
    """What becomes of a draft that is published: it applies `repair`, or none; or it is `refused`, and why."""

    repair: Repair | None
    refused: str = ""


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
    draft = find(session, chosen["rota"])
    _require(standing(session, draft))
    _hold(session, repair, draft, "", draft.version)
    return draft


def holds_of(repair: Repair, name: str) -> str | None:
    """The id of the rota that this proposal became, where it was applied and not undone."""
    own = [one["rota"] for one in repair.proposals if one["name"] == name]
    return repair.applied if repair.applied in own and not repair.undone else None


def publish_draft(
    session: Session, draft: StoredRota, notes: str, seen: int, promised: str | None = None
) -> Repair | None:
    """Publish a draft. One that was made for a repair, as it was proposed or changed by hand since, applies that
    repair, which is returned; `promised`: the id of the one that somebody was told of ("": that there is none). Raises
    Trouble(409) for one that is refused, or would do another thing; Trouble(412) as `publish`."""
    repair = _behind(session, draft)
    if repair is not None:
        _end_search(session, repair)
    stands = standing(session, draft)
    _require(stands)
    if promised is not None and promised != (stands.repair.id if stands.repair is not None else ""):
        raise Trouble(409, OTHERWISE)
    if stands.repair is None:
        publish(session, draft, notes, seen)
    else:
        _hold(session, stands.repair, draft, notes, seen)
    return stands.repair


def standing(session: Session, draft: StoredRota) -> Standing:
    """What would become of this draft now."""
    repair = _behind(session, draft)
    if repair is None:
        return Standing(None)
    if repair.applied is None:
        holds = find(session, repair.rota_id).state is RotaState.PUBLISHED
        return Standing(repair, "" if holds else LATE)
    if repair.undone:
        return Standing(None, UNDONE)
    current = published_of(session, draft)
    if current is None or repair_in(session, current) != repair.id:
        return Standing(None, SINCE)
    return Standing(None, "" if _made_of_the_applied(session, draft, repair.applied) else APPLIED)


def waiting(session: Session, kept: StoredRota) -> Repair | None:
    """The repair for which this draft was made, directly or as a copy, where no proposal of it was applied yet."""
    repair = _behind(session, kept) if kept.state is RotaState.DRAFT else None
    return repair if repair is not None and repair.applied is None else None


def _behind(session: Session, kept: StoredRota) -> Repair | None:
    id = repair_in(session, kept)
    return session.get(Repair, id) if id else None


def _made_of_the_applied(session: Session, draft: StoredRota, applied: str) -> bool:
    """Does this draft go back to the rota that was applied, as it was copied afterwards? A copy of what was then only
    proposed knows nothing of what was told since."""
    while draft.made_from is not None and draft.made_from != applied:
        draft = find(session, draft.made_from)
    since = find(session, applied).published_at
    return draft.made_from is not None and since is not None and draft.created_at >= since


def _require(stands: Standing) -> None:
    if stands.refused:
        raise Trouble(409, stands.refused)


def _end_search(session: Session, repair: Repair) -> None:
    # Whoever writes a proposal holds the job first: after this all that will ever be there is there. It refers to the
    # rotas too, so they are locked after the job; and before the job's end is told (see `hold_period`).
    take_turn(session)
    if repair.job_id is not None:
        session.get(Job, repair.job_id, populate_existing=True, with_for_update=True)
    hold_period(session, find(session, repair.rota_id).problem_id)
    if repair.job_id is not None:
        ask_to_stop(session, repair.job_id)
    session.refresh(repair)


def _hold(session: Session, repair: Repair, draft: StoredRota, notes: str, seen: int) -> None:
    """(What happened is no note of the publication: all carers read that, and whoever is concerned is told.)"""
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
