"""What the API takes and gives. Times are ISO local times of the agency or minutes of the period, money is pence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.database.models import JobState, Role, RotaState
from scheduler.intake.load import MOST_DAYS
from scheduler.verdict import Light

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120, pattern=r"^[^\x00-\x1f]*$")
]
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=254, pattern=r"^[^@\s\x00]+@[^@\s\x00]+\.[^@\s\x00]+$"
    ),
]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Plain = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")]
Notes = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00]*$")]
Item = TypeVar("Item")

VISIT = "C01-am:2026-11-23"


class Strict(BaseModel):
    """What is taken: a name that nobody knows is a mistake, told at once."""

    model_config = ConfigDict(extra="forbid")


class Page(BaseModel, Generic[Item]):
    """Some things, and the `after` of the next page (none: this is the last)."""

    items: list[Item]
    next: str | None = None


# -- people -----------------------------------------------------------------------------------------------------------


class SignInBody(Strict):
    """E-mail address and password."""

    email: Annotated[str, Field(max_length=254, examples=["mair@example.org"])]
    password: Annotated[str, Field(max_length=200, examples=["three words together"])]


class AgencyOut(BaseModel):
    """An agency and your role in it."""

    id: str
    name: str
    role: Role


class SessionOut(BaseModel):
    """Who is signed in. `csrf` goes into the header X-CSRF-Token of everything that changes something."""

    name: str
    email: str
    csrf: str
    agencies: list[AgencyOut]


class PasswordBody(Strict):
    """The old password and the new one."""

    old: Secret
    new: Secret


class JoinBody(Strict):
    """What makes an account of an invitation: the secret at the end of its link, and who you are."""

    link: Secret
    email: Email
    name: Name
    password: Secret


class AccountOut(BaseModel):
    """The account that was made."""

    email: str


class AgencyBody(Strict):
    """A new agency."""

    name: Annotated[Name, Field(examples=["Valley Care"])]


class InvitationBody(Strict):
    """Somebody who shall come in."""

    role: Role


class InvitationOut(BaseModel):
    """A link that makes one account, once; send it to the person yourself."""

    link: str
    role: Role


class MemberOut(BaseModel):
    """Somebody who may come in."""

    id: str
    name: str
    email: str
    role: Role


class RoleBody(Strict):
    """Another role."""

    role: Role


# -- data -------------------------------------------------------------------------------------------------------------


class FaultOut(BaseModel):
    """One fault or doubt about the data: where it is, what stands there, and the cure."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    cure: str


class TablesOut(BaseModel):
    """The agency's tables: their version and how many rows each has."""

    version: int
    rows: dict[str, int]


class ImportOut(TablesOut):
    """What was imported, and what is legal but doubtful in it."""

    warnings: list[FaultOut]


class TableOut(BaseModel):
    """Rows of one table: column -> text, as in the files."""

    name: str
    version: int
    items: list[dict[str, str]]
    next: str | None = None


class TableBody(Strict):
    """All rows of one table, anew."""

    rows: Annotated[
        list[dict[Annotated[str, Field(max_length=60)], Annotated[str, Field(max_length=5000)]]],
        Field(max_length=100_000),
    ]


# -- plans ------------------------------------------------------------------------------------------------------------


class PlanBody(Strict):
    """A plan to make. Give `iterations` for one that can be made again. `from_rota` begins with that rota and keeps its
    locked visits."""

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


# -- rotas ------------------------------------------------------------------------------------------------------------


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
    legs: Annotated[list[LegBody], Field(max_length=50_000)] = []


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
    carers: Annotated[list[Plain], Field(max_length=2)] = []
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
    """A carer who could do the visit, and what that would mean; `known` is how often they met before."""

    carer: str
    name: str
    start: str
    minutes: int
    known: int
    verdict: VerdictOut


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


class ChangeOut(BaseModel):
    """One visit that is done otherwise."""

    visit: str
    client: str
    kind: str
    sentence: str


class FindingOut(BaseModel):
    """What a rule says."""

    rule: str
    level: str
    sentence: str
    pence: int
    visit: str
    client: str
    carer: str
    day: int | None
    cure: str


class CheckOut(BaseModel):
    """The check of a whole rota."""

    clean: bool
    hard: int
    unallocated: int
    pence: int
    findings: list[FindingOut]


class CostLine(BaseModel):
    """One rule's part of the cost; `money` leaves the agency."""

    rule: str
    label: str
    money: bool
    pence: int


class CostOut(BaseModel):
    """What a rota costs, in pence."""

    total: int
    money: int
    per_contact_hour: int
    lines: list[CostLine]


class MeasureOut(BaseModel):
    """One measure, with its unit and what it counts."""

    name: str
    unit: str
    value: float
    doc: str


class ExplanationOut(BaseModel):
    """Sentences about one thing."""

    heading: str
    sentences: list[str]
    carers: Mapping[str, str]


class AuditOut(BaseModel):
    """One entry of the audit."""

    number: int
    at: datetime
    who: str
    what: str
    about: str
    details: dict[str, Any]
    hash: str


class ProblemOut(BaseModel):
    """An answer that is not what was asked for (RFC 9457). Some carry more: `faults`, `version`, `broken`."""

    model_config = ConfigDict(extra="allow")

    title: str
    status: int
    detail: str
