"""Settings and the audit."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from api.database.models import (
    Membership,
    User,
)
from api.desk.chosen import chosen
from api.routes.audit import entries
from api.security.guard import (
    Managing,
    Seeing,
)
from api.web.templating import page
from scheduler.uk import figures

router = APIRouter(include_in_schema=False)


@router.get("/a/{agency}/settings")
def settings_page(request: Request, desk: Seeing) -> Response:
    with desk.reading() as session:
        found = chosen(session)
    return page(request, "settings.html", desk, own=found.own, prices=found.prices, figures=figures())


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
