"""A carer's own page: the published week, made for a phone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.desk.own_week import own_week, published
from api.errors import not_found
from api.security.guard import Owning
from api.web.templating import page

router = APIRouter(include_in_schema=False)


@router.get("/a/{agency}/mine")
def mine_page(request: Request, desk: Owning, rota: Annotated[str, Query(max_length=60)] = "") -> Response:
    with desk.reading() as session:
        parts = published(session)
        at = next((i for i, part in enumerate(parts) if part.rota == rota), None)
        if rota and at is None:
            raise not_found("published rota")
        at = at or 0
        week = own_week(session, desk.carer, parts[at]) if parts else None
    later, earlier = (parts[i] if 0 <= i < len(parts) else None for i in (at - 1, at + 1))
    return page(request, "mine.html", desk, week=week, later=later, earlier=earlier)
