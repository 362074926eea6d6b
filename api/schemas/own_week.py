"""A carer's own week."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field


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
    """What is published for oneself, on the days on which it holds; `paid_minutes` are those of the whole publication,
    and null where another one holds on some of its days."""

    start: date
    days: Annotated[int, Field(examples=[7])]
    notes: Annotated[str, Field(examples=["Bank holiday on Monday."])]
    paid_minutes: Annotated[int | None, Field(examples=[1815])]
    visits: list[OwnVisitOut]
