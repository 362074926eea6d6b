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
        all_of_them = published(session)
        place = next((i for i, one in enumerate(all_of_them) if one[0] == rota), None)
        if rota and place is None:
            raise not_found("published rota")
        at = place or 0
        week = own_week(session, desk.carer, all_of_them[at][0]) if all_of_them else None
    later = all_of_them[at - 1] if at > 0 else None
    earlier = all_of_them[at + 1] if at + 1 < len(all_of_them) else None
    return page(request, "mine.html", desk, week=week, later=later, earlier=earlier)
