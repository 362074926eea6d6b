"""What stands before every route: is somebody signed in, was this change meant, and may this person do it here?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from secrets import compare_digest
from typing import Annotated

from fastapi import Depends, Path, Request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from api.database.models import Agency, Membership, Role
from api.database.tenancy import for_agency, for_everything
from api.errors import Trouble, not_found
from api.security.rights import RIGHTS, Right
from api.security.sign_in import Person, who_is
from api.settings import Settings

SAFE = ("GET", "HEAD", "OPTIONS")
CSRF_HEADER = "x-csrf-token"
CSRF_FIELD = "csrf"
ANEW = "You signed in again since this page was opened: load it anew."
"""Said with "anew": true to a page that carries the token of an earlier session."""
BACKGROUND = "x-background"
"""The header of what a page asks for again and again without anybody doing anything."""
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True)
class Desk:
    """One person at the desk of one agency: the only way for a route to reach the agency's data. `carer`: who of the
    agency's carers this is, for an account of that role."""

    engine: Engine
    settings: Settings
    person: Person
    agency: str
    agency_name: str
    role: Role
    carer: str = ""

    def reading(self) -> AbstractContextManager[Session]:
        """A session that reads this agency's rows."""
        return for_agency(self.engine, self.agency, self.person.user)

    def writing(self) -> AbstractContextManager[Session]:
        """A session that reads and writes this agency's rows, in one transaction."""
        return for_agency(self.engine, self.agency, self.person.user, writes=True)

    def may(self, right: Right) -> bool:
        """May this person do that here?"""
        return right in RIGHTS[self.role]


def engine_of(request: Request) -> Engine:
    """The database of the application."""
    engine: Engine = request.app.state.engine
    return engine


def settings_of(request: Request) -> Settings:
    """The settings of the application."""
    settings: Settings = request.app.state.settings
    return settings


def same_origin(request: Request) -> None:
    """Refuse what a page of somebody else sends, also before anybody has signed in."""
    origin = request.headers.get("origin")
    if origin is not None and origin.partition("://")[2] != request.headers.get("host", ""):
        raise Trouble(403, "This was sent by another site.")


def maybe_signed_in(request: Request) -> Person | None:
    """Who is there, if anybody. What a page asks for by itself, and says so, keeps no session open."""
    secret = request.cookies.get(settings_of(request).cookie, "")
    if not secret:
        return None
    return who_is(engine_of(request), settings_of(request), secret, active=BACKGROUND not in request.headers)


MaybePerson = Annotated[Person | None, Depends(maybe_signed_in)]


async def _csrf_of(request: Request) -> str:
    if request.method in SAFE:
        return ""
    header = request.headers.get(CSRF_HEADER)
    if header is not None:
        return header
    if request.headers.get("content-type", "").partition(";")[0] in FORMS:
        return str((await request.form()).get(CSRF_FIELD, ""))
    return ""


def signed_in(request: Request, person: MaybePerson, csrf: Annotated[str, Depends(_csrf_of)]) -> Person:
    """Who is there. Raises Trouble for nobody, and for a change that was not sent by our own page or program."""
    if person is None:
        raise Trouble(401, "Sign in first.")
    if request.method not in SAFE:
        same_origin(request)
        if not csrf:
            raise Trouble(403, f"The {CSRF_HEADER} of this session must come with every change.")
        if not compare_digest(csrf.encode(), person.csrf.encode()):
            raise Trouble(403, ANEW, {"anew": True})
    return person


SignedIn = Annotated[Person, Depends(signed_in)]
AgencyId = Annotated[str, Path(description="The agency's id.", max_length=60)]


def needs(right: Right) -> Callable[..., Desk]:
    """A dependency: the desk of the agency in the path, for somebody with this right there."""

    def desk(request: Request, person: SignedIn, agency: AgencyId) -> Desk:
        with for_everything(engine_of(request)) as session:
            member = session.get(Membership, (person.user, agency))
            if member is None:
                raise not_found("agency")
            name = session.get_one(Agency, agency).name
        carer = member.carer or ""
        found = Desk(engine_of(request), settings_of(request), person, agency, name, member.role, carer)
        if not found.may(right):
            raise Trouble(403, f"Your role here is {member.role}; this is for those who may {right}.")
        return found

    return desk


Owning = Annotated[Desk, Depends(needs(Right.OWN))]
Aggregates = Annotated[Desk, Depends(needs(Right.AGGREGATES))]
Asking = Annotated[Desk, Depends(needs(Right.ASK))]
Seeing = Annotated[Desk, Depends(needs(Right.SEE))]
Planning = Annotated[Desk, Depends(needs(Right.PLAN))]
Managing = Annotated[Desk, Depends(needs(Right.MANAGE))]
