"""Rows of a CSV file that are found again, so that what took long is not made twice."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from benchmarks.machine import stamp
from benchmarks.peers.subset import Subset
from benchmarks.results import ROOT, append_row
from scheduler.problem_json import to_json

JUDGES = tuple(
    ROOT / part for part in ("scheduler/rules", "scheduler/check.py", "benchmarks/prototype_rules.py")
)
"""What says what a plan costs, and whether it breaks anything."""


@dataclass
class Rows:
    """The rows in a file; `used` are those that were asked for, each once. `since`: rows of before that moment (as in
    the column `date`) are as if they were not there."""

    path: Path
    since: str = ""
    used: list[Mapping[str, str]] = field(default_factory=list)

    def row(self, asked: Mapping[str, str], make: Callable[[], Mapping[str, object]]) -> Mapping[str, str]:
        """The row in which all of `asked` stands; if there is none, `make` gives the rest of it, and it is added with
        what it was made with and on."""
        found = self.found(asked) or [self.add(asked, make)]
        self.use(found[0])
        return found[0]

    def add(self, asked: Mapping[str, str], make: Callable[[], Mapping[str, object]]) -> Mapping[str, str]:
        """A row more."""
        before = stamp()
        append_row(self.path, {**before, **asked, **make()})
        found = self.found(asked)
        if not found:
            raise LookupError(
                f"A row was written to {self.path} that is not there: somebody else writes, too."
            )
        return found[-1]

    def use(self, row: Mapping[str, str]) -> None:
        """Note that this row was asked for."""
        if row not in self.used:
            self.used.append(row)

    def found(self, asked: Mapping[str, str]) -> list[Mapping[str, str]]:
        """The rows in which all of `asked` stands, in their order."""
        if not self.path.exists():
            return []
        with self.path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [
            row
            for row in rows
            if row["date"] >= self.since and all(row.get(name) == asked[name] for name in asked)
        ]

    def stamp(self) -> dict[str, str]:
        """What the rows that were asked for were made with and on: where they differ, the first and the last, the load
        from the least to the most."""
        found, used = {}, sorted(self.used, key=lambda row: row["date"])
        for name in stamp():
            values = list(dict.fromkeys(row[name] for row in used))
            if name == "load":
                values.sort(key=float)
            found[name] = " to ".join(dict.fromkeys((values[0], values[-1]))) if values else ""
        return found


def known_by(case: str, subset: Subset) -> dict[str, str]:
    """What tells a subset from every other one: its name for people, and short for its data and for the rules."""
    return {
        "case": case,
        "problem": _short(to_json(subset.problem).encode()),
        "rules": sources(*JUDGES),
        "rules_left_out": " ".join(rule.name for rule in subset.left_out),
    }


@cache
def sources(*paths: Path) -> str:
    """Short for source files, or for all in a folder."""
    files = [file for path in paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    return _short(b"".join(file.read_bytes() for file in files))


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]
