"""One's own account: the password, changed or forgotten, and signing out everywhere."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from api.errors import Trouble
from api.routes import accounts
from api.schemas import NewPasswordBody, PasswordBody
from api.security import resets
from api.security import sign_in as sessions
from api.security.guard import SignedIn, engine_of, settings_of
from api.web.pages.coming_in import Guarded
from api.web.pages.common import Text, filled, go
from api.web.templating import page

router = APIRouter(include_in_schema=False)
Secret = Annotated[str, Path(max_length=100)]


@router.get("/account")
def account_page(request: Request, person: SignedIn) -> Response:
    return page(request, "account.html", person=person, error="", done=False)


@router.post("/account/password", dependencies=[Depends(accounts.limited)])
def change(request: Request, person: SignedIn, old: Text, new: Text) -> Response:
    try:
        asked = filled(PasswordBody, old=old, new=new)
        sessions.change_password(engine_of(request), settings_of(request), person, asked.old, asked.new)
    except Trouble as error:
        return page(
            request, "account.html", person=person, status=error.status, error=error.detail, done=False
        )
    return page(request, "account.html", person=person, error="", done=True)


@router.post("/account/sign-out-everywhere")
def sign_out_everywhere(request: Request, person: SignedIn) -> Response:
    sessions.sign_out(engine_of(request), person, everywhere=True)
    response = go("/sign-in")
    accounts.drop_cookie(response, settings_of(request))
    return response


@router.get("/password/{secret}")
def forgotten_page(request: Request, secret: Secret) -> Response:
    resets.require_open(engine_of(request), secret)
    return page(request, "password.html", secret=secret, error="")


@router.post("/password/{secret}", dependencies=Guarded)
def set_forgotten(request: Request, secret: Secret, password: Text) -> Response:
    try:
        asked = filled(NewPasswordBody, link=secret, password=password)
        resets.set_anew(engine_of(request), asked.link, asked.password)
    except Trouble as error:
        return page(request, "password.html", status=error.status, secret=secret, error=error.detail)
    return go("/sign-in")
