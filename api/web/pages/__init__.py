"""The pages, by subject. Each does what a route of the API does, with the same functions and rights."""

from __future__ import annotations

from fastapi import APIRouter

from api.web.pages import (
    account,
    agency,
    coming_in,
    compare,
    members,
    mine,
    papers,
    people,
    places,
    repair,
    rota,
    scenarios,
    settings,
)

ALL = (
    coming_in,
    account,
    agency,
    places,
    papers,
    rota,
    compare,
    repair,
    people,
    mine,
    members,
    scenarios,
    settings,
)

router = APIRouter(include_in_schema=False)
for _part in ALL:
    router.routes.extend(_part.router.routes)
