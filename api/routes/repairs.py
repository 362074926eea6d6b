"""Repairing a published rota: what happened, the proposals, one applied and undone, people to tell, who could go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy.orm import Session

from api.database.models import Job, Repair, Telling
from api.desk import applying
from api.desk import repairs as work
from api.desk import tellings as telling_work
from api.desk.queue import add
from api.desk.ready import ready
from api.desk.rotas import find, open_rota
from api.routes.common import IdempotencyKey, RotaId, local_time, made_before, minute_of, once, said_of
from api.routes.rotas import rota_out
from api.schemas import (
    ApplyBody,
    CouldOut,
    EventBody,
    ProposalOut,
    RepairBody,
    RepairOut,
    RotaOut,
    TellingOut,
    TickBody,
)
from api.security.guard import Desk, Planning
from scheduler.problem import Problem
from scheduler.repair import Event
from scheduler.repair.propose import ITERATIONS
from scheduler.units import HOUR, pence

router = APIRouter(prefix="/agencies/{agency}", tags=["repairs"])
RepairId = Annotated[str, Path(description="The repair's id.", max_length=60)]
VisitId = Annotated[str, Query(max_length=200, description="The dated visit.")]
TellingId = Annotated[str, Path(description="The id of the person's row.", max_length=60)]


@router.post("/rotas/{rota}/repairs", status_code=201, summary="Repair a published rota")
def post_repair(
    desk: Planning, rota: RotaId, body: RepairBody, response: Response, idempotency_key: IdempotencyKey = None
) -> RepairOut:
    """Takes in what happened (422 with every event that does not fit) and begins to look for at most three proposals,
    which come one by one."""
    request = idempotency_key, said_of(body, rota)
    with desk.reading() as session:
        id = made_before(desk, session, *request)
    if id is None:
        with desk.reading() as session:
            problem = open_rota(session, rota).problem
        events = [_event(event, problem) for event in body.events]
        now = None if body.now is None else minute_of(body.now, problem.start)
        seconds = None if body.iterations else body.seconds
        id = begin(desk, rota, events, now, seconds, body.iterations or ITERATIONS, request)
    response.headers["Location"] = f"/api/v1/agencies/{desk.agency}/repairs/{id}"
    return get_repair(desk, id)


def begin(
    desk: Desk,
    rota: str,
    events: Sequence[Event],
    now: int | None = None,
    seconds: float | None = None,
    iterations: int = ITERATIONS,
    request: tuple[str | None, bytes] = (None, b""),
) -> str:
    """The id of a repair, which has a job that looks for its proposals; `now` is a minute of the period, the last
    event's without it; `request` is the key and what was said, by which the same request is known again. Nobody's
    writing waits while the day is made again."""
    last = max(event.at for event in events)
    with desk.reading() as session:
        ready = work.prepare(session, rota, events, last if now is None else now)
    search = {"seconds": seconds, "iterations": iterations, "workers": desk.settings.workers}

    def make() -> str:
        repair = work.start(session, ready, desk.person.user)
        asked = {"repair": repair.id, "from_rota": rota, "name": "Repair", **search}
        job = add(session, ready.problem, asked, desk.person.user, desk.settings.plans_per_agency)
        repair.job_id = job.id
        session.flush()
        return repair.id

    with desk.writing() as session:
        return once(desk, session, *request, make)[0]


@router.get("/repairs/{repair}", summary="One repair")
def get_repair(desk: Planning, repair: RepairId) -> RepairOut:
    """With the proposals that are there by now."""
    with desk.reading() as session:
        return repair_out(session, work.find_repair(session, repair))


@router.post("/repairs/{repair}/apply", summary="Apply a proposal")
def post_apply(desk: Planning, repair: RepairId, body: ApplyBody) -> RotaOut:
    """Publishes it in place of the rota that it repairs (409 where another one was published since), and writes down
    whom to tell what."""
    with desk.writing() as session:
        return rota_out(session, applying.apply(session, work.find_repair(session, repair), body.proposal))


@router.post("/repairs/{repair}/undo", summary="Undo a repair")
def post_undo_repair(desk: Planning, repair: RepairId) -> RotaOut:
    """The rota before holds again, unchanged; who was told of the repair is to be told again."""
    with desk.writing() as session:
        return rota_out(session, applying.undo(session, work.find_repair(session, repair)))


@router.get("/rotas/{rota}/tellings", summary="People to tell")
def get_tellings(desk: Planning, rota: RotaId) -> list[TellingOut]:
    """Everybody for whom this publication changed something, each with the sentence to say."""
    with desk.reading() as session:
        kept = find(session, rota)
        start = rota_out(session, kept).start
        return [telling_out(one, start) for one in telling_work.tellings(session, rota)]


@router.put("/tellings/{telling}", summary="Tick: told")
def put_telling(desk: Planning, telling: TellingId, body: TickBody) -> TellingOut:
    """Somebody was told, or was not after all."""
    with desk.writing() as session:
        found = telling_work.tick(session, telling, body.told, desk.person.user)
        return telling_out(found, rota_out(session, find(session, found.rota_id)).start)


@router.get("/rotas/{rota}/who-could", summary="Who could go now")
def get_who_could(
    desk: Planning,
    rota: RotaId,
    visit: VisitId,
    now: Annotated[datetime | None, Query(description="Nobody sets off before (local).")] = None,
) -> list[CouldOut]:
    """Every carer who could, cheapest first, exactly; where somebody cannot come otherwise, with one other visit given
    away. The first question about a rota makes it ready and takes some seconds."""
    with desk.reading() as session:
        opened = open_rota(session, rota)
    problem = opened.problem
    problem.visit(visit)
    minute = 0 if now is None else minute_of(now, problem.start)
    return [
        CouldOut(
            carers=list(one.carers),
            names=[problem.carer(carer).name for carer in one.carers],
            start=local_time(one.start, problem.start),
            pence=pence(one.more),
            known=one.been,
            moved=one.moved[0] if one.moved else None,
            sentence=one.sentence,
        )
        for one in ready(opened).ask(visit, minute, opened.locked)
    ]


def repair_out(session: Session, repair: Repair) -> RepairOut:
    """A repair as it is sent."""
    job = session.get(Job, repair.job_id) if repair.job_id else None
    return RepairOut(
        id=repair.id,
        rota=repair.rota_id,
        plan=repair.job_id,
        state=str(job.state) if job else "done",
        told=job.told if job else "",
        sentences=repair.sentences,
        notes=repair.notes,
        proposals=[ProposalOut(**one) for one in repair.proposals],
        applied=repair.applied,
        by_hand=work.changed_by_hand(session, repair),
        undone=repair.undone,
        created_at=repair.created_at,
    )


def telling_out(one: Telling, start: Any) -> TellingOut:
    """A person to tell as it is sent."""
    return TellingOut(
        id=one.id,
        who=one.who,
        person=one.person,
        name=one.name,
        by=local_time(one.minute, start),
        sentence=one.sentence,
        told_at=one.told_at,
    )


def _event(body: EventBody, problem: Problem) -> Event:
    def minute(at: datetime | None) -> int | None:
        return None if at is None else minute_of(at, problem.start)

    hour, _, past = (body.time or "").partition(":")
    return Event(
        at=minute_of(body.told, problem.start),
        kind=body.kind.replace(" ", "_"),
        carer=body.carer,
        client=body.client,
        visit=body.visit,
        minutes=body.minutes,
        percent=body.percent,
        begins=minute(body.begins),
        until=minute(body.until),
        client_time=int(hour) * HOUR + int(past) if past else None,
        days=tuple(sorted(set(body.weekdays))),
        carers=body.carers,
        skills=frozenset(body.skills),
        name=body.name,
        postcode=body.postcode,
        lat=body.lat,
        lon=body.lon,
    )
