"""What all of them share: checked texts, pages of a list, and the one shape of what goes wrong."""

from __future__ import annotations

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

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
PersonId = Annotated[Plain, Field(examples=["C01"])]
Item = TypeVar("Item")

VISIT = "C01-am:2026-11-23"


class Strict(BaseModel):
    """What is taken: a name that nobody knows is a mistake, told at once."""

    model_config = ConfigDict(extra="forbid")


class Page(BaseModel, Generic[Item]):
    """Some things, and the `after` of the next page (none: this is the last)."""

    items: list[Item]
    next: str | None = None


class ProblemOut(BaseModel):
    """An answer that is not what was asked for (RFC 9457). Some carry more: `faults`, `version`, `broken`."""

    model_config = ConfigDict(extra="allow")

    title: str
    status: int
    detail: str
