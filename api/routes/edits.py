"""Edits by hand: the verdict before, the edit, undo. If-Match says which version was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database.models import Edit, User
from api.desk import edits as work
from api.desk.edits import Wish
from api.desk.rotas import Opened, open_rota
from api.errors import Trouble
from api.routes.common import (
    After,
    IfMatch,
    Limit,
    RotaId,
    local_time,
    minute_of,
    page_of,
    seen_version,
    verdict_out,
)
from api.schemas import CandidateOut, EditOut, Page, VerdictOut, WishBody
from api.security.guard import Planning, Seeing
from scheduler.units import pence
from scheduler.verdict import candidates

VisitId = Annotated[str, Query(max_length=200)]
At = Annotated[str, Query(max_length=40, description="Local time, as 2026-11-23T08:30.")]
Anybodys = Annotated[bool, Query(description="Also where the last change is somebody else's.")]
Second = Annotated[bool, Query(description="Of a double-up: for the second carer's place.")]
router = APIRouter(prefix="/agencies/{agency}/rotas/{rota}", tags=["edits"])


@router.post("/verdict", summary="What a change would mean")
def post_verdict(desk: Planning, rota: RotaId, body: WishBody) -> VerdictOut:
    """Green, amber with its price, or red with the rules' sentences. Nothing is changed."""
    with desk.reading() as session:
        opened = open_rota(session, rota)
    return verdict_out(work.judge(opened, _wish(body, opened)).verdict)


@router.get("/candidates", summary="Who could do a visit")
def get_candidates(
    desk: Planning, rota: RotaId, visit: VisitId, start: At = "", second: Second = False
) -> list[CandidateOut]:
    """The cheapest first, each with what it would mean; with `start` (local time) only at that minute. Of a double-up:
    who could take the leading carer's place, or the second one's; where nobody comes yet, pairs."""
    with desk.reading() as session:
        opened = open_rota(session, rota)
    problem = opened.problem
    asked = problem.visit(visit)
    at = minute_of(_time(start), problem.start) if start else None
    return [
        CandidateOut(
            carer=one.carer,
            name=problem.carer(one.carer).name,
            start=local_time(one.start, problem.start),
            minutes=one.minutes,
            known=problem.past_visits[asked.client][one.carer],
            verdict=verdict_out(one.verdict),
            carers=list(one.carers),
            names=[problem.carer(carer).name for carer in one.carers],
        )
        for one in candidates(asked, opened.rota, problem, at, second=second)
    ]


@router.post("/edits", status_code=201, summary="Change a visit")
def post_edit(
    desk: Planning, rota: RotaId, body: WishBody, response: Response, if_match: IfMatch = None
) -> EditOut:
    """Lands only if nothing hard is broken by it (else 409 with the sentences) and nobody was faster (else 412)."""
    seen = seen_version(if_match)
    with desk.writing() as session:
        opened = open_rota(session, rota)
        edit, _ = work.land(session, rota, _wish(body, opened), seen, desk.person.user)
        return _landed(session, edit, opened, response)


@router.post("/undo", status_code=201, summary="Undo the last change")
def post_undo(
    desk: Planning, rota: RotaId, response: Response, if_match: IfMatch = None, anybodys: Anybodys = False
) -> EditOut:
    """Takes back the last edit that still stands; call it again for the one before. Somebody else's is taken back only
    where you say so (else 409, with whose it is and what)."""
    seen = seen_version(if_match)
    with desk.writing() as session:
        edit = work.undo(session, rota, seen, desk.person.user, anybodys)
        return _landed(session, edit, open_rota(session, rota), response)


@router.get("/edits", summary="Changes by hand, the newest first")
def get_edits(desk: Seeing, rota: RotaId, limit: Limit = 50, after: After = "") -> Page[EditOut]:
    """Each in a sentence."""
    with desk.reading() as session:
        opened = open_rota(session, rota)
        rows, following = page_of(edits_of(session, rota, limit + 1, after), limit, lambda e: str(e.version))
        return Page(items=edits_out(session, rows, opened), next=following)


def edits_of(session: Session, rota: str, most: int, before: str = "") -> list[Edit]:
    """The newest edits of a rota, or those before a version."""
    asked = select(Edit).where(Edit.rota_id == rota).order_by(Edit.version.desc()).limit(most)
    if before:
        asked = asked.where(Edit.version < seen_version(before))
    return list(session.scalars(asked))


def edits_out(session: Session, edits: Sequence[Edit], opened: Opened) -> list[EditOut]:
    """Edits as they are sent, each with the name of who made it."""
    makers = {edit.by for edit in edits}
    names = {
        row.id: row.name for row in session.execute(select(User.id, User.name).where(User.id.in_(makers)))
    }
    return [_edit_out(edit, opened, names.get(edit.by or "")) for edit in edits]


def _edit_out(edit: Edit, opened: Opened, by: str | None) -> EditOut:
    return EditOut(
        id=edit.id,
        version=edit.version,
        kind=edit.kind,
        visit=edit.visit,
        sentence=work.sentence(edit, opened),
        pence=pence(edit.price),
        undone=edit.undone,
        at=edit.at,
        by=by,
    )


def _landed(session: Session, edit: Edit, opened: Opened, response: Response) -> EditOut:
    response.headers["ETag"] = f'"{edit.version}-draft"'
    return edits_out(session, [edit], opened)[0]


def _wish(body: WishBody, opened: Opened) -> Wish:
    if body.kind == "place" and (body.start is None or not body.carers):
        raise Trouble(422, "To place a visit, say who comes and when.")
    start = minute_of(body.start, opened.problem.start) if body.start is not None else 0
    return Wish(body.kind, body.visit, tuple(body.carers), start)


def _time(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise Trouble(422, "Write the start as 2026-11-23T08:30.") from None
