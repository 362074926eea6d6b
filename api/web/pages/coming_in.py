"""Coming in: sign-in, invitations, and the agencies that somebody has."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response

from api.database.models import Role
from api.errors import Trouble
from api.routes import accounts, agencies
from api.schemas import AgencyBody, JoinBody
from api.security import accounts as account_work
from api.security import sign_in as sessions
from api.security.guard import (
    MaybePerson,
    SignedIn,
    engine_of,
    same_origin,
    settings_of,
)
from api.web.pages.common import Text, filled, go
from api.web.templating import page

router = APIRouter(include_in_schema=False)
Guarded = [Depends(same_origin), Depends(accounts.limited)]


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
        asked = filled(JoinBody, link=secret, email=email, name=name, password=password)
        account_work.join(engine_of(request), settings_of(request), secret, asked.email, asked.name, password)
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
    made = agencies.post_agency(request, person, filled(AgencyBody, name=name))
    return go(f"/a/{made.id}")
