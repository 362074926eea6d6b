"""What the API takes and gives about one client or carer: calendar links, a carer's own account and week, export and
erasure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.database.models import PersonKind
from api.schemas import InvitationBody, MemberOut, Plain, RoleBody, Strict

PersonId = Annotated[Plain, Field(examples=["C01"])]
CarerId = Annotated[
    Plain | None, Field(description="For the role carer: who of the agency's carers it is.", examples=["K01"])
]


class InviteBody(InvitationBody):
    """Somebody who shall come in; a carer's account belongs to one carer of the data."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"role": "carer", "carer": "K01"}, {"role": "coordinator"}]},
    )

    carer: CarerId = None


class MemberRoleBody(RoleBody):
    """Another role."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"role": "carer", "carer": "K01"}]}
    )

    carer: CarerId = None


class MemberWithCarerOut(MemberOut):
    """Somebody who may come in; `carer` is who of the agency's carers this is."""

    carer: str | None


# -- calendar links ---------------------------------------------------------------------------------------------------


class CalendarBody(Strict):
    """Whose calendar."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"kind": "client", "person": "C01"}]}
    )

    kind: PersonKind
    person: PersonId


class CalendarOut(BaseModel):
    """A calendar link that shows something."""

    id: Annotated[str, Field(examples=["2f0sVXcAV6YJ1lXYI2kR3A"])]
    kind: PersonKind
    person: PersonId
    created_at: datetime


class CalendarMadeOut(CalendarOut):
    """A new calendar link; `link` is told only now: give it to the person, and to nobody else."""

    link: Annotated[
        str,
        Field(examples=["https://desk.example.org/calendar/zHO5p0N9m1qkq4DkTf0WfVgB4lq2c0m6hM7dTz3sJpA.ics"]),
    ]


# -- a carer's own week -----------------------------------------------------------------------------------------------


class OwnVisitOut(BaseModel):
    """One visit of one's own: local time, whom, where, what for, and who else comes."""

    start: Annotated[str, Field(examples=["2026-11-23T08:30"])]
    minutes: Annotated[int, Field(examples=[30])]
    client: Annotated[str, Field(examples=["Glenys Gannet"])]
    place: Annotated[str, Field(examples=["NP20 9GG"])]
    tasks: Annotated[str, Field(examples=["get up, dress"])]
    wishes: Annotated[str, Field(examples=["Likes the radio on."])]
    together_with: Annotated[list[str], Field(examples=[["Alun Wren"]])]
    travel: Annotated[int, Field(description="Minutes on the way from the visit before.", examples=[9])]


class OwnWeekOut(BaseModel):
    """What is published for oneself; `paid_minutes` are those of the whole publication."""

    start: date
    days: Annotated[int, Field(examples=[7])]
    notes: Annotated[str, Field(examples=["Bank holiday on Monday."])]
    paid_minutes: Annotated[int, Field(examples=[1815])]
    visits: list[OwnVisitOut]


# -- export and erasure -----------------------------------------------------------------------------------------------


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
    calendar_links: list[dict[str, Any]]
    accounts: list[dict[str, Any]]
    audit: list[dict[str, Any]]
