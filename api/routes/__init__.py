"""The API, `/api/v1`: thin routes over `api.desk`. Every answer that is not what was asked for is problem+json."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from api.errors import JSON_TYPE
from api.routes import (
    accept,
    accounts,
    agencies,
    audit,
    calendars,
    edits,
    judging,
    own,
    papers,
    people,
    places,
    plans,
    repairs,
    rotas,
    settings,
    streets,
    studies,
    tables,
)
from api.schemas import ProblemOut

ALL = (
    accounts,
    agencies,
    tables,
    settings,
    places,
    plans,
    rotas,
    streets,
    accept,
    edits,
    repairs,
    judging,
    papers,
    calendars,
    own,
    people,
    studies,
    audit,
)

_SENTENCES = {
    400: "The request cannot be read.",
    401: "Nobody is signed in, or the password is not right.",
    403: "Not with this role, or without the session's CSRF token.",
    404: "There is no such thing, or it belongs to another agency.",
    409: "It does not fit the present state; for an edit: what it would break.",
    412: "Somebody else was first: look again and send the new ETag.",
    413: "Too large.",
    422: "The content cannot be used; for imports with every fault.",
    428: "Say in If-Match which version you looked at.",
    429: "Too often or too much; Retry-After says when to come again.",
    503: "The database is busy or away; nothing was changed.",
}
PROBLEM: dict[str, Any] = {JSON_TYPE: {"schema": {"$ref": f"#/components/schemas/{ProblemOut.__name__}"}}}
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"description": told, "content": PROBLEM} for status, told in _SENTENCES.items()
}


def api() -> APIRouter:
    """All routes."""
    router = APIRouter(prefix="/api/v1", responses=RESPONSES)
    for part in ALL:
        router.include_router(part.router)
    return router


def open_to_all() -> APIRouter:
    """What is outside the API because calendars, not people, ask for it: nobody signs in for it."""
    router = APIRouter(responses={status: RESPONSES[status] for status in (404, 422, 429)})
    router.include_router(calendars.open_router)
    return router
