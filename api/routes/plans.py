"""Plans as jobs: begin, watch, stop and keep the best."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session
from sse_starlette.sse import EventSourceResponse

from api.database.models import OVER, Job
from api.desk.accept import current_of
from api.desk.problems import build
from api.desk.queue import add, ask_to_stop
from api.desk.rotas import find, published_on, repair_in
from api.errors import Trouble, not_found
from api.routes.common import After, IdempotencyKey, Limit, made_before, once, page_of
from api.schemas import Page, PlanBody, PlanOut, PointOut
from api.security.guard import Desk, Planning, Seeing
from api.security.sign_in import is_open

router = APIRouter(prefix="/agencies/{agency}/plans", tags=["plans"])
PlanId = Annotated[str, Path(description="The plan's id.", max_length=60)]
LOOK = 0.5
"""Seconds between two looks at a plan that is watched."""
EVENT = {
    "type": "object",
    "description": "One event of the stream.",
    "properties": {
        "event": {"enum": ["progress", "over"]},
        "data": {"type": "string", "contentMediaType": "application/json", "description": "A PlanOut."},
    },
    "required": ["event", "data"],
}
EVENTS = (
    "This rota came of a repair, and a new plan would forget what happened: enter what else happens as another repair "
    "of it once it is published, and plan the next days from the new data."
)
SIGNED_IN_EVERY = 20
"""Looks between two at the session."""


@router.post("", status_code=201, summary="Plan a period")
def post_plan(
    desk: Planning, body: PlanBody, response: Response, idempotency_key: IdempotencyKey = None
) -> PlanOut:
    """Begins in its own process as soon as there is room; watch `events`."""
    id = begin(desk, body, idempotency_key)
    response.headers["Location"] = f"/api/v1/agencies/{desk.agency}/plans/{id}"
    return get_plan(desk, id)


def begin(desk: Desk, body: PlanBody, key: str | None = None) -> str:
    """The id of a job for what was asked, or of what was made with that key before. Nobody's writing waits while the
    data is loaded."""
    if body.iterations is None and body.seconds is None:
        raise Trouble(422, "A plan needs a budget: give seconds or iterations.")
    seconds = body.seconds if body.iterations is None else None
    if seconds is not None and seconds > desk.settings.longest_plan:
        raise Trouble(422, f"A plan takes {desk.settings.longest_plan} seconds at the most here.")
    with desk.reading() as session:
        before = made_before(desk, session, key, body)
        if before is not None:
            return before
        if body.from_rota is not None:
            _require_without_events(session, body.from_rota)
    request: dict[str, Any] = {
        "seconds": seconds,
        "iterations": body.iterations,
        "seed": body.seed,
        "workers": desk.settings.workers,
        "name": body.name or f"{body.days} days from {body.start:%d %b %Y}",
        "from_rota": body.from_rota,
    }
    problem = build(desk.reading, desk.writing, body.start, body.days)

    def make() -> str:
        if body.from_rota is not None:
            _require_without_events(
                session, body.from_rota
            )  # (it may have been thrown away while the data was loaded)
        return add(session, problem, request, desk.person.user, desk.settings.plans_per_agency).id

    with desk.writing() as session:
        return once(desk, session, key, body, make)[0]


def _require_without_events(session: Session, rota: str) -> None:
    """Raise Trouble(404) where there is no such rota to begin with, Trouble(409) where it has what happened in it:
    a plan begins with the tables, and would forget that."""
    if repair_in(session, find(session, rota)):
        raise Trouble(409, EVENTS)


@router.get("", summary="Plans, the newest first")
def get_plans(desk: Seeing, limit: Limit = 50, after: After = "") -> Page[PlanOut]:
    """Also those that are over."""
    with desk.reading() as session:
        own = select(Job).where(Job.study_id.is_(None))
        asked = own.order_by(Job.created_at.desc(), Job.id.desc()).limit(limit + 1)
        if after:
            last = _find(session, after)
            asked = asked.where(tuple_(Job.created_at, Job.id) < tuple_(last.created_at, last.id))
        rows, following = page_of(list(session.scalars(asked)), limit, lambda job: str(job.id))
    return Page(items=[plan_out(job) for job in rows], next=following)


@router.get("/{plan}", summary="One plan")
def get_plan(desk: Seeing, plan: PlanId) -> PlanOut:
    """Where it is, with its curve."""
    with desk.reading() as session:
        return plan_out(_find(session, plan))


@router.post("/{plan}/stop", summary="Stop and keep the best")
def post_stop(desk: Planning, plan: PlanId) -> PlanOut:
    """The search ends within a second or two and its best rota becomes a draft."""
    with desk.writing() as session:
        ask_to_stop(session, _find(session, plan).id)
        return plan_out(_find(session, plan))


@router.get(
    "/{plan}/events", summary="Watch a plan", response_class=EventSourceResponse,
    responses={200: {"content": {"text/event-stream": {"schema": EVENT}}}},
)  # fmt: skip
async def get_events(request: Request, desk: Seeing, plan: PlanId) -> EventSourceResponse:
    """Server-sent events: `progress` with the plan as JSON whenever it changes, `over` at its end."""
    await run_in_threadpool(get_plan, desk, plan)  # 404 before the stream begins
    return EventSourceResponse(_events(request, desk, plan))


async def _events(request: Request, desk: Desk, plan: str) -> AsyncIterator[dict[str, str]]:
    last, looks = "", 0
    while not await request.is_disconnected():
        if looks % SIGNED_IN_EVERY == 0 and not await run_in_threadpool(
            is_open, desk.engine, desk.person.sign_in
        ):
            return
        looks += 1
        found = await run_in_threadpool(get_plan, desk, plan)
        told = found.model_dump_json()
        if found.state in OVER:
            yield {"event": "over", "data": told}
            return
        if told != last:
            yield {"event": "progress", "data": told}
            last = told
        await asyncio.sleep(LOOK)


def current_rota(session: Session, plan: str) -> str | None:
    """The rota with which this plan's result is, or will be, compared: the one it began with, else the published one
    of its days. Raises Trouble(404)."""
    job = _find(session, plan)
    if job.rota_id is not None:
        current = current_of(session, find(session, job.rota_id))
        return current.id if current is not None else None
    if job.request["from_rota"] is not None:
        return str(job.request["from_rota"])
    return published_on(session, job.problem_id)


def plan_out(job: Job) -> PlanOut:
    """A job as it is sent."""
    names = ("seconds", "pence", "unallocated", "share")
    points = [PointOut(**dict(zip(names, point, strict=True))) for point in job.progress]
    return PlanOut(
        id=job.id,
        state=job.state,
        stage=job.stage,
        told=job.told,
        stop_asked=job.stop_asked,
        points=points,
        rota=job.rota_id,
        created_at=job.created_at,
        finished_at=job.finished_at,
    )


def _find(session: Session, id: str) -> Job:
    found = session.get(Job, id)
    if found is None or found.study_id is not None:  # (a scenario run has routes of its own)
        raise not_found("plan")
    return found
