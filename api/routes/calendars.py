"""Calendar links for clients, their families and carers: made and revoked by who plans, read by who has the link."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api import london
from api.database.models import CalendarLink
from api.desk import calendars as work
from api.desk.people import person
from api.errors import Trouble
from api.schemas import CalendarBody, CalendarMadeOut, CalendarOut
from api.security.guard import Planning, engine_of
from api.security.limits import Rate
from api.settings import Settings

router = APIRouter(prefix="/agencies/{agency}/calendars", tags=["calendar links"])
open_router = APIRouter(tags=["calendar links"])
CalendarId = Annotated[str, Path(description="The calendar link's id.", max_length=60)]
Secret = Annotated[str, Path(description="The secret of the link.", max_length=100)]
ICS = "text/calendar"


@router.post("", status_code=201, summary="A calendar link")
def post_calendar(desk: Planning, body: CalendarBody) -> CalendarMadeOut:
    """A link that shows this person's published visits in any calendar, without signing in. It is told only now; a
    link that the person had before ends."""
    with desk.writing() as session:
        found = person(session, body.kind, body.person)
        made, secret = work.make(session, found.kind, found.id, desk.person.user)
    return CalendarMadeOut(**calendar_out(made).model_dump(), link=link(desk.settings, secret))


@router.get("", summary="Calendar links")
def get_calendars(desk: Planning) -> list[CalendarOut]:
    """Those that are open, the newest first; never their secrets."""
    with desk.reading() as session:
        return [calendar_out(one) for one in work.open_links(session)]


@router.delete("/{calendar}", status_code=204, summary="Revoke a calendar link")
def delete_calendar(desk: Planning, calendar: CalendarId) -> None:
    """From now on it shows nothing."""
    with desk.writing() as session:
        work.revoke(session, calendar)


@open_router.get(
    "/calendar/{secret}.ics", summary="What a calendar link shows", response_class=Response,
    responses={200: {"content": {ICS: {"schema": {"type": "string"}}}}},
)  # fmt: skip
def get_calendar(request: Request, secret: Secret) -> Response:
    """The published visits of one person as iCalendar. A link that was revoked, and one that never was, are 404."""
    engine = engine_of(request)
    rate: Rate = request.app.state.calendars
    found = work.known(engine, secret)
    # By link, since many phones may come from one address; who only guesses is counted by address.
    rate.take(found.id if found else f"from {request.client.host if request.client else ''}")
    if found is None:
        raise Trouble(
            404, "This calendar link was revoked, or never given out: ask the agency for a new one."
        )
    return Response(work.content(engine, found, london.today()), media_type=ICS)


def link(settings: Settings, secret: str) -> str:
    """The link as it is given to somebody."""
    return f"{settings.url}/calendar/{secret}.ics"


def calendar_out(found: CalendarLink) -> CalendarOut:
    """A link as it is told of."""
    return CalendarOut(id=found.id, kind=found.kind, person=found.person, created_at=found.created_at)
