"""An agency's tables, and the faults in them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from api.schemas.base import Strict


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


class PlacesOut(BaseModel):
    """How many of the addresses are doubtful and why, with table and row; `source` is where travel times come from."""

    version: int
    addresses: int
    doubtful: int
    source: str
    doubts: list[FaultOut]


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
