"""The pages of an agency. Each does what a route of the API does, with the same functions and rights."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Path, Request, Response, UploadFile
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlalchemy import select

from api.database.models import (
    Agency,
    Job,
    Membership,
    Role,
    RotaState,
    StoredRota,
    User,
)
from api.desk import rotas as rota_work
from api.desk import tables as table_work
from api.desk.accept import current_of
from api.desk.rotas import open_rota
from api.desk.tables import Upload
from api.errors import Trouble, from_careround
from api.jobs.queue import ask_to_stop
from api.routes import accounts, agencies, plans, rotas
from api.routes.audit import entries
from api.routes.common import RotaId
from api.routes.edits import edit_out, edits_of
from api.routes.judging import report_of
from api.routes.plans import PlanId
from api.schemas import AgencyBody, PlanBody
from api.schemas_people import InviteBody
from api.security import accounts as account_work
from api.security import sign_in as sessions
from api.security.guard import (
    Aggregates,
    Desk,
    Managing,
    MaybePerson,
    Planning,
    Seeing,
    SignedIn,
    engine_of,
    same_origin,
    settings_of,
)
from api.security.rights import Right
from api.web import weeks
from api.web.templating import page
from scheduler.cost import cost
from scheduler.errors import InputError
from scheduler.intake.load import next_monday
from scheduler.measures import MEASURES, measure
from scheduler.rules import RULES
from scheduler.uk import figures
from scheduler.units import sixtieths

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Form(max_length=300)]
Guarded = [Depends(same_origin), Depends(accounts.limited)]
NEWEST = 30


def go(path: str) -> Response:
    """See there."""
    return RedirectResponse(path, 303)


# -- coming in --------------------------------------------------------------------------------------------------------


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> Response:
    return page(request, "sign_in.html", next=next, error="", email="")


@router.post("/sign-in", dependencies=Guarded)
def sign_in(request: Request, email: Text, password: Text, next: Text = "/") -> Response:
    try:
        secret, _ = sessions.sign_in(engine_of(request), settings_of(request), email, password)
    except Trouble as error:
        return page(request, "sign_in.html", status=error.status, next=next, error=error.detail, email=email)
    # Only a path of ours: never another host ("//evil", "/\\evil").
    response = go(next if next.startswith("/") and next[1:2] not in ("/", "\\") else "/")
    accounts.set_cookie(response, settings_of(request), secret)
    return response


@router.post("/sign-out")
def sign_out(request: Request, person: SignedIn) -> Response:
    sessions.sign_out(engine_of(request), person)
    response = go("/sign-in")
    accounts.drop_cookie(response, settings_of(request))
    return response


@router.get("/join/{secret}")
def join_page(request: Request, secret: Annotated[str, Path(max_length=100)]) -> Response:
    account_work.require_open(engine_of(request), secret)
    return page(request, "join.html", secret=secret, error="", email="", name="")


@router.post("/join/{secret}", dependencies=Guarded)
def join(
    request: Request, secret: Annotated[str, Path(max_length=100)], email: Text, name: Text, password: Text
) -> Response:
    try:
        account_work.join(engine_of(request), secret, email, name, password)
    except Trouble as error:
        told: dict[str, Any] = {"secret": secret, "error": error.detail, "email": email, "name": name}
        return page(request, "join.html", status=error.status, **told)
    return sign_in(request, email, password)


@router.get("/")
def start(request: Request, person: MaybePerson) -> Response:
    if person is None:
        return go("/sign-in")
    mine = accounts.agencies_of(engine_of(request), person)
    if len(mine) == 1:
        return go(f"/a/{mine[0].id}{'/mine' if mine[0].role is Role.CARER else ''}")
    return page(request, "start.html", person=person, agencies=mine)


@router.post("/agencies")
def make_agency(request: Request, person: SignedIn, name: Text) -> Response:
    made = agencies.post_agency(request, person, AgencyBody(name=name))
    return go(f"/a/{made.id}")


# -- an agency --------------------------------------------------------------------------------------------------------


@router.get("/a/{agency}")
def home(request: Request, desk: Aggregates) -> Response:
    return _home(request, desk)


def _home(request: Request, desk: Desk, status: int = 200, error: Trouble | None = None) -> Response:
    with desk.reading() as session:
        kept = list(session.scalars(select(StoredRota).order_by(StoredRota.created_at.desc()).limit(NEWEST)))
        if not desk.may(Right.SEE):
            kept = [rota for rota in kept if rota.state is RotaState.PUBLISHED]
        jobs = (
            list(session.scalars(select(Job).order_by(Job.created_at.desc()).limit(5)))
            if desk.may(Right.SEE)
            else []
        )
        version = session.scalars(select(Agency.tables_version)).one()
        counts = table_work.counts(table_work.current(session)[1]) if version else {}
        shown = [rotas.rota_out(session, rota) for rota in kept]
    known: dict[str, Any] = {
        "rotas": shown,
        "jobs": jobs,
        "version": version,
        "counts": counts,
        "error": error,
    }
    return page(request, "home.html", desk, status=status, monday=next_monday(date.today()), **known)


@router.post("/a/{agency}/import")
def import_files(request: Request, desk: Planning, files: Annotated[list[UploadFile], File()]) -> Response:
    uploads = [Upload(file.filename or "file", file.file.read()) for file in files]
    try:
        imported = table_work.read_files(uploads, None)
    except InputError as error:
        return _home(request, desk, 422, from_careround(error))
    with desk.writing() as session:
        table_work.store(session, desk.agency, imported.tables, desk.person.user)
    return go(f"/a/{desk.agency}#data")


@router.post("/a/{agency}/plans")
def plan(
    request: Request, desk: Planning, start: Text, days: Text = "7", minutes: Text = "1", from_rota: Text = ""
) -> Response:
    try:
        # (The form's words are checked by the model.)
        body = PlanBody(start=start, days=days, seconds=60 * float(minutes), from_rota=from_rota or None)  # type: ignore[arg-type]
        with desk.writing() as session:
            id = plans.begin(desk, session, body).id
    except (ValidationError, ValueError) as error:
        raise Trouble(422, "Give the first day, 1 to 92 days, and some minutes.") from error
    except InputError as error:
        return _home(request, desk, 422, from_careround(error))
    return go(f"/a/{desk.agency}/plans/{id}")


@router.get("/a/{agency}/plans/{plan}")
def plan_page(request: Request, desk: Seeing, plan: PlanId) -> Response:
    with desk.reading() as session:
        comparable = plans.current_rota(session, plan) is not None
    return page(request, "plan.html", desk, plan=plans.get_plan(desk, plan), comparable=comparable)


@router.post("/a/{agency}/plans/{plan}/stop")
def stop_plan(desk: Planning, plan: PlanId) -> Response:
    plans.get_plan(desk, plan)
    with desk.writing() as session:
        ask_to_stop(session, plan)
    return go(f"/a/{desk.agency}/plans/{plan}")


# -- a rota -----------------------------------------------------------------------------------------------------------


@router.get("/a/{agency}/rotas/{rota}")
def board_page(request: Request, desk: Seeing, rota: RotaId) -> Response:
    with desk.reading() as session:
        opened = open_rota(session, rota)
        shown = rotas.rota_out(session, opened.kept)
        days = [opened.problem.date_of(day) for day in range(opened.problem.days)]
        areas = sorted({client.area for client in opened.problem.clients if client.area})
        skills = sorted({skill for visit in opened.problem.visits for skill in visit.skills})
        known: dict[str, Any] = {"comparable": current_of(session, opened.kept) is not None}
    return page(request, "board.html", desk, rota=shown, days=days, areas=areas, skills=skills, **known)


@router.post("/a/{agency}/rotas/{rota}/copy")
def copy_rota(desk: Planning, rota: RotaId) -> Response:
    with desk.writing() as session:
        kept = rota_work.find(session, rota)
        id = rotas.copy(desk, session, rota, f"{kept.name} (draft)"[:120]).id
    return go(f"/a/{desk.agency}/rotas/{id}")


@router.get("/a/{agency}/rotas/{rota}/publish")
def publish_page(request: Request, desk: Planning, rota: RotaId) -> Response:
    with desk.reading() as session:
        opened = open_rota(session, rota)
        before = rota_work.published_of(session, opened.kept)
        changes = rotas.changes_since(session, rota, "")
        shown = rotas.rota_out(session, opened.kept)
    left = opened.rota.unallocated(opened.problem)
    known: dict[str, Any] = {
        "rota": shown,
        "before": before,
        "changes": changes,
        "left": left,
        "hard": report_of(opened).hard,
    }
    return page(request, "publish.html", desk, **known)


@router.post("/a/{agency}/rotas/{rota}/publish")
def publish(
    desk: Planning, rota: RotaId, version: Text, notes: Annotated[str, Form(max_length=2000)] = ""
) -> Response:
    with desk.writing() as session:
        kept = rota_work.find(session, rota)
        if kept.state is not RotaState.DRAFT:
            raise Trouble(409, "Only a draft can be published.")
        rota_work.publish(session, kept, notes, int(version) if version.isdigit() else 0)
    return go(f"/a/{desk.agency}/rotas/{rota}")


@router.get("/a/{agency}/rotas/{rota}/changes")
def changes_page(request: Request, desk: Seeing, rota: RotaId) -> Response:
    with desk.reading() as session:
        opened = open_rota(session, rota)
        shown = [edit_out(edit, opened) for edit in edits_of(session, rota, 200)]
        kept = rotas.rota_out(session, opened.kept)
    return page(request, "changes.html", desk, rota=kept, edits=shown)


@router.get("/a/{agency}/rotas/{rota}/measures")
def measures_page(request: Request, desk: Aggregates, rota: RotaId) -> Response:
    with desk.reading() as session:
        opened = open_rota(session, rota)
        shown = rotas.rota_out(session, opened.kept)
    values = measure(opened.rota, opened.problem, report_of(opened).findings)
    rows = [(one.doc, values[one.name], one.unit) for one in MEASURES]
    money = cost(opened.rota, opened.problem)
    return page(request, "measures.html", desk, rota=shown, rows=rows, cost=money)


@router.get("/a/{agency}/rotas/{rota}/clients/{client}")
def client_page(
    request: Request, desk: Seeing, rota: RotaId, client: Annotated[str, Path(max_length=200)]
) -> Response:
    with desk.reading() as session:
        opened = open_rota(session, rota)
        shown = rotas.rota_out(session, opened.kept)
    return page(
        request, "client.html", desk, rota=shown, week=weeks.client_week(opened.rota, opened.problem, client)
    )


@router.get("/a/{agency}/rotas/{rota}/carers/{carer}")
def carer_page(
    request: Request, desk: Seeing, rota: RotaId, carer: Annotated[str, Path(max_length=200)]
) -> Response:
    with desk.reading() as session:
        opened = open_rota(session, rota)
        shown = rotas.rota_out(session, opened.kept)
    return page(
        request, "carer.html", desk, rota=shown, week=weeks.carer_week(opened.rota, opened.problem, carer)
    )


# -- settings and audit -----------------------------------------------------------------------------------------------


@router.get("/a/{agency}/settings")
def settings_page(request: Request, desk: Seeing) -> Response:
    return _settings(request, desk)


def _settings(request: Request, desk: Desk, invited: str = "", trouble: Trouble | None = None) -> Response:
    with desk.reading() as session:
        version = session.scalars(select(Agency.tables_version)).one()
        tables = table_work.current(session)[1] if version else {}
        own = tables.get("settings", [])
        people = agencies.members(session) if desk.may(Right.MANAGE) else []
    changed = {row.get("setting", ""): row.get("value", "") for row in own}
    prices = [(rule.label, price, changed.get(price.name, "")) for rule in RULES for price in rule.prices]
    known: dict[str, Any] = {
        "own": own,
        "prices": prices,
        "figures": figures(),
        "people": people,
        "invited": invited,
        "trouble": trouble,
        "carers": [(row.get("carer", ""), row.get("name", "")) for row in tables.get("carers", [])],
    }
    status = trouble.status if trouble else 200
    return page(request, "settings.html", desk, status=status, roles=list(Role), sixtieths=sixtieths, **known)


@router.post("/a/{agency}/invite")
def invite(request: Request, desk: Managing, role: Annotated[Role, Form()], carer: Text = "") -> Response:
    try:
        made = agencies.post_invitation(desk, InviteBody(role=role, carer=carer or None))
    except Trouble as trouble:
        return _settings(request, desk, trouble=trouble)
    return _settings(request, desk, made.link)


@router.get("/a/{agency}/audit")
def audit_page(request: Request, desk: Managing, before: str = "") -> Response:
    with desk.reading() as session:
        found = entries(session, 101, before)
        asked = select(User.id, User.name).join(Membership, Membership.user_id == User.id)
        names = {row.id: row.name for row in session.execute(asked)}
    known: dict[str, Any] = {
        "entries": found[:100],
        "names": names,
        "more": found[99].number if len(found) > 100 else None,
    }
    return page(request, "audit.html", desk, **known)
