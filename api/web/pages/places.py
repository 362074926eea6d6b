"""Doubtful addresses as a page."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.desk.places import places_of
from api.security.guard import Seeing
from api.web.templating import page

router = APIRouter(include_in_schema=False)


@router.get("/a/{agency}/places")
def places_page(request: Request, desk: Seeing) -> Response:
    with desk.reading() as session:
        found = places_of(session)
    return page(request, "places.html", desk, found=found)
