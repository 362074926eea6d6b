"""The day as it came: events entered, proposals compared, one applied, the people to tell."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response

from api import london
from api.database.models import JobState, RotaState
from api.desk import applying
from api.desk import repairs as work
from api.desk import tellings as telling_work
from api.desk.ready import ready
from api.desk.rotas import find, open_rota, publications_before, published_of
from api.errors import Trouble, from_careround
from api.routes import repairs as routes
from api.routes.common import RotaId, local_time, minute_of
from api.routes.repairs import RepairId, TellingId, VisitId
from api.routes.rotas import rota_out
from api.security.guard import Desk, Planning
from api.web.pages.common import go
from api.web.pages.events import Row, Typed, blank
from api.web.templating import page
from scheduler.errors import InputError
from scheduler.problem import Problem
from scheduler.repair.kinds import KINDS
from scheduler.repair.read import read_events
from scheduler.repair.words import moment
from scheduler.units import HOUR, clock

router = APIRouter(include_in_schema=False)


@router.get("/a/{agency}/rotas/{rota}/today")
def today_page(request: Request, desk: Planning, rota: RotaId) -> Response:
    return _today(request, desk, rota)


def _today(
    request: Request, desk: Desk, rota: str, typed: list[Row] | None = None, trouble: Trouble | None = None
) -> Response:
    """The page; where what was `typed` was refused, with that and why."""
    with desk.reading() as session:
        opened = open_rota(session, rota)
        shown = rota_out(session, opened.kept)
        earlier = work.repairs_of(session, rota)
        made = work.made_by(session, rota)
        applied, changed = work.so_far(session, rota)
    problem = opened.problem
    known: dict[str, Any] = {
        "rota": shown,
        "kinds": [(one.name.replace("_", " "), one.label, [*one.wanted, *one.allowed]) for one in KINDS],
        "carers": sorted((carer.name, carer.id) for carer in problem.carers),
        "clients": sorted((client.name, client.id) for client in problem.clients),
        "visits": _visits(problem),
        "skills": sorted({skill for carer in problem.carers for skill in carer.skills}),
        "now": _now(problem),
        "entered": typed or [blank(_now(problem))],
        "repairs": earlier,
        "applied": applied,
        "changed": changed,
        "made": made,
        "trouble": trouble,
    }
    return page(request, "today.html", desk, status=trouble.status if trouble else 200, **known)


def _now(problem: Problem) -> str:
    """This minute where it lies within the days of the rota, else seven in the morning of their first."""
    minute = _this_minute(problem)
    return local_time(7 * HOUR if minute is None else minute, problem.start)


def _this_minute(problem: Problem) -> int | None:
    """The minute of the period that it is now, if it is one of them."""
    now = london.now()
    if 0 <= (now.date() - problem.start).days < problem.days:
        return minute_of(now, problem.start)
    return None


def _visits(problem: Problem) -> list[tuple[str, list[tuple[str, str]]]]:
    """The visits by day, as one looks for them."""
    days: list[tuple[str, list[tuple[str, str]]]] = []
    for day in range(problem.days):
        own = sorted((v.preferred, v.id, v.client) for v in problem.visits if v.day == day)
        told = [(id, f"{clock(at)} {problem.client(client).name}") for at, id, client in own]
        days.append((f"{problem.date_of(day):%a %d %b}", told))
    return days


@router.post("/a/{agency}/rotas/{rota}/today")
def enter(request: Request, desk: Planning, rota: RotaId, typed: Typed) -> Response:
    try:
        with desk.reading() as session:
            problem = open_rota(session, rota).problem
        events = read_events(typed, problem)
        # What began while the form was filled in has begun. (Other days than these have no present.)
        now = _this_minute(problem)
        id = routes.begin(desk, rota, events, None if now is None else max([now, *(e.at for e in events)]))
    except InputError as error:
        return _today(request, desk, rota, typed, from_careround(error))
    except Trouble as trouble:
        if trouble.status in (409, 429):  # not published any more; enough plans wait already
            return _today(request, desk, rota, typed, trouble)
        raise
    return go(f"/a/{desk.agency}/repairs/{id}")


@router.get("/a/{agency}/rotas/{rota}/who-could")
def who_could_page(
    request: Request,
    desk: Planning,
    rota: RotaId,
    visit: VisitId = "",
    now: Annotated[datetime | None, Query()] = None,
) -> Response:
    with desk.reading() as session:
        opened = open_rota(session, rota)
        shown = rota_out(session, opened.kept)
    problem = opened.problem
    asked = problem.visit(visit)
    minute = 0 if now is None else minute_of(now, problem.start)
    found = ready(opened).ask(visit, minute, opened.locked)
    ways = [(one.sentence, one.verdict.reasons if one.verdict is not None else ()) for one in found]
    whose = f"{problem.client(asked.client).name}, {moment(asked.preferred, problem)}"
    return page(request, "could.html", desk, rota=shown, whose=whose, ways=ways)


@router.get("/a/{agency}/repairs/{repair}")
def repair_page(request: Request, desk: Planning, repair: RepairId) -> Response:
    with desk.reading() as session:
        kept = work.find_repair(session, repair)
        shown = routes.repair_out(session, kept)
        rota = rota_out(session, find(session, kept.rota_id))
    searching = shown.state in (JobState.QUEUED, JobState.RUNNING)
    return page(request, "repair.html", desk, repair=shown, rota=rota, searching=searching)


@router.post("/a/{agency}/repairs/{repair}/apply")
def apply(desk: Planning, repair: RepairId, proposal: Annotated[str, Form(max_length=20)]) -> Response:
    try:
        with desk.writing() as session:
            applied = applying.apply(session, work.find_repair(session, repair), proposal).id
    except Trouble:
        with desk.reading() as session:
            before = applying.holds_of(work.find_repair(session, repair), proposal)
        if before is None:
            raise
        applied = before  # it was sent twice: a double click, or Back
    return go(f"/a/{desk.agency}/rotas/{applied}/tell")


@router.post("/a/{agency}/repairs/{repair}/undo")
def undo(desk: Planning, repair: RepairId) -> Response:
    try:
        with desk.writing() as session:
            id = applying.undo(session, work.find_repair(session, repair)).id
    except Trouble:
        with desk.reading() as session:
            kept = work.find_repair(session, repair)
        if not kept.undone:
            raise
        id = kept.rota_id  # it was sent twice
    return go(f"/a/{desk.agency}/rotas/{id}/tell")


@router.get("/a/{agency}/rotas/{rota}/tell")
def tell_page(request: Request, desk: Planning, rota: RotaId) -> Response:
    with desk.reading() as session:
        kept = find(session, rota)
        shown = rota_out(session, kept)
        made = work.made_by(session, rota)
        told = [routes.telling_out(one, shown.start) for one in telling_work.tellings(session, rota)]
        before = publications_before(session, kept)
        untold = telling_work.untold(session, [one.id for one in before])
        holds = published_of(session, kept) if kept.state is RotaState.SUPERSEDED else None
    known: dict[str, Any] = {
        "rota": shown,
        "repair": made,
        "people": told,
        "before": [(one, len(untold[one.id])) for one in before if one.id in untold],
        "never": len(set().union(*untold.values())),
        "holds": holds,
    }
    return page(request, "tell.html", desk, **known)


@router.post("/a/{agency}/rotas/{rota}/tell/{telling}")
def tick(
    desk: Planning, rota: RotaId, telling: TellingId, told: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    with desk.writing() as session:
        telling_work.tick(session, telling, told == "yes", desk.person.user)
    return go(f"/a/{desk.agency}/rotas/{rota}/tell")
