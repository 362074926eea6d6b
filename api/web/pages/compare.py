"""The page on which a new rota's changes are compared with the current one and taken, all or one by one."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from api.desk.accept import Comparison, compare
from api.errors import Trouble
from api.routes.accept import Into, asked, kept
from api.routes.common import RotaId
from api.routes.rotas import rota_out
from api.schemas import TakeBody
from api.security.guard import Desk, Planning, Seeing
from api.web.pages.common import go
from api.web.templating import page
from scheduler.problem import Problem

router = APIRouter(include_in_schema=False)
PATH = "/a/{agency}/rotas/{rota}/compare"


@router.get(PATH)
def compare_page(request: Request, desk: Seeing, rota: RotaId, into: Into = "") -> Response:
    return _page(request, desk, rota, into)


@router.post(PATH)
def take(
    request: Request,
    desk: Planning,
    rota: RotaId,
    into: Annotated[str, Form(max_length=60)] = "",
    version: Annotated[int, Form()] = 0,
    visits: Annotated[list[str], Form()] = [],  # noqa: B006  (FastAPI copies it)
    every: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    body = TakeBody.model_construct(
        visits=visits, all=bool(every), into=into or None, version=version, name=None
    )
    try:
        with desk.reading() as session:
            judged = asked(session, rota, body)
        with desk.writing() as session:
            id = kept(desk, session, judged, None).id
    except Trouble as trouble:
        if trouble.status == 404:
            raise
        return _page(request, desk, rota, into, trouble, visits)
    return go(f"/a/{desk.agency}/rotas/{id}")


def _page(
    request: Request,
    desk: Desk,
    rota: str,
    into: str,
    trouble: Trouble | None = None,
    ticked: list[str] = [],  # noqa: B006  (read only)
) -> Response:
    with desk.reading() as session:
        found = compare(session, rota, into)
        new, current = rota_out(session, found.new.kept), rota_out(session, found.current.kept)
    missing = trouble.more.get("missing", []) if trouble else []
    known: dict[str, Any] = {
        "rota": new,
        "current": current,
        "days": _by_day(found, found.new.problem),
        "count": len(found.offered),
        "sentences": {one.change.visit: one.change.sentence for one in found.offered},
        "trouble": trouble,
        "ticked": ticked,
        "missing": missing,
    }
    return page(request, "compare.html", desk, status=trouble.status if trouble else 200, **known)


def _by_day(found: Comparison, problem: Problem) -> list[tuple[date, list[Any]]]:
    """The changes day by day."""
    ordered = sorted(found.offered, key=lambda one: one.day)
    return [(problem.date_of(day), list(own)) for day, own in groupby(ordered, key=lambda one: one.day)]
