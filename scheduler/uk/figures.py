"""The one door to the UK's figures: `figure("minimum_wage.adult", on)` is the entry in force on that date.

The figures stand in `figures.toml`, each with its unit, its first day, where it was read, and a mark that
says how far it can be trusted. Money is whole pence, times are whole minutes, unless the unit says otherwise.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from scheduler.errors import CareroundError, DomainError, UnknownName

MARKS: Mapping[str, str] = {
    "READ": "read on the publisher's own page",
    "READ-2nd": "read where somebody else quotes or summarises the source",
    "DERIVED": "measured or worked out by this project from what was read",
    "UNVERIFIED": "believed, not read: to be checked before anybody relies on it",
    "ASSUMPTION": "no source found: a default of this project that every agency can change",
}
"""What each mark says about a figure."""

_FILE = Path(__file__).with_name("figures.toml")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure from its first day (`since`) to its last (`until`, included; None: until it is replaced).

    `source` says who says so and `link` where; without a link the `note` gives the reason. `nation` is empty
    for the whole UK. `personal_care` is for tasks only.
    """

    name: str
    value: int | float
    unit: str
    since: date
    source: str
    mark: str
    link: str = ""
    note: str = ""
    until: date | None = None
    nation: str = ""
    personal_care: bool | None = None

    def __post_init__(self) -> None:
        for field in ("name", "unit", "source"):
            if not getattr(self, field):
                raise DomainError(f"Figure {self.name!r}: its {field} is missing.")
        if self.mark not in MARKS:
            raise DomainError(f"Figure {self.name}: mark {self.mark!r}; use one of {', '.join(MARKS)}.")
        if not self.link and not self.note:
            raise DomainError(f"Figure {self.name}: give a link, or a note that says why there is none.")
        if self.until is not None and self.until < self.since:
            raise DomainError(f"Figure {self.name}: it ends ({self.until}) before it starts ({self.since}).")


@cache
def figures() -> tuple[Figure, ...]:
    """All entries in the order of the file, past ones too."""
    with _FILE.open("rb") as file:
        tables: list[dict[str, Any]] = tomllib.load(file)["figure"]
    return tuple(Figure(**entry) for table in tables for entry in _entries(table))


def _entries(table: dict[str, Any]) -> list[dict[str, Any]]:
    """What a table says once holds for each of its entries, unless the entry says otherwise."""
    shared = {key: value for key, value in table.items() if key != "entries"}
    return [shared | entry for entry in table.get("entries", [{}])]


@cache
def _by_name() -> Mapping[str, tuple[Figure, ...]]:
    """Name -> its entries, the latest first."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for entry in figures():
        if any(entry.since == other.since for other in found[entry.name]):
            raise DomainError(f"Figure {entry.name} has two entries from {entry.since}.")
        found[entry.name].append(entry)
    for entries in found.values():
        entries.sort(key=lambda entry: entry.since, reverse=True)
    return {name: tuple(entries) for name, entries in found.items()}


@cache
def figure(name: str, on: date) -> Figure:
    """The entry of that name in force on that date."""
    if name not in _by_name():
        raise UnknownName("figure", name, _by_name())
    entries = _by_name()[name]
    latest = next((entry for entry in entries if entry.since <= on), None)
    if latest is None:
        raise CareroundError(f"Figure {name!r} is known from {entries[-1].since} on, so not for {on}.")
    if latest.until is not None and on > latest.until:
        raise CareroundError(f"Figure {name!r} is known until {latest.until} only, so not for {on}.")
    return latest
