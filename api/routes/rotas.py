"""Rotas with their versions: drafts, copies, publications and what changed between them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from api.database.models import RotaState, StoredProblem, StoredRota
from api.desk import rotas as work
from api.desk.applying import publish_draft
from api.desk.board import drawn
from api.desk.changes import Change, changes
from api.desk.problems import build, problem_of
from api.desk.rotas import Opened, etag_of, open_rota
from api.errors import Trouble
from api.routes.common import (
    AcceptEncoding,
    After,
    IdempotencyKey,
    IfMatch,
    IfNoneMatch,
    Limit,
    RotaId,
    local_time,
    made_before,
    minute_of,
    once,
    page_of,
    same,
    seen_version,
    takes_gzip,
)
from api.schemas import ChangeOut, LegOut, Page, PublishBody, RotaBody, RotaOut, RotaWithLegs
from api.security.guard import Desk, Planning, Seeing
from scheduler.rota import Leg, Rota

router = APIRouter(prefix="/agencies/{agency}/rotas", tags=["rotas"])


@router.post("", status_code=201, summary="A new draft")
def post_rota(
    desk: Planning, body: RotaBody, response: Response, idempotency_key: IdempotencyKey = None
) -> RotaOut:
    """A copy of another rota, or a rota that was made elsewhere (typed by hand, last week's). It is judged like any
    other, and kept unless a carer is in two places at once."""
    if (body.copy_of is None) == (body.start is None):
        raise Trouble(422, "Give either copy_of, or start, days and legs.")
    with desk.reading() as session:
        before = made_before(desk, session, idempotency_key, body)
    problem = "" if before is not None or body.start is None else _problem(desk, body.start, body.days)
    with desk.writing() as session:
        id, _ = once(desk, session, idempotency_key, body, lambda: _make(desk, session, body, problem).id)
        session.flush()
        response.headers["Location"] = f"/api/v1/agencies/{desk.agency}/rotas/{id}"
        return rota_out(session, work.find(session, id))


def _problem(desk: Desk, start: date, days: int) -> str:
    """The id of the problem of these days, which is in memory then: nobody's writing waits for it."""
    id = build(desk.reading, desk.writing, start, days)
    with desk.reading() as session:
        problem_of(session, id)
    return id


def _make(desk: Desk, session: Session, body: RotaBody, problem_id: str) -> StoredRota:
    if body.copy_of is not None:
        return copy(desk, session, body.copy_of, body.name)
    problem = problem_of(session, problem_id)
    legs = []
    for leg in body.legs:
        problem.visit(leg.visit)
        problem.carer(leg.carer)
        legs.append(Leg(minute_of(leg.start, problem.start), leg.carer, leg.visit, leg.minutes, leg.second))
    if len({(leg.visit, leg.carer) for leg in legs}) < len(legs):
        raise Trouble(422, "A carer is planned for the same visit twice.")
    rota = Rota(problem.start, problem.days, tuple(legs))
    return work.create(session, problem_id, rota, body.name, desk.person.user)


def copy(desk: Desk, session: Session, of: str, name: str) -> StoredRota:
    """A draft that is as that rota is now."""
    opened = open_rota(session, of)
    kept = opened.kept
    return work.create(
        session,
        kept.problem_id,
        opened.rota,
        name,
        desk.person.user,
        opened.locked,
        kept.reasons if kept.version == 1 else {},  # they are of the rota as it was planned
        kept.id,
    )


@router.get("", summary="Rotas, the newest first")
def get_rotas(
    desk: Seeing,
    state: RotaState | None = None,
    start: Annotated[date | None, Query(description="Only rotas that begin on this day.")] = None,
    limit: Limit = 50,
    after: After = "",
) -> Page[RotaOut]:
    """Drafts, published and superseded ones."""
    with desk.reading() as session:
        return page_of_rotas(session, limit, after, state, start)


def page_of_rotas(
    session: Session, limit: int, after: str, state: RotaState | None, start: date | None = None
) -> Page[RotaOut]:
    """So many rotas, the newest first, from the one after `after` on."""
    asked = select(StoredRota).order_by(StoredRota.created_at.desc(), StoredRota.id.desc()).limit(limit + 1)
    if state is not None:
        asked = asked.where(StoredRota.state == state)
    if start is not None:
        on = select(StoredProblem.id).where(StoredProblem.start == start)
        asked = asked.where(StoredRota.problem_id.in_(on))
    if after:
        last = work.find(session, after)
        asked = asked.where(tuple_(StoredRota.created_at, StoredRota.id) < tuple_(last.created_at, last.id))
    rows, following = page_of(list(session.scalars(asked)), limit, lambda rota: str(rota.id))
    return Page(items=[rota_out(session, rota) for rota in rows], next=following)


@router.get("/{rota}", summary="One rota", response_model=RotaWithLegs)
def get_rota(desk: Seeing, rota: RotaId, response: Response, if_none_match: IfNoneMatch = None) -> object:
    """With all its legs; its ETag is what If-Match asks for."""
    with desk.reading() as session:
        opened = open_rota(session, rota)
        if same(opened.etag, if_none_match):
            return Response(status_code=304, headers={"ETag": opened.etag})
        response.headers["ETag"] = opened.etag
        return _with_legs(session, opened)


@router.get(
    "/{rota}/board", summary="The board's data", response_class=Response,
    responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
)  # fmt: skip
def get_board(
    desk: Seeing, rota: RotaId, if_none_match: IfNoneMatch = None, accept_encoding: AcceptEncoding = ""
) -> Response:
    """Carers, shifts, visits and journeys in one piece; times in minutes of the period."""
    with desk.reading() as session:
        # Every open board asks this every few seconds: mostly nothing has changed, and nothing is read.
        etag = etag_of(work.find(session, rota))
        if same(etag, if_none_match):
            return Response(status_code=304, headers={"ETag": etag})
        opened = open_rota(session, rota)
    told = drawn(opened)
    headers = {"ETag": opened.etag, "Vary": "Accept-Encoding"}
    if takes_gzip(accept_encoding):
        return Response(
            told.packed, media_type="application/json", headers={**headers, "Content-Encoding": "gzip"}
        )
    return Response(told.plain, media_type="application/json", headers=headers)


@router.get("/{rota}/changes", summary="What changed since another rota")
def get_changes(
    desk: Seeing,
    rota: RotaId,
    since: Annotated[
        str, Query(max_length=60, description="The other rota; without it: what held for these days before.")
    ] = "",
) -> list[ChangeOut]:
    """Visit by visit, in sentences. Without `since` a draft is set beside the published rota, a publication beside the
    one before it; empty where there is none."""
    with desk.reading() as session:
        return [ChangeOut(**vars_of(change)) for change in changes_since(session, rota, since)]


def changes_since(session: Session, rota: str, since: str) -> list[Change]:
    """What changed since that rota, or since what held for these days before this one."""
    opened = open_rota(session, rota)
    before = work.find(session, since) if since else work.predecessor_of(session, opened.kept)
    if before is None:
        return []
    other = open_rota(session, before.id)
    if (other.problem.start, other.problem.days) != (opened.problem.start, opened.problem.days):
        raise Trouble(422, "These two rotas are for different days.")
    return changes(other.rota, opened.rota, opened.problem)


def vars_of(change: Change) -> dict[str, str]:
    """A change as a dict."""
    return {name: getattr(change, name) for name in ("visit", "client", "kind", "sentence")}


@router.post("/{rota}/publish", summary="Publish")
def post_publish(desk: Planning, rota: RotaId, body: PublishBody, if_match: IfMatch = None) -> RotaOut:
    """From now on this is the rota of its days; the one before it is superseded, and stays as it was. A repair's draft
    applies that repair (409 where another rota was published since)."""
    seen = seen_version(if_match)
    with desk.writing() as session:
        kept = work.find(session, rota)
        if kept.state is not RotaState.DRAFT:
            raise Trouble(409, "Only a draft can be published.")
        publish_draft(session, kept, body.notes, seen)
        return rota_out(session, kept)


@router.delete("/{rota}", status_code=204, summary="Throw a draft away")
def delete_rota(desk: Planning, rota: RotaId) -> None:
    """What was published stays."""
    with desk.writing() as session:
        kept = work.find(session, rota, lock=True)  # nobody publishes it meanwhile
        if kept.state is not RotaState.DRAFT:
            raise Trouble(409, "What was published stays; only a draft can be thrown away.")
        session.delete(
            kept
        )  # as a row that is loaded, so that the audit tells it; its legs and edits go with it


def rota_out(session: Session, kept: StoredRota) -> RotaOut:
    """A rota as it is sent, without its legs."""
    start, days, data = session.execute(
        select(StoredProblem.start, StoredProblem.days, StoredProblem.tables_version).where(
            StoredProblem.id == kept.problem_id
        )
    ).one()
    return RotaOut(
        id=kept.id,
        name=kept.name,
        state=kept.state,
        version=kept.version,
        number=kept.number,
        start=start,
        days=days,
        notes=kept.notes,
        created_at=kept.created_at,
        published_at=kept.published_at,
        data_version=data,
    )


def _with_legs(session: Session, opened: Opened) -> RotaWithLegs:
    start = opened.problem.start
    legs = [
        LegOut(
            visit=leg.visit,
            carer=leg.carer,
            start=local_time(leg.start, start),
            minutes=leg.minutes,
            second=leg.second,
            locked=leg.visit in opened.locked,
        )
        for leg in opened.rota.legs
    ]
    return RotaWithLegs(**rota_out(session, opened.kept).model_dump(), legs=legs)
