"""Edits of a draft by hand: judged before they land, landed only on the version that was looked at, and undone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from api.database.models import Edit, RotaState, StoredLeg, StoredRota, User
from api.desk.rotas import Opened, add_legs, find, open_rota
from api.errors import Trouble
from scheduler.rota import Leg, Rota
from scheduler.units import clock
from scheduler.verdict import Verdict, place, verdict

Kind = Literal["place", "unassign", "lock", "unlock"]


@dataclass(frozen=True)
class Wish:
    """What somebody wants: `carers` (the leading one first) and `start` are for "place" only."""

    kind: Kind
    visit: str
    carers: tuple[str, ...] = ()
    start: int = 0


@dataclass(frozen=True)
class Judged:
    """A wish with the rota as it would be, and what that means."""

    wish: Wish
    after: Rota
    locked: bool
    verdict: Verdict


def judge(opened: Opened, wish: Wish) -> Judged:
    """What the wish would mean. Raises UnknownName for visits and carers that nobody knows, Trouble for what makes no
    sense at all."""
    visit = opened.problem.visit(wish.visit)
    legs = opened.rota.of_visit(visit.id)
    if wish.kind in ("lock", "unlock"):
        if not legs:
            raise Trouble(409, "Nobody is planned for this visit: there is nothing to lock.")
        return Judged(wish, opened.rota, wish.kind == "lock", Verdict((), 0, ()))
    if visit.id in opened.locked:
        raise Trouble(409, "This visit is locked: unlock it first.")
    if wish.kind == "unassign":
        if not legs:
            raise Trouble(409, "Nobody is planned for this visit already.")
        after = opened.rota.without([visit.id])
    else:
        for carer in wish.carers:
            opened.problem.carer(carer)
        if len(wish.carers) != visit.carers or len(set(wish.carers)) != visit.carers:
            number = "two different carers" if visit.carers == 2 else "one carer"
            raise Trouble(422, f"This visit takes {number}.")
        if not 0 <= wish.start < opened.problem.days * 1440:
            raise Trouble(422, "This start is outside the days of the rota.")
        after = place(opened.rota, visit, wish.carers, wish.start, opened.problem)
    return Judged(wish, after, False, verdict(opened.rota, after, opened.problem))


def land(session: Session, rota_id: str, wish: Wish, seen: int, who: str) -> tuple[Edit, Judged]:
    """Judge the wish and, unless it is red, carry it out on the version that was seen. Raises Trouble(409) for red
    and for what is so already, Trouble(412) when somebody else was first."""
    kept = claim_version(session, rota_id, seen)
    opened = open_rota(session, rota_id)
    judged = judge(opened, wish)
    if judged.verdict.broken:
        broken = [{"rule": finding.rule, "sentence": finding.sentence} for finding in judged.verdict.broken]
        raise Trouble(409, str(judged.verdict), {"light": "red", "broken": broken})
    before = _legs(opened.rota, wish.visit, wish.visit in opened.locked)
    after = _legs(judged.after, wish.visit, judged.locked)
    if before == after:
        raise Trouble(409, "It is so already: nothing was changed.")
    _replace(session, kept, wish.visit, after)
    edit = Edit(
        rota_id=rota_id,
        version=seen + 1,
        kind=wish.kind,
        visit=wish.visit,
        before=before,
        after=after,
        price=judged.verdict.price,
        by=who,
    )
    session.add(edit)
    session.flush()
    return edit, judged


def undo(session: Session, rota_id: str, seen: int, who: str, anybodys: bool = False) -> Edit:
    """Take back the last edit that still stands. Raises Trouble where there is none, and Trouble(409) with the name of
    somebody else whose edit it is, unless `anybodys` may be taken back."""
    kept = claim_version(session, rota_id, seen)
    last = session.scalars(
        select(Edit)
        .where(Edit.rota_id == rota_id, Edit.undoes.is_(None), Edit.undone.is_(False))
        .order_by(Edit.version.desc())
        .limit(1)
    ).first()
    if last is None:
        raise Trouble(409, "There is nothing to undo.")
    if last.by != who and not anybodys:
        name = session.scalar(select(User.name).where(User.id == last.by)) or "somebody else"
        told = f"The last change is by {name}, not by you: {sentence(last, open_rota(session, rota_id))}"
        raise Trouble(409, told, {"by": name, "edit": last.id})
    _replace(session, kept, last.visit, last.before)
    last.undone = True
    edit = Edit(
        rota_id=rota_id,
        version=seen + 1,
        kind="undo",
        visit=last.visit,
        before=last.after,
        after=last.before,
        price=-last.price,
        by=who,
        undoes=last.id,
    )
    session.add(edit)
    session.flush()
    return edit


def claim_version(session: Session, rota_id: str, seen: int) -> StoredRota:
    """Make this transaction the one that follows the version that was seen: of two, the database lets one through."""
    landed = session.execute(
        update(StoredRota)
        .where(StoredRota.id == rota_id, StoredRota.version == seen, StoredRota.state == RotaState.DRAFT)
        .values(version=seen + 1)
    )
    kept = find(session, rota_id, anew=True)
    if landed.rowcount == 1:  # type: ignore[attr-defined]  # an UPDATE's result has it
        return kept
    if kept.state is not RotaState.DRAFT:
        raise Trouble(409, "This rota is published: make a draft of it to change it.")
    raise Trouble(412, "Somebody changed this rota since you looked.", {"version": kept.version})


def sentence(edit: Edit, opened: Opened) -> str:
    """An edit in words."""
    problem = opened.problem
    visit = problem.visit(edit.visit)
    whose = f"the visit to {problem.client(visit.client).name}"
    legs = edit.after
    if edit.kind == "lock":
        return f"Locked {whose}."
    if edit.kind == "unlock":
        return f"Unlocked {whose}."
    verb = "Undone: " if edit.kind == "undo" else ""
    if not legs:
        return f"{verb}{whose[0].upper()}{whose[1:]} has nobody."
    names = " and ".join(problem.carer(leg["carer"]).name for leg in legs)
    return f"{verb}{whose[0].upper()}{whose[1:]}: {names} at {clock(legs[0]['start'])}."


def _legs(rota: Rota, visit: str, locked: bool) -> list[dict[str, Any]]:
    return [
        {
            "carer": leg.carer,
            "start": leg.start,
            "minutes": leg.minutes,
            "second": leg.second,
            "locked": locked,
        }
        for leg in rota.of_visit(visit)
    ]


def _replace(session: Session, kept: StoredRota, visit: str, legs: list[dict[str, Any]]) -> None:
    session.execute(delete(StoredLeg).where(StoredLeg.rota_id == kept.id, StoredLeg.visit == visit))
    written = [Leg(leg["start"], leg["carer"], visit, leg["minutes"], leg["second"]) for leg in legs]
    locked = frozenset({visit} if any(leg["locked"] for leg in legs) else ())
    add_legs(session, kept, written, locked)
