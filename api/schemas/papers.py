"""Papers about a rota: letters, statements, schedules, reports."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

Cell = str | int | float | None


class ColumnOut(BaseModel):
    """A column: its heading, and what its cells hold (hours, miles and pounds are given as people read them)."""

    title: str
    kind: str


class TableOfPaper(BaseModel):
    """A table of a paper."""

    name: str
    note: str
    columns: list[ColumnOut]
    rows: list[list[Cell]]


class SectionOut(BaseModel):
    """A part of a paper: sentences, then a list, tables, and notes in small print."""

    heading: str
    sentences: list[str]
    points: list[str]
    tables: list[TableOfPaper]
    notes: list[str]


class PaperOut(BaseModel):
    """A paper. `lead` is what a reader must know first; `bad`: something in it must not stay so."""

    title: Annotated[str, Field(examples=["Schedule of Alun Wren"])]
    lead: Annotated[list[str], Field(examples=[["You have 41 visits."]])]
    bad: bool
    facts: list[tuple[str, str]]
    sections: list[SectionOut]


class LetterVisitOut(BaseModel):
    """One visit as the letter tells it: local time, and sentences."""

    start: Annotated[str, Field(examples=["2026-11-23T08:30"])]
    sentences: Annotated[
        list[str], Field(examples=[["Mair Lark comes for 30 minutes.", "It is for a wash."]])
    ]


class LetterDayOut(BaseModel):
    """The visits of one day."""

    date: date
    visits: list[LetterVisitOut]


class LetterOut(BaseModel):
    """A client's letter in sentences; `changes` is null where nothing was published before."""

    client: Annotated[str, Field(examples=["C01"])]
    name: Annotated[str, Field(examples=["Glenys Gannet"])]
    opening: Annotated[list[str], Field(examples=[["You have 14 visits.", "4 carers will come."]])]
    carers: list[list[str]]
    changes: list[list[str]] | None
    days: list[LetterDayOut]


class CarerSumsOut(BaseModel):
    """A carer's sums over the days of a rota: minutes, metres between visits, and pence before tax."""

    carer: Annotated[str, Field(examples=["K01"])]
    name: Annotated[str, Field(examples=["Mair Lark"])]
    visits: Annotated[int, Field(examples=[41])]
    contracted_minutes: Annotated[int, Field(examples=[1800])]
    paid_minutes: Annotated[int, Field(examples=[1815])]
    contact_minutes: Annotated[int, Field(examples=[1395])]
    travel_minutes: Annotated[int, Field(examples=[310])]
    metres: Annotated[int, Field(examples=[61250])]
    mileage_pence: Annotated[int, Field(examples=[1712])]
    expected_pay_pence: Annotated[int, Field(examples=[41230])]


class WeekMeasuresOut(BaseModel):
    """The measures of one published rota; null where so few clients are in it that somebody could be singled out."""

    rota: str
    start: date
    days: int
    number: int
    values: dict[str, float] | None


class MeasureNamed(BaseModel):
    """A measure."""

    name: str
    unit: str
    doc: str


class MeasuresOverWeeksOut(BaseModel):
    """Each measure with its unit and what it counts, and the weeks, the newest first."""

    measures: list[MeasureNamed]
    weeks: list[WeekMeasuresOut]
