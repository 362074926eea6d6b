"""Rotas and their legs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, Field

from api.database.models import RotaState
from api.schemas.base import VISIT, Name, Notes, Plain, Strict
from scheduler.intake.load import MOST_DAYS


class LegBody(Strict):
    """One carer at one visit. `start` is local time."""

    visit: Annotated[Plain, Field(examples=[VISIT])]
    carer: Annotated[Plain, Field(examples=["K01"])]
    start: Annotated[datetime, Field(examples=["2026-11-23T08:30"])]
    minutes: Annotated[int, Field(ge=1, le=1440)]
    second: bool = False


class RotaBody(Strict):
    """A new draft: a copy of another rota (`copy_of`), or these legs for these days."""

    name: Name
    copy_of: Annotated[str, Field(max_length=60)] | None = None
    start: date | None = None
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 7
    legs: Annotated[list[LegBody], Field(max_length=50_000)] = Field(default_factory=list)


class RotaOut(BaseModel):
    """A rota without its legs. `version` counts its edits, `number` the publications of its days."""

    id: str
    name: str
    state: RotaState
    version: int
    number: int | None
    start: date
    days: int
    notes: str
    created_at: datetime
    published_at: datetime | None
    data_version: Annotated[int, Field(description="The version of the tables that it was planned with.")]


class LegOut(BaseModel):
    """One carer at one visit."""

    visit: str
    carer: str
    start: str
    minutes: int
    second: bool
    locked: bool


class RotaWithLegs(RotaOut):
    """A rota with its legs, by start."""

    legs: list[LegOut]


class PublishBody(Strict):
    """What the carers should know."""

    notes: Notes = ""
