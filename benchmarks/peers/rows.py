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

RULES = ROOT / "scheduler" / "rules"


@dataclass
class Rows:
    """The rows in a file; `used` are those that were asked for, each once."""

    path: Path
    used: list[Mapping[str, str]] = field(default_factory=list)

    def row(self, asked: Mapping[str, str], make: Callable[[], Mapping[str, object]]) -> Mapping[str, str]:
        """The row in which all of `asked` stands; if there is none, `make` gives the rest of it, and it is added with
        what it was made with and on."""
        found = self.found(asked)
        if found is None:
            before = stamp()
            append_row(self.path, {**before, **asked, **make()})
            found = self.found(asked)
        if found is None:
            raise LookupError(
                f"A row was written to {self.path} that is not there: somebody else writes, too."
            )
        if found not in self.used:
            self.used.append(found)
        return found

    def found(self, asked: Mapping[str, str]) -> Mapping[str, str] | None:
        """The row in which all of `asked` stands, if there is one."""
        if not self.path.exists():
            return None
        with self.path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return next((row for row in rows if all(row.get(name) == asked[name] for name in asked)), None)

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
        "rules": sources(RULES),
        "rules_left_out": " ".join(rule.name for rule in subset.left_out),
    }


@cache
def sources(*paths: Path) -> str:
    """Short for source files, or for all in a folder."""
    files = [file for path in paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    return _short(b"".join(file.read_bytes() for file in files))


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]
