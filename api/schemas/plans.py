"""Plans that are made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.database.models import JobState
from api.schemas.base import Name, Strict
from scheduler.intake.load import MOST_DAYS


class PlanBody(Strict):
    """A plan to make. Give `iterations` for one that can be made again. `from_rota` begins with that rota and keeps its
    locked visits; one that came of a repair is refused (409): the plan would forget what happened."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"start": "2026-11-23", "days": 7, "seconds": 60, "name": "Week 48"}]
        },
    )

    start: date
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 7
    seconds: Annotated[float, Field(gt=0, le=86_400)] | None = 60.0
    iterations: Annotated[int, Field(ge=1, le=10**9)] | None = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    name: Name | None = None
    from_rota: Annotated[str, Field(max_length=60)] | None = None


class PointOut(BaseModel):
    """One point of the curve: seconds since the start, price in pence, visits without anybody, share done."""

    seconds: float
    pence: int
    unallocated: int
    share: float


class PlanOut(BaseModel):
    """A plan: where it is, and its rota once it is done."""

    id: str
    state: JobState
    stage: str
    told: str
    stop_asked: bool
    points: list[PointOut]
    rota: str | None
    created_at: datetime
    finished_at: datetime | None
