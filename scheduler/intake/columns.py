"""How a column and a table are described: the shape of the register in `tables.py`."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

from scheduler.intake.kinds import Kind


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `default` says in words what an empty cell means, `written` how a value is spelled."""

    name: str
    kind: str
    required: bool
    default: str
    note: str
    choices: tuple[str, ...]
    example: str
    written: str


class Row(BaseModel):
    """One row of a table, every cell parsed. `at` is the row's number as the spreadsheet shows it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    at: int = Field(exclude=True)


@dataclass(frozen=True)
class Table:
    """One table of the input: `row` is the model of its rows, whose fields are the columns."""

    name: str
    required: bool
    row: type[Row]

    @property
    def note(self) -> str:
        """What the table holds, in a sentence."""
        return " ".join((self.row.__doc__ or "").split())

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in the order in which the template shows them."""
        fields = self.row.model_fields.items()
        return tuple(_column(info.alias or name, info) for name, info in fields if name != "at")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


def column(
    note: str, example: str = "", default: Any = ..., empty: str = "", alias: str | None = None
) -> Any:
    """A column: what it holds, one example, the value of an empty cell, and that value in words where needed.
    Without a default the column is required."""
    info: dict[str, Any] = {"empty": empty}
    return Field(default, description=note, examples=[example], alias=alias, json_schema_extra=info)


def _column(name: str, info: FieldInfo) -> Column:
    marks = list(_marks(info.annotation, info.metadata))
    kind = next(mark for mark in marks if isinstance(mark, Kind))
    choices = next((_choices(mark) for mark in marks if _choices(mark)), ())
    extra = info.json_schema_extra
    words = str(extra["empty"]) if isinstance(extra, dict) else ""
    return Column(
        name=name,
        kind=kind.name,
        required=info.is_required(),
        default="" if info.is_required() else words or _in_words(info.default),
        note=info.description or "",
        choices=("yes", "no") if kind.name == "yes/no" else choices,
        example=(info.examples or [""])[0],
        written=", ".join(choices) or kind.written,
    )


def _marks(annotation: Any, metadata: list[Any]) -> Iterator[Any]:
    """Everything that a type says about itself: `Annotated` marks and the types below, through `| None`."""
    yield from metadata
    yield annotation
    if hasattr(annotation, "__metadata__"):
        yield from _marks(annotation.__origin__, list(annotation.__metadata__))
    elif get_origin(annotation) in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _marks(part, [])


def _choices(mark: Any) -> tuple[str, ...]:
    if get_origin(mark) is Literal:
        return tuple(str(value) for value in get_args(mark))
    return tuple(str(value) for value in mark) if isinstance(mark, type) and issubclass(mark, StrEnum) else ()


def _in_words(default: Any) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return "none" if default in (None, "", ()) else str(default)
