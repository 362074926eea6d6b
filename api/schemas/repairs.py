"""What the API takes and gives where a rota is repaired."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.base import Plain, Strict
from scheduler.repair.read import KindName

Id = Annotated[str, Field(max_length=200)]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class EventBody(Strict):
    """One thing that happened; which fields a kind needs is told where one is missing. Times are local."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"told": "2026-11-24T07:00", "kind": "absent", "carer": "K03"}]}
    )

    told: datetime = Field(description="When we were told.")
    kind: KindName
    carer: Id = ""
    client: Id = ""
    visit: Id = ""
    minutes: Annotated[int, Field(ge=0, le=10_080)] | None = None
    percent: Annotated[int, Field(ge=0, le=1_000)] | None = None
    begins: datetime | None = None
    until: datetime | None = None
    time: Clock | None = Field(None, description="When a new visit is wished for.")
    weekdays: Annotated[list[Annotated[int, Field(ge=0, le=6)]], Field(max_length=7)] = Field(default=[])
    carers: Annotated[int, Field(ge=1, le=2)] = 1
    skills: Annotated[list[Id], Field(max_length=50)] = Field(default=[])
    name: Annotated[str, Field(max_length=120)] = ""
    postcode: Annotated[str, Field(max_length=10)] = ""
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None


class RepairBody(Strict):
    """What happened since the rota was published."""

    now: datetime | None = Field(None, description="The moment of the repair; without it the last event's.")
    events: Annotated[list[EventBody], Field(min_length=1, max_length=200)]
    seconds: Annotated[float, Field(gt=0, le=60)] | None = Field(
        None,
        description="Time of the search for each proposal instead of work; up to twice as much once more where the "
        "first leaves a visit to nobody.",
    )
    iterations: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="Work of the search for each proposal: the same proposals each time."
    )


class ProposalOut(BaseModel):
    """One way on: the draft rota, how many promises it changes, whom it makes us tell, what it costs more; `answers`
    say whether a new package can be taken, `cover` whom to ask for an extra spell where visits have nobody.
    `changed_in_all` counts the promises that are otherwise than people were told first, earlier repairs included, and
    `unallocated_before` the visits that had nobody before anything happened; proposals that were made before these were
    counted have none."""

    name: str
    label: str
    rota: str
    changed: int
    changed_in_all: int | None = None
    clients: int
    carers: int
    unallocated: int
    unallocated_before: int | None = None
    hard: int
    money_pence: int
    differences: list[str]
    answers: list[str]
    cover: list[str]
    seconds: float


class RepairOut(BaseModel):
    """A repair: what happened, in sentences; the proposals so far; `state` is the search's. `by_hand`: what was applied
    was changed by hand before, and is not quite what the proposal says."""

    id: str
    rota: str
    plan: str | None
    state: Plain
    told: str
    sentences: list[str]
    notes: list[str]
    proposals: list[ProposalOut]
    applied: str | None
    by_hand: bool
    undone: bool
    created_at: datetime


class ApplyBody(Strict):
    """Which proposal."""

    proposal: Literal["fewest", "cheapest", "kindest"]


class TellingOut(BaseModel):
    """One person to tell, with the sentence to say; `by` is when the first thing changes for them (local)."""

    id: str
    who: str
    person: str
    name: str
    by: str
    sentence: str
    told_at: datetime | None


class TickBody(Strict):
    """Was the person told?"""

    told: bool


class CouldOut(BaseModel):
    """Somebody who could go: the carers, the leading one first, when (local), how much more everything then costs than
    with nobody, how often the first has been there, and the visit that goes elsewhere for it, if any. The sentence has
    the price against the cheapest of all who could."""

    carers: list[str]
    names: list[str]
    start: str
    pence: int
    known: int
    moved: str | None
    sentence: str
