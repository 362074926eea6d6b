"""Who may come in: links for new people, roles, forgotten passwords, and leaving."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import select

from api.database.models import Agency, Role
from api.desk import tables as table_work
from api.errors import Trouble
from api.routes import agencies
from api.routes.agencies import UserId
from api.schemas import InvitationBody, RoleBody
from api.security.guard import Desk, Managing
from api.web.pages.common import Text, go
from api.web.templating import page

router = APIRouter(include_in_schema=False, prefix="/a/{agency}/members")
RoleField = Annotated[Role, Form()]


@router.get("")
def members_page(request: Request, desk: Managing) -> Response:
    return _page(request, desk)


@router.post("")
def invite(request: Request, desk: Managing, role: RoleField, carer: Text = "") -> Response:
    try:
        made = agencies.post_invitation(desk, InvitationBody(role=role, carer=carer or None))
    except Trouble as trouble:
        return _page(request, desk, trouble=trouble)
    return _page(request, desk, link=made.link, told="It gives one person this role.")


@router.post("/{user}")
def change(request: Request, desk: Managing, user: UserId, role: RoleField, carer: Text = "") -> Response:
    chosen = (carer or None) if role is Role.CARER else None
    try:
        agencies.put_member(desk, user, RoleBody(role=role, carer=chosen))
    except Trouble as trouble:
        return _page(request, desk, trouble=trouble)
    return go(f"/a/{desk.agency}/members")


@router.post("/{user}/password-link")
def password_link(request: Request, desk: Managing, user: UserId) -> Response:
    try:
        made = agencies.post_password_link(desk, user)
    except Trouble as trouble:
        return _page(request, desk, trouble=trouble)
    return _page(request, desk, link=made.link, told="With it that person sets the password anew.")


@router.post("/{user}/remove")
def remove(request: Request, desk: Managing, user: UserId) -> Response:
    try:
        agencies.delete_member(desk, user)
    except Trouble as trouble:
        return _page(request, desk, trouble=trouble)
    return go("/" if user == desk.person.user else f"/a/{desk.agency}/members")


def _page(
    request: Request, desk: Desk, link: str = "", told: str = "", trouble: Trouble | None = None
) -> Response:
    if trouble is not None and trouble.status == 404:
        raise trouble
    with desk.reading() as session:
        people = agencies.members(session)
        version = session.scalars(select(Agency.tables_version)).one()
        tables = table_work.current(session)[1] if version else {}
    known: dict[str, Any] = {
        "people": people,
        "link": link,
        "told": told,
        "trouble": trouble,
        "roles": list(Role),
        "carers": [(row.get("carer", ""), row.get("name", "")) for row in tables.get("carers", [])],
    }
    return page(request, "members.html", desk, status=trouble.status if trouble else 200, **known)
