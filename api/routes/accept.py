"""A new rota's changes against the current one: taken all, or one by one, into a new draft."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from api.database.models import StoredRota
from api.desk import accept as work
from api.desk.rotas import find
from api.errors import Trouble
from api.routes.common import IdempotencyKey, RotaId, made_before, once, said_of, verdict_out
from api.routes.rotas import rota_out, vars_of
from api.schemas import OfferedOut, OfferOut, RotaOut, TakeBody, TakeOut
from api.security.guard import Desk, Planning, Seeing

router = APIRouter(prefix="/agencies/{agency}/rotas/{rota}", tags=["rotas"])
Into = Annotated[
    str,
    Query(
        max_length=60, description="The current rota; without it: the one it was planned from or published."
    ),
]


@router.get("/offer", summary="Which changes can be taken")
def get_offer(desk: Seeing, rota: RotaId, into: Into = "") -> OfferOut:
    """This rota against the current one, visit by visit, in sentences, each with the changes that it needs."""
    with desk.reading() as session:
        found = work.compare(session, rota, into)
        current = rota_out(session, found.current.kept)
    return OfferOut(
        into=current,
        changes=[
            OfferedOut(**vars_of(one.change), needs=list(one.needs), always=one.always, locked=one.locked)
            for one in found.offered
        ],
    )


@router.post("/take/verdict", summary="What taking changes would mean")
def post_take_verdict(desk: Planning, rota: RotaId, body: TakeBody) -> TakeOut:
    """Green, amber with its price, or red with the rules' sentences and what is missing. Nothing is changed."""
    with desk.reading() as session:
        _, taken = asked(session, rota, body)
    return TakeOut(**verdict_out(taken.verdict).model_dump(), missing=list(taken.missing))


@router.post("/take", status_code=201, summary="Take changes")
def post_take(
    desk: Planning, rota: RotaId, body: TakeBody, response: Response, idempotency_key: IdempotencyKey = None
) -> RotaOut:
    """A new draft: the current rota with these changes. Kept only if that breaks nothing hard (else 409 with the
    sentences, and with the changes that are `missing`) and nobody changed the current rota since (else 412)."""
    said = said_of(body, rota)
    with desk.reading() as session:
        before = made_before(desk, session, idempotency_key, said)
        if before is not None:
            return _made(desk, session, before, response)
        judged = asked(session, rota, body)
    with desk.writing() as session:
        id, _ = once(desk, session, idempotency_key, said, lambda: kept(desk, session, judged, body.name).id)
        session.flush()
        return _made(desk, session, id, response)


def _made(desk: Desk, session: Session, id: str, response: Response) -> RotaOut:
    response.headers["Location"] = f"/api/v1/agencies/{desk.agency}/rotas/{id}"
    return rota_out(session, find(session, id))


Judged = tuple[work.Comparison, work.Taken]


def kept(desk: Desk, session: Session, judged: Judged, name: str | None) -> StoredRota:
    """The new draft of what was judged in a session that only read, so that nobody waited for it."""
    comparison, taken = judged
    name = name or f"{comparison.current.kept.name} (with changes)"[-120:]
    return work.keep(session, comparison, taken, name, desk.person.user)


def asked(session: Session, rota: str, body: TakeBody) -> Judged:
    """What the changes of the body lead to."""
    comparison = work.compare(session, rota, body.into or "")
    current = comparison.current.kept
    if body.version != current.version:
        raise Trouble(
            412,
            "Somebody changed the current rota since you looked: compare again.",
            {"version": current.version},
        )
    free = [one.change.visit for one in comparison.offered if not one.locked]
    return comparison, work.take(comparison, free if body.all else body.visits)
