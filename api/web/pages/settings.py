"""Settings and the audit."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import select

from api.database.models import (
    Agency,
    Membership,
    User,
)
from api.desk import tables as table_work
from api.routes.audit import entries
from api.security.guard import (
    Managing,
    Seeing,
)
from api.web.templating import page
from scheduler.rules import RULES
from scheduler.uk import figures

router = APIRouter(include_in_schema=False)


@router.get("/a/{agency}/settings")
def settings_page(request: Request, desk: Seeing) -> Response:
    with desk.reading() as session:
        version = session.scalars(select(Agency.tables_version)).one()
        own = table_work.current(session)[1].get("settings", []) if version else []
    changed = {row.get("setting", ""): row.get("value", "") for row in own}
    prices = [(rule.label, price, changed.get(price.name, "")) for rule in RULES for price in rule.prices]
    return page(request, "settings.html", desk, own=own, prices=prices, figures=figures())


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
