"""Settings and the audit."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import select

from api.database.models import (
    Agency,
    Membership,
    Role,
    User,
)
from api.desk import tables as table_work
from api.errors import Trouble
from api.routes import agencies
from api.routes.audit import entries
from api.schemas import InvitationBody
from api.security.guard import (
    Desk,
    Managing,
    Seeing,
)
from api.security.rights import Right
from api.web.pages.common import Text
from api.web.templating import page
from scheduler.rules import RULES
from scheduler.uk import figures
from scheduler.units import sixtieths

router = APIRouter(include_in_schema=False)


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
        made = agencies.post_invitation(desk, InvitationBody(role=role, carer=carer or None))
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
