"""Scenarios by name: the catalogue that ships with Careround, and catalogues of one's own, read from TOML.

All faults of a catalogue are told at once, each with the scenario, the parameter, its value and the cure.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scenarios.changes import CHANGES, Change
from scheduler.errors import CareroundError, Fault, InputError, UnknownName

SHIPPED = Path(__file__).with_name("catalogue.toml")
BASE = "base"
_KEYS = {"name", "label", "changes", "pool"}


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named list of changes. `pool`: all agencies are planned as one."""

    name: str
    label: str
    changes: tuple[Change, ...] = ()
    pool: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is changed, for a committee."""
        pooled = ("All providers are planned as one.",) if self.pool else ()
        return (*pooled, *(change.sentence for change in self.changes))


TODAY = Scenario(BASE, "Today")
"""The week as it is."""


@dataclass(frozen=True, slots=True)
class Family:
    """Scenarios that answer one question."""

    name: str
    label: str
    question: str
    scenarios: tuple[Scenario, ...]


def catalogue(path: Path = SHIPPED) -> dict[str, Family]:
    """Name -> family. InputError with every fault of the file."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        cure = "Mend the line that is named; scenarios/catalogue.toml shows the form."
        raise InputError(
            [Fault(path.name, None, None, None, f"this is not TOML ({error}).", cure)]
        ) from error
    faults: list[Fault] = []
    found = {name: _family(name, table, path.name, faults) for name, table in tables.items()}
    if faults:
        raise InputError(faults)
    return found


def family(name: str) -> Family:
    """A family of the shipped catalogue by name, or a catalogue of one's own by path: all its families as one."""
    path = Path(name)
    if path.suffix == ".toml":
        if not path.is_file():
            raise CareroundError(
                f"There is no file {name}: give the path of a catalogue, or the name of a family."
            )
        own = catalogue(path)
        every = [scenario for one in own.values() for scenario in one.scenarios]
        twice = sorted({s.name for s in every if [t.name for t in every].count(s.name) > 1})
        if twice:
            raise CareroundError(
                f"{path.name} has two scenarios called {twice[0]!r}: give each its own name."
            )
        label = " and ".join(one.label for one in own.values())
        return Family(path.stem, label, " ".join(one.question for one in own.values()), tuple(every))
    families = catalogue()
    if name not in families:
        raise UnknownName("family of scenarios", name, families)
    return families[name]


def scenario(name: str, where: Family) -> Scenario:
    """A scenario of the family."""
    by_name = {one.name: one for one in where.scenarios}
    if name not in by_name:
        raise UnknownName("scenario", name, by_name)
    return by_name[name]


def _family(name: str, table: Any, file: str, faults: list[Fault]) -> Family:
    if not isinstance(table, Mapping) or not isinstance(table.get("scenarios"), list):
        cure = f"Write [[{name}.scenarios]] with a name, a label and changes."
        faults.append(Fault(file, None, name, None, "this family has no scenarios.", cure))
        return Family(name, name, "", ())
    scenarios = tuple(_scenarios(name, table["scenarios"], file, faults))
    return Family(name, str(table.get("label", name)), str(table.get("question", "")), scenarios)


def _scenarios(family: str, rows: list[Any], file: str, faults: list[Fault]) -> Iterator[Scenario]:
    seen = {BASE}
    for number, row in enumerate(rows, start=1):
        place = f"{family}.scenarios {number}"
        name = str(row.get("name", "")) if isinstance(row, Mapping) else ""
        if not name:
            faults.append(Fault(file, None, place, None, "this scenario has no name.", 'Add name = "...".'))
            continue
        place = f"{family}.{name}"
        if name in seen:
            cure = "Give each scenario a name of its own; 'base' is the week as it is."
            faults.append(Fault(file, None, place, name, "this name is taken.", cure))
        seen.add(name)
        for key in sorted(set(row) - _KEYS):
            cure = f"Use {', '.join(sorted(_KEYS))}."
            faults.append(Fault(file, None, place, key, "a scenario has no such key.", cure))
        changes = tuple(_changes(place, row.get("changes", []), file, faults))
        pooled = bool(row.get("pool", False))
        if not changes and not pooled and not faults:
            faults.append(
                Fault(file, None, place, None, "this scenario changes nothing.", "Add changes = [...].")
            )
        yield Scenario(name, str(row.get("label", name)), changes, pooled)


def _changes(place: str, rows: Any, file: str, faults: list[Fault]) -> Iterator[Change]:
    for row in rows if isinstance(rows, list) else [rows]:
        given = dict(row) if isinstance(row, Mapping) else {}
        name = str(given.pop("change", row))
        if name not in CHANGES:
            near = get_close_matches(name, CHANGES, n=1)
            cure = f"Did you mean {near[0]!r}?" if near else f"Use one of {', '.join(CHANGES)}."
            faults.append(Fault(file, None, f"{place}.change", name, "there is no such change.", cure))
            continue
        try:
            yield CHANGES[name](**given)
        except ValidationError as error:
            faults.extend(_fault(file, f"{place}.{name}", fault) for fault in error.errors())


def _fault(file: str, place: str, fault: Any) -> Fault:
    where = ".".join([place, *map(str, fault["loc"])])
    value = None if fault["type"] == "missing" else str(fault["input"])
    words = f"{fault['msg'][0].lower()}{fault['msg'][1:]}."
    return Fault(
        file, None, where, value, words, "`careround scenario list` shows every change with its bounds."
    )
