"""An agency's home: its rotas, its data, its plans."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, File, Request, Response, UploadFile
from pydantic import ValidationError
from sqlalchemy import select

from api import london
from api.database.models import OVER, Job, RotaState
from api.desk import tables as table_work
from api.desk.queue import ask_to_stop
from api.desk.roads import silent
from api.desk.tables import Upload
from api.errors import Trouble, from_careround
from api.routes import plans, rotas
from api.routes.common import After
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
MOST = 20
"""Rotas on one page of the list."""
NEWEST = 30
"""Jobs among which the home page looks for plans: repairs have pages of their own."""
UNREADABLE = "Give the first day, 1 to 92 days, and some minutes."


@router.get("/a/{agency}")
def home(request: Request, desk: Aggregates, after: After = "") -> Response:
    return _home(request, desk, after)


def _home(
    request: Request, desk: Desk, after: str = "", error: Trouble | None = None, **filled: str
) -> Response:
    """The page; where something was refused, with why, and with the form for a plan as it was `filled`."""
    all_of_them = desk.may(Right.SEE)
    state = None if all_of_them else RotaState.PUBLISHED
    with desk.reading() as session:
        shown = rotas.page_of_rotas(session, MOST, after, state)
        newest = select(Job).where(Job.study_id.is_(None)).order_by(Job.created_at.desc()).limit(NEWEST)
        plans = [job for job in session.scalars(newest) if "repair" not in job.request] if all_of_them else []
        jobs = plans[:5]
        data = table_work.newest(session)
    known: dict[str, Any] = {
        "rotas": shown.items,
        "older": shown.next,
        "jobs": jobs,
        "data": data,
        "error": error,
        "silent": silent() if all_of_them else [],
    }
    known["running"] = next((job for job in jobs if job.state not in OVER), None)
    monday = next_monday(london.today()).isoformat()
    known["filled"] = {"start": monday, "days": "7", "minutes": "1", **filled}
    return page(request, "home.html", desk, status=error.status if error else 200, **known)


@router.post("/a/{agency}/import")
def import_files(request: Request, desk: Planning, files: Annotated[list[UploadFile], File()]) -> Response:
    uploads = [Upload(file.filename or "file", file.file.read()) for file in files]
    try:
        imported = table_work.read_files(uploads, None)
    except InputError as error:
        return _home(request, desk, error=from_careround(error))
    with desk.writing() as session:
        table_work.keep(session, desk.agency, imported, desk.person.user)
    return go(f"/a/{desk.agency}#data")


@router.post("/a/{agency}/plans")
def plan(
    request: Request, desk: Planning, start: Text, days: Text = "7", minutes: Text = "1", from_rota: Text = ""
) -> Response:
    filled = {"start": start, "days": days, "minutes": minutes}
    try:
        # (The form's words are checked by the model.)
        body = PlanBody(start=start, days=days, seconds=60 * float(minutes), from_rota=from_rota or None)  # type: ignore[arg-type]  # pydantic reads the text
        id = plans.begin(desk, body)
    except (ValidationError, ValueError):
        return _home(request, desk, error=Trouble(422, UNREADABLE), **filled)
    except InputError as error:
        return _home(request, desk, error=from_careround(error), **filled)
    except Trouble as trouble:
        if from_rota:  # it was asked for on the board, which has no form for it
            raise
        return _home(request, desk, error=trouble, **filled)
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
