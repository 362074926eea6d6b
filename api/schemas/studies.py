"""What the API takes and gives where scenarios are run."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.database.models import JobState
from api.schemas.base import Plain, Strict
from scheduler.intake.load import MOST_DAYS


class ScenarioOut(BaseModel):
    """A scenario of the catalogue: what it changes, and what that leaves out."""

    name: str
    label: str
    sentences: list[str]
    limits: list[str]


class FamilyOut(BaseModel):
    """Scenarios that answer one question."""

    name: str
    label: str
    question: str
    scenarios: list[ScenarioOut]


class StudyBody(Strict):
    """Scenarios to run: of a family all, or those that are named. The week as it is, is always planned beside them.
    Give `seconds` or `iterations` for the search of each planned week; without either it is 2,000 iterations."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "family": "minimum-length",
                    "scenarios": ["lengthen-30"],
                    "start": "2026-11-23",
                    "seeds": 1,
                    "iterations": 10,
                }
            ]
        },
    )

    family: Plain
    scenarios: Annotated[list[Plain], Field(max_length=50)] = Field(default=[])
    start: date
    days: Annotated[int, Field(ge=1, le=MOST_DAYS)] = 7
    seeds: Annotated[int, Field(ge=1, le=10)] = 3
    seconds: Annotated[float, Field(gt=0, le=3600)] | None = None
    iterations: Annotated[int, Field(ge=1, le=10**7)] | None = None
    readings: Literal["today", "enough", "both"] = Field(
        "both", description="With today's carers, with as many as it takes, or both."
    )
    rate_pence: Annotated[int, Field(ge=1, le=100_000)] | None = Field(
        None, description="What is paid for an hour with clients; without it the average that councils pay."
    )


class StudyFindingOut(BaseModel):
    """What is said of one scenario."""

    label: str
    changes: list[str]
    sentences: list[str]


class StudyOut(BaseModel):
    """A scenario run: where it is, and once it is done its sentences and the names of its files."""

    id: str
    family: str
    label: str
    question: str
    scenarios: list[str]
    start: date
    days: int
    seeds: int
    effort: str
    state: JobState
    stage: str
    told: str
    stop_asked: bool
    done: int
    total: int
    today: list[str]
    findings: list[StudyFindingOut]
    files: list[str]
    created_at: datetime
    finished_at: datetime | None
