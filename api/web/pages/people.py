"""The pages of clients and carers as persons: calendar links, export, erasure."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from api.database.models import PersonKind
from api.desk import calendars, erase
from api.desk.people import people
from api.desk.people import person as find_person
from api.errors import Trouble
from api.routes import calendars as calendar_routes
from api.routes import people as people_routes
from api.routes.calendars import CalendarId
from api.routes.people import Kind, PersonPath
from api.schemas import CalendarBody
from api.security.guard import Desk, Managing, Planning
from api.web.pages.common import go
from api.web.templating import page

router = APIRouter(include_in_schema=False, prefix="/a/{agency}/people")
ONE = "/{kind}/{person:path}"


@router.get("")
def people_page(request: Request, desk: Planning) -> Response:
    with desk.reading() as session:
        found = people(session)
        linked = {(link.kind, link.person) for link in calendars.open_links(session)}
    return page(request, "people.html", desk, people=found, linked=linked, kinds=list(PersonKind))


@router.post(ONE + "/calendar")
def make_link(request: Request, desk: Planning, kind: Kind, person: PersonPath) -> Response:
    made = calendar_routes.post_calendar(desk, CalendarBody.model_construct(kind=kind, person=person))
    return _page(request, desk, kind, person, link=made.link)


@router.post(ONE + "/calendar/{calendar}/revoke")
def revoke_link(desk: Planning, kind: Kind, person: PersonPath, calendar: CalendarId) -> Response:
    calendar_routes.delete_calendar(desk, calendar)
    return go(f"/a/{desk.agency}/people")


@router.post(ONE + "/erasure")
def erase_person(
    request: Request,
    desk: Managing,
    kind: Kind,
    person: PersonPath,
    confirm: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    try:
        erased = people_routes.erase(desk, kind, person, confirm)
    except Trouble as trouble:
        if trouble.status == 404:
            raise
        return _page(request, desk, kind, person, trouble=trouble)
    kept = erase.KEPT[kind]
    return page(request, "erased.html", desk, erased=erased, kept=kept, beyond=erase.BEYOND, kind=kind)


@router.get(ONE)
def person_page(request: Request, desk: Planning, kind: Kind, person: PersonPath) -> Response:
    return _page(request, desk, kind, person)


def _page(
    request: Request,
    desk: Desk,
    kind: PersonKind,
    person: str,
    link: str = "",
    trouble: Trouble | None = None,
) -> Response:
    with desk.reading() as session:
        found = find_person(session, kind, person)
        links = calendars.open_links(session, kind, found.id)
    known: dict[str, Any] = {"one": found, "links": links, "link": link, "trouble": trouble}
    known |= {"kept": erase.KEPT[kind], "beyond": erase.BEYOND}
    return page(request, "person.html", desk, status=trouble.status if trouble else 200, **known)
