"""Export and erasure of what is held about one client or carer."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

from api.database.models import PersonKind
from api.schemas.base import PersonId, Plain, Strict


class ErasureBody(Strict):
    """The person's name, written out, so that nobody is erased by a slip."""

    confirm: Annotated[Plain, Field(examples=["Glenys Gannet"])]


class ErasureOut(BaseModel):
    """What was done: the id that stands in the person's place now, how much was changed, and what is kept and why."""

    pseudonym: Annotated[str, Field(examples=["erased-3XwQzq0r"])]
    changed: Annotated[dict[str, int], Field(examples=[{"tables": 3, "rotas": 5, "visits": 41, "edits": 2}])]
    kept: list[str]


class PersonExport(BaseModel):
    """Everything that is held about one person."""

    kind: PersonKind
    id: PersonId
    name: str
    tables: list[dict[str, Any]]
    rotas: list[dict[str, Any]]
    edits: list[dict[str, Any]]
    scenario_weeks: list[dict[str, Any]]
    events: list[dict[str, Any]]
    told: list[dict[str, Any]]
    calendar_links: list[dict[str, Any]]
    accounts: list[dict[str, Any]]
    audit: list[dict[str, Any]]
