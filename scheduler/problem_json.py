"""A Problem as JSON, both ways and complete: what is read back plans, checks and costs the same.

Numbers are the planner's own (minutes of the period, pence, metres): this is for storing and sending, not for
filling in by hand. The tables that people fill in are in `scheduler.intake`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np

from scheduler.errors import DomainError, Fault, InputError, UnknownName
from scheduler.problem import Problem
from scheduler.travel.base import Matrix

VERSION = 1
_TUPLES = ("clients", "carers", "visits", "shifts", "links", "ties", "history", "published", "funds")


def to_json(problem: Problem) -> str:
    """The problem as text; the same problem gives the same text."""
    return json.dumps({"careround": "problem", "version": VERSION} | _plain(problem), separators=(",", ":"))


def from_json(text: str | bytes, file: str = "problem.json") -> Problem:
    """The problem of that text; raises `InputError`."""
    try:
        found = json.loads(text)
        if (
            not isinstance(found, dict)
            or found.get("careround") != "problem"
            or found.get("version") != VERSION
        ):
            raise ValueError(f"it does not begin as a problem of version {VERSION}")
        # a problem that was stored before there were funds has none
        found.setdefault("funds", [])
        now = found.get("now")  # one that was stored before there were repairs was planned ahead
        parts = {name: _reader(name).validate_python(found[name]) for name in (*_TUPLES, "settings")}
        return Problem(
            start=date.fromisoformat(found["start"]),
            days=int(found["days"]),
            travel={mode: _matrix(matrix) for mode, matrix in found["travel"].items()},
            travel_source=str(found["travel_source"]),
            now=None if now is None else int(now),
            **parts,
        )
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        DomainError,
        UnknownName,
    ) as error:
        problem = f"this is not a problem in JSON ({type(error).__name__}: {str(error)[:200]})."
        raise InputError(
            [Fault(file, None, None, None, problem, "Give a file that careround wrote.")]
        ) from error


def _plain(value: Any) -> Any:
    """Dataclasses as objects; sets sorted, so that the text never depends on the run."""
    if isinstance(value, Matrix):
        layers = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: layer.tolist() for name, layer in layers.items() if layer is not None}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    return value.isoformat() if isinstance(value, date) else value


@cache
def _reader(name: str) -> Any:
    """What reads one field of a Problem. pydantic takes a while to import, and only reading needs it."""
    from pydantic import TypeAdapter

    from scheduler import domain, funds, settings

    things = ("Client", "Carer", "Visit", "Shift", "Link", "Tie", "PastVisit", "Promise")
    types: dict[str, Any] = (
        {"funds": tuple[funds.Fund, ...]}
        | {
            field: tuple[getattr(domain, thing), ...]  # type: ignore[misc]  # a type made at run time
            for field, thing in zip(_TUPLES[:-1], things, strict=True)
        }
    )
    return TypeAdapter(types.get(name, settings.Settings))


def _matrix(plain: dict[str, Any]) -> Matrix:
    return Matrix(**{name: np.array(layer, dtype=np.int32) for name, layer in plain.items()})
