"""Statements, schedules and reports as pages, and the measures of several weeks side by side."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from api.desk import papers as work
from api.desk.rotas import Opened, open_rota
from api.routes import rotas
from api.routes.agencies import get_measures_over_weeks
from api.routes.common import RotaId
from api.routes.papers import CarerId, ClientId
from api.security.guard import Aggregates, Desk, Seeing
from api.web.templating import page
from scheduler.report.document import Document

router = APIRouter(include_in_schema=False)
ROTA = "/a/{agency}/rotas/{rota}"


@router.get("/a/{agency}/measures")
def measures_page(request: Request, desk: Aggregates) -> Response:
    return page(request, "weeks.html", desk, found=get_measures_over_weeks(desk, 12))


@router.get(ROTA + "/clients/{client:path}/fund")
def fund_page(request: Request, desk: Seeing, rota: RotaId, client: ClientId) -> Response:
    return _paper(request, desk, rota, lambda opened: work.fund(opened, client), f"clients/{client}", "fund")


@router.get(ROTA + "/carers/{carer:path}/schedule")
def schedule_page(request: Request, desk: Seeing, rota: RotaId, carer: CarerId) -> Response:
    own = f"carers/{carer}"
    return _paper(request, desk, rota, lambda opened: work.schedule(opened, carer), own, "schedule")


@router.get(ROTA + "/carers/{carer:path}/pay")
def carer_pay_page(request: Request, desk: Seeing, rota: RotaId, carer: CarerId) -> Response:
    return _paper(request, desk, rota, lambda opened: work.pay(opened, carer), f"carers/{carer}")


@router.get(ROTA + "/pay")
def pay_page(request: Request, desk: Seeing, rota: RotaId) -> Response:
    return _paper(request, desk, rota, work.pay)


@router.get(ROTA + "/continuity")
def continuity_page(request: Request, desk: Seeing, rota: RotaId) -> Response:
    return _paper(request, desk, rota, work.continuity)


@router.get(ROTA + "/fairness")
def fairness_page(request: Request, desk: Aggregates, rota: RotaId) -> Response:
    return _paper(request, desk, rota, work.fairness)


def _paper(
    request: Request,
    desk: Desk,
    rota: str,
    make: Callable[[Opened], Document],
    own: str = "",
    pdf: str = "",
) -> Response:
    """The paper; `own`: the page of the person that it is about; `pdf`: what the API calls it as a PDF."""
    with desk.reading() as session:
        opened = open_rota(session, rota)
        shown = rotas.rota_out(session, opened.kept)
    return page(request, "document.html", desk, rota=shown, paper=make(opened), own=own, pdf=pdf)
