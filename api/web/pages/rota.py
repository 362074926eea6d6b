"""A rota: the board, publication, changes, measures, a client's and a carer's week."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request, Response
from sqlalchemy import select

from api import london
from api.database.models import Agency, RotaState
from api.desk import rotas as rota_work
from api.desk.accept import current_of
from api.desk.applying import publish_draft, standing, waiting
from api.desk.changes import changes
from api.desk.judged import carers_of, cost_of, measured, report_of
from api.desk.papers import has_fund
from api.desk.repairs import find_repair, made_by
from api.desk.rotas import open_rota, repair_in
from api.errors import Trouble
from api.routes import rotas
from api.routes.common import RotaId
from api.routes.edits import edits_of, edits_out
from api.routes.judging import FEW
from api.security.guard import (
    Aggregates,
    Desk,
    Planning,
    Seeing,
)
from api.security.rights import Right
from api.web import weeks
from api.web.pages.common import Text, go
from api.web.templating import page
from scheduler.problem import Problem
from scheduler.report.letters import VERSIONS
from scheduler.report.words import short_date
from scheduler.rules.base import Finding
from scheduler.travel.choice import FALLEN_BACK
from scheduler.units import clock

router = APIRouter(include_in_schema=False)


@router.get("/a/{agency}/rotas/{rota}")
def board_page(
    request: Request, desk: Seeing, rota: RotaId, repair: Annotated[str, Query(max_length=60)] = ""
) -> Response:
    with desk.reading() as session:
        opened = open_rota(session, rota)
        kept = find_repair(session, repair) if repair else waiting(session, opened.kept)
        changed: list[str] = []
        if kept is not None:  # a proposal: what it changes is marked
            before = open_rota(session, kept.rota_id).rota
            changed = [c.visit for c in changes(before, opened.rota, opened.problem)]
        shown = rotas.rota_out(session, opened.kept)
        days = [opened.problem.date_of(day) for day in range(opened.problem.days)]
        areas = sorted({client.area for client in opened.problem.clients if client.area})
        skills = sorted({skill for visit in opened.problem.visits for skill in visit.skills})
        known: dict[str, Any] = {"comparable": current_of(session, opened.kept) is not None}
        known["newest_data"] = session.scalars(select(Agency.tables_version)).one()
        # (A proposal is for those who may apply it.)
        known |= {"repair": kept if desk.may(Right.PLAN) else None, "changed": changed}
        known["happened"] = bool(repair_in(session, opened.kept))
        known["opens"] = _opens(opened.problem, changed)
        source = opened.problem.travel_source
        known["fallen_back"] = source if FALLEN_BACK in source else ""
    return page(request, "board.html", desk, rota=shown, days=days, areas=areas, skills=skills, **known)


def _opens(problem: Problem, changed: list[str]) -> int:
    """The day on which the board opens: the first that a proposal changes; else today, where it is one of them."""
    days = [problem.visit(id).day for id in changed if id in problem.visit_index]
    if days:
        return min(days)
    today = (london.today() - problem.start).days
    return today if 0 <= today < problem.days else 0


@router.post("/a/{agency}/rotas/{rota}/copy")
def copy_rota(desk: Planning, rota: RotaId) -> Response:
    with desk.writing() as session:
        kept = rota_work.find(session, rota)
        id = rotas.copy(desk, session, rota, f"{kept.name} (draft)"[:120]).id
    return go(f"/a/{desk.agency}/rotas/{id}")


@router.get("/a/{agency}/rotas/{rota}/publish")
def publish_page(request: Request, desk: Planning, rota: RotaId) -> Response:
    return _publish(request, desk, rota)


def _publish(
    request: Request, desk: Desk, rota: str, notes: str = "", trouble: Trouble | None = None
) -> Response:
    """What would be published now; where that was refused, with the `notes` that were typed and why."""
    with desk.reading() as session:
        opened = open_rota(session, rota)
        before = rota_work.predecessor_of(session, opened.kept)
        changes = rotas.changes_since(session, rota, "")
        shown = rotas.rota_out(session, opened.kept)
        newest_data = session.scalars(select(Agency.tables_version)).one()
        draft = opened.kept.state is RotaState.DRAFT
        stands = standing(session, opened.kept) if draft else None
        happened = bool(repair_in(session, opened.kept))
    left = opened.rota.unallocated(opened.problem)
    known: dict[str, Any] = {
        "rota": shown,
        "before": before,
        "changes": changes,
        "newest_data": newest_data,
        "left": left,
        "stands": stands,
        "happened": happened,
        "hard": [(_about(finding, opened.problem), finding.sentence) for finding in report_of(opened).hard],
        "notes": notes,
        "trouble": trouble,
    }
    return page(request, "publish.html", desk, status=trouble.status if trouble else 200, **known)


def _about(finding: Finding, problem: Problem) -> str:
    """Whose visit a finding speaks of, and on which day."""
    if finding.visit not in problem.visit_index:
        return ""
    visit = problem.visit(finding.visit)
    return f"{short_date(problem.date_of(visit.day))} {clock(visit.preferred)}, {problem.client(visit.client).name}:"


@router.post("/a/{agency}/rotas/{rota}/publish")
def publish(
    request: Request,
    desk: Planning,
    rota: RotaId,
    version: Text,
    repair: Annotated[str | None, Form(max_length=60)] = None,
    notes: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    refused = None
    try:
        with desk.writing() as session:
            kept = rota_work.find(session, rota)
            if kept.state is not RotaState.DRAFT:
                raise Trouble(409, "Only a draft can be published.")
            publish_draft(session, kept, notes, int(version) if version.isdigit() else 0, repair)
    except Trouble as trouble:
        if trouble.status not in (409, 412):
            raise
        refused = trouble
    with desk.reading() as session:
        kept = rota_work.find(session, rota)
        made = made_by(session, rota)
    # (Published with these notes already: it was sent twice, by a double click or Back.)
    if refused is not None and (kept.state is not RotaState.PUBLISHED or kept.notes != notes):
        return _publish(request, desk, rota, notes, refused)
    return go(f"/a/{desk.agency}/rotas/{rota}{'/tell' if made else ''}")


@router.get("/a/{agency}/rotas/{rota}/changes")
def changes_page(request: Request, desk: Seeing, rota: RotaId) -> Response:
    with desk.reading() as session:
        opened = open_rota(session, rota)
        shown = edits_out(session, edits_of(session, rota, 200), opened)
        kept = rotas.rota_out(session, opened.kept)
        before = rota_work.predecessor_of(session, opened.kept)
        since = rotas.changes_since(session, rota, "")
    return page(request, "changes.html", desk, rota=kept, edits=shown, before=before, since=since)


@router.get("/a/{agency}/rotas/{rota}/measures")
def measures_page(request: Request, desk: Aggregates, rota: RotaId) -> Response:
    with desk.reading() as session:
        opened = open_rota(session, rota)
        shown = rotas.rota_out(session, opened.kept)
        values = measured(session, opened.kept, desk.may(Right.SEE))
    if values is None:
        raise Trouble(403, FEW)
    # What it costs, rule by rule, is no measure: the API keeps it from a commissioner too.
    money = cost_of(opened) if desk.may(Right.SEE) else None
    return page(request, "measures.html", desk, rota=shown, values=values, cost=money)


@router.get("/a/{agency}/rotas/{rota}/clients/{client:path}")
def client_page(
    request: Request, desk: Seeing, rota: RotaId, client: Annotated[str, Path(max_length=200)]
) -> Response:
    with desk.reading() as session:
        opened = open_rota(session, rota)
        shown = rotas.rota_out(session, opened.kept)
    week = weeks.client_week(opened.rota, opened.problem, client)
    known: dict[str, Any] = {"fund": has_fund(opened, client), "versions": VERSIONS}
    return page(request, "client.html", desk, rota=shown, week=week, **known)


@router.get("/a/{agency}/rotas/{rota}/carers/{carer:path}")
def carer_page(
    request: Request, desk: Seeing, rota: RotaId, carer: Annotated[str, Path(max_length=200)]
) -> Response:
    with desk.reading() as session:
        opened = open_rota(session, rota)
        shown = rotas.rota_out(session, opened.kept)
    return page(
        request,
        "carer.html",
        desk,
        rota=shown,
        week=weeks.carer_week(opened.problem, carer, carers_of(opened)),
    )
