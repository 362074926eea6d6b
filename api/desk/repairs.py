"""Repairs of a published rota: what happened is taken in, proposals are kept as drafts, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database.models import Edit, Repair, RotaState, StoredProblem, StoredRota
from api.database.tenancy import take_turn
from api.desk.problems import keep_repaired
from api.desk.rotas import create, find, open_rota
from api.errors import Trouble, not_found
from scheduler.repair import Day, Event, Proposal, begin, take_in
from scheduler.repair.cover import cover_list
from scheduler.repair.kinds import kind
from scheduler.repair.package_answer import package_answers
from scheduler.units import clock, pence


@dataclass(frozen=True)
class Ready:
    """What happened, taken in and found to fit the rota as it was at `version`."""

    rota: str
    version: int
    problem: str
    minute: int
    events: list[dict[str, Any]]
    sentences: list[str]
    notes: list[str]


def prepare(session: Session, rota: str, events: Sequence[Event], minute: int) -> Ready:
    """What a repair begins with, from a session that only reads: the day is made again, which takes a while for
    a large agency. Raises Trouble(409) unless the rota is published, and InputError with every event that does not
    fit."""
    opened = open_rota(session, rota)
    _require_published(opened.kept)
    plain = [_plain(event) for event in events]
    day = _day(session, rota, plain, minute)
    told = [kind(event.kind).sentence(event, opened.problem) for event in events]
    return Ready(rota, opened.kept.version, opened.kept.problem_id, minute, plain, told, list(day.notes))


def start(session: Session, ready: Ready, who: str) -> Repair:
    """A new repair with what happened; its proposals are still to be looked for. Raises Trouble(409) where the rota
    does not hold any more, or is another one by now."""
    take_turn(session)
    kept = find(session, ready.rota, lock=True)
    _require_published(kept)
    if kept.version != ready.version:
        raise Trouble(409, "The rota was changed at this moment: enter what happened again.")
    repair = Repair(
        rota_id=ready.rota,
        minute=ready.minute,
        events=ready.events,
        sentences=ready.sentences,
        notes=ready.notes,
        created_by=who,
    )
    session.add(repair)
    session.flush()
    return repair


def _require_published(kept: StoredRota) -> None:
    if kept.state is not RotaState.PUBLISHED:
        raise Trouble(409, "A repair mends what people were told: publish the rota first, or edit the draft.")


def find_repair(session: Session, id: str) -> Repair:
    """The repair of that id. Raises Trouble(404)."""
    found = session.get(Repair, id)
    if found is None:
        raise not_found("repair")
    return found


def day_of(session: Session, repair: Repair) -> Day:
    """The day of a repair: all events since the rota that people were told first, earlier repairs' too."""
    return _day(session, repair.rota_id, repair.events, repair.minute)


def _day(session: Session, rota: str, events: list[dict[str, Any]], minute: int) -> Day:
    earlier = applied_before(session, rota)
    told = [event for one in earlier for event in one.events] + events
    first, planned = open_rota(session, earlier[0].rota_id if earlier else rota), open_rota(session, rota)
    day = begin(first.problem, planned.rota, 0, first.rota)
    return take_in(day, [_event(event) for event in told], minute)


def applied_before(session: Session, rota: str) -> list[Repair]:
    """The repairs that led to this rota from the one that people were told first, in their order."""
    found: list[Repair] = []
    asked = select(Repair).where(Repair.undone.is_(False))
    while one := session.scalars(asked.where(Repair.applied == rota)).first():
        found.append(one)
        rota = one.rota_id
    return found[::-1]


def so_far(session: Session, rota: str) -> tuple[list[Repair], int | None]:
    """The repairs that led to this rota, in their order, and how many promises are otherwise than people were told
    first: what the command line calls "in all". One that two repairs changed counts once, one that is again as it was
    told counts no more. (None where the last repair is from before this was counted, or was changed by hand before it
    was applied.)"""
    applied = applied_before(session, rota)
    if not applied:
        return [], 0
    last = applied[-1]
    if changed_by_hand(session, last):
        return applied, None
    chosen = next(told for told in last.proposals if told["rota"] == last.applied)
    return applied, chosen.get("changed_in_all")


@dataclass(frozen=True)
class Found:
    """A proposal with all that is told of it."""

    proposal: Proposal
    told: dict[str, Any]


def found(day: Day, proposal: Proposal) -> Found:
    """What there is to tell of a proposal. It is worked out before anything is written."""
    told = {
        "name": proposal.name,
        "label": proposal.label,
        "changed": proposal.changed,
        "changed_in_all": proposal.changed_in_all,
        "clients": sum(1 for tell in proposal.tell if tell.who == "client"),
        "carers": sum(1 for tell in proposal.tell if tell.who == "carer"),
        "unallocated": len(proposal.unallocated),
        "unallocated_before": proposal.unallocated_before,
        "hard": len(proposal.report.hard),
        "money_pence": pence(proposal.money),
        "differences": list(proposal.differences),
        "answers": [str(answer) for answer in package_answers(day, proposal)],
        "cover": [str(cover) for cover in cover_list(proposal.rota, day.problem, day.now, day.absent)],
        "seconds": round(proposal.seconds, 1),
    }
    return Found(proposal, told)


def keep(session: Session, repair: Repair, recorded: bytes, one: Found) -> None:
    """A proposal as a draft rota, with its figures beside the repair's others; one that is there already, from
    a process that was killed, stays. `recorded` is the packed problem with what happened in it."""
    proposal = one.proposal
    if any(other["name"] == proposal.name for other in repair.proposals):
        return
    planned = open_rota(session, repair.rota_id)
    problem = session.scalars(select(StoredProblem.id).where(StoredProblem.repair == repair.id)).first()
    if problem is None:
        problem = keep_repaired(session, planned.kept.problem_id, repair.id, recorded)
    name = f"{proposal.label}, {clock(repair.minute)}: {planned.kept.name}"[:120]
    locked = planned.locked & set(proposal.written.legs_by_visit)
    kept = create(
        session,
        problem,
        proposal.written,
        name,
        repair.created_by,
        locked,
        made_from=repair.rota_id,
    )
    repair.proposals = [*repair.proposals, one.told | {"rota": kept.id}]
    session.flush()


def changed_by_hand(session: Session, repair: Repair) -> bool:
    """Was what was applied another rota than the one that was proposed?"""
    if repair.applied is None:
        return False
    if repair.applied not in [one["rota"] for one in repair.proposals]:
        return True
    stands = (Edit.undoes.is_(None), Edit.undone.is_(False), Edit.kind.in_(("place", "unassign")))
    return session.scalars(select(Edit.id).where(Edit.rota_id == repair.applied, *stands)).first() is not None


def repairs_of(session: Session, rota: str) -> list[Repair]:
    """The repairs of a rota, the newest first."""
    asked = select(Repair).where(Repair.rota_id == rota).order_by(Repair.created_at.desc())
    return list(session.scalars(asked))


def made_by(session: Session, rota: str) -> Repair | None:
    """The repair that this rota was published by, if it was."""
    return session.scalars(select(Repair).where(Repair.applied == rota)).first()


def _plain(event: Event) -> dict[str, Any]:
    told = asdict(event)
    return {**told, "skills": sorted(event.skills), "days": list(event.days)}


def _event(plain: dict[str, Any]) -> Event:
    return Event(**{**plain, "skills": frozenset(plain["skills"]), "days": tuple(plain["days"])})
