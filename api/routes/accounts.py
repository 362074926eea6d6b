"""Signing in and out, joining by an invitation, changing one's password."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Engine, select

from api.database.models import Agency, Membership
from api.database.tenancy import for_everything
from api.schemas import (
    AccountOut,
    AgencyOut,
    JoinBody,
    NewPasswordBody,
    PasswordBody,
    SessionOut,
    SignInBody,
)
from api.security import resets
from api.security.accounts import join
from api.security.guard import SignedIn, engine_of, same_origin, settings_of
from api.security.limits import Rate
from api.security.sign_in import Person, change_password, sign_in, sign_out
from api.settings import Settings

router = APIRouter(tags=["accounts"])


def limited(request: Request) -> None:
    """Only so many tries a minute from one address, whatever the account."""
    rate: Rate = request.app.state.sign_ins
    rate.take(request.client.host if request.client else "")


Guarded = [Depends(same_origin), Depends(limited)]


def set_cookie(response: Response, settings: Settings, secret: str) -> None:
    """The session's cookie: no script can read it, no other site sends it along."""
    response.set_cookie(
        settings.cookie,
        secret,
        max_age=settings.longest,
        path="/",
        httponly=True,
        secure=settings.secure,
        samesite="lax",
    )


def drop_cookie(response: Response, settings: Settings) -> None:
    """The session is over."""
    response.delete_cookie(settings.cookie, path="/", httponly=True, secure=settings.secure, samesite="lax")


def agencies_of(engine: Engine, person: Person) -> list[AgencyOut]:
    """The agencies of a person, by name."""
    with for_everything(engine) as session:
        rows = session.execute(
            select(Agency, Membership.role)
            .join(Membership, Membership.agency_id == Agency.id)
            .where(Membership.user_id == person.user)
            .order_by(Agency.name, Agency.id)
        ).all()
    return [AgencyOut(id=agency.id, name=agency.name, role=role) for agency, role in rows]


def _out(engine: Engine, person: Person) -> SessionOut:
    return SessionOut(
        name=person.name, email=person.email, csrf=person.csrf, agencies=agencies_of(engine, person)
    )


@router.post("/session", summary="Sign in", dependencies=Guarded)
def post_session(request: Request, response: Response, body: SignInBody) -> SessionOut:
    """Sets a cookie; the answer's `csrf` must come with every change (X-CSRF-Token)."""
    engine, settings = engine_of(request), settings_of(request)
    secret, person = sign_in(engine, settings, body.email, body.password)
    set_cookie(response, settings, secret)
    return _out(engine, person)


@router.get("/session", summary="Who is signed in")
def get_session(request: Request, person: SignedIn) -> SessionOut:
    """Your name, your agencies, and the CSRF token."""
    return _out(engine_of(request), person)


@router.delete("/session", status_code=204, summary="Sign out")
def delete_session(request: Request, response: Response, person: SignedIn) -> None:
    """This session ends."""
    sign_out(engine_of(request), person)
    drop_cookie(response, settings_of(request))


@router.delete("/sessions", status_code=204, summary="Sign out everywhere")
def delete_sessions(request: Request, response: Response, person: SignedIn) -> None:
    """All your sessions end, on every device."""
    sign_out(engine_of(request), person, everywhere=True)
    drop_cookie(response, settings_of(request))


@router.put(
    "/session/password", status_code=204, summary="Change the password", dependencies=[Depends(limited)]
)
def put_password(request: Request, person: SignedIn, body: PasswordBody) -> None:
    """Your other sessions end. A wrong old password counts as a try to sign in."""
    change_password(engine_of(request), settings_of(request), person, body.old, body.new)


@router.post("/accounts", status_code=201, summary="Join by an invitation", dependencies=Guarded)
def post_account(request: Request, body: JoinBody) -> AccountOut:
    """Makes your account; sign in with it then. With the address and password of an account that you have already it
    gives that one the role."""
    user = join(engine_of(request), settings_of(request), body.link, body.email, body.name, body.password)
    return AccountOut(email=user.email)


@router.post("/accounts/password", summary="Set a forgotten password", dependencies=Guarded)
def post_password(request: Request, body: NewPasswordBody) -> AccountOut:
    """With the secret of a link that a manager gave you. All sessions of the account end; sign in then."""
    return AccountOut(email=resets.set_anew(engine_of(request), body.link, body.password))
