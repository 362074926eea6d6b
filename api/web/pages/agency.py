"""An agency's home: its rotas, its data, its plans."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, File, Request, Response, UploadFile
from pydantic import ValidationError
from sqlalchemy import select

from api.database.models import (
    Agency,
    Job,
    RotaState,
    StoredRota,
)
from api.desk import tables as table_work
from api.desk.tables import Upload
from api.errors import Trouble, from_careround
from api.jobs.queue import ask_to_stop
from api.routes import plans, rotas
from api.routes.plans import PlanId
from api.schemas import PlanBody
from api.security.guard import (
    Aggregates,
    Desk,
    Planning,
    Seeing,
)
from api.security.rights import Right
from api.web.pages.common import Text, go
from api.web.templating import page
from scheduler.errors import InputError
from scheduler.intake.load import next_monday

router = APIRouter(include_in_schema=False)
NEWEST = 30
"""Rotas that the home page lists, and jobs among which it looks for plans: repairs have pages of their own."""


@router.get("/a/{agency}")
def home(request: Request, desk: Aggregates) -> Response:
    return _home(request, desk)


def _home(request: Request, desk: Desk, status: int = 200, error: Trouble | None = None) -> Response:
    with desk.reading() as session:
        kept = list(session.scalars(select(StoredRota).order_by(StoredRota.created_at.desc()).limit(NEWEST)))
        if not desk.may(Right.SEE):
            kept = [rota for rota in kept if rota.state is RotaState.PUBLISHED]
        newest = select(Job).order_by(Job.created_at.desc()).limit(NEWEST)
        jobs = (
            [job for job in session.scalars(newest) if "repair" not in job.request][:5]
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
