"""What the planner says of a rota."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel


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
