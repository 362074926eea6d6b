"""Changes by hand: wishes, verdicts, candidates, edits, and what changed between two rotas."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.base import VISIT, Plain, Strict
from scheduler.verdict import Light


class WishBody(Strict):
    """A change of one visit. For "place": who comes (the leading carer first) and when, in local time."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"kind": "place", "visit": VISIT, "carers": ["K02"], "start": "2026-11-23T08:45"}]
        },
    )

    kind: Literal["place", "unassign", "lock", "unlock"]
    visit: Plain
    carers: Annotated[list[Plain], Field(max_length=2)] = Field(default_factory=list)
    start: datetime | None = None


class ReasonOut(BaseModel):
    """A rule, by its label, and how much more its part of the price would be, in pence."""

    rule: str
    pence: int


class VerdictOut(BaseModel):
    """What a change would mean: green (costs nothing more), amber (with its price), red (with the rules' sentences)."""

    light: Light
    sentence: str
    pence: int
    broken: list[str]
    reasons: list[ReasonOut]


class CandidateOut(BaseModel):
    """A carer who could come, and what that would mean; `known` is how often they met before. `carers` are all who
    would come then, the leading carer first: what an edit asks for."""

    carer: str
    name: str
    start: str
    minutes: int
    known: int
    verdict: VerdictOut
    carers: Annotated[list[str], Field(examples=[["K02", "K05"]])]
    names: Annotated[list[str], Field(examples=[["Alun Wren", "Efa Kestrel"]])]


class EditOut(BaseModel):
    """One change by hand."""

    id: str
    version: int
    kind: str
    visit: str
    sentence: str
    pence: int
    undone: bool
    at: datetime
    by: Annotated[str | None, Field(description="The name of who made it; null where the account is gone.")]


class ChangeOut(BaseModel):
    """One visit that is done otherwise."""

    visit: str
    client: str
    kind: str
    sentence: str
