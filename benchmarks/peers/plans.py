"""Plans that were made before: each is a row of a CSV file, and none is made twice.

A plan is known by what it was made of: the problem and rules of the subset, who planned it (our engine's sources, or a
peer's package and the module that talks to it), its seconds and its seed. A change of any of these asks for a new plan.
"""

from __future__ import annotations

import csv
import hashlib
import inspect
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from pathlib import Path

from benchmarks.machine import stamp
from benchmarks.peers.base import Peer, version_of
from benchmarks.peers.cases import Case
from benchmarks.peers.score import Score, score
from benchmarks.peers.subset import Subset
from benchmarks.results import ROOT, append_row
from scheduler.problem_json import to_json
from scheduler.solve import solve

OURS = "Careround"
ENGINE, RULES = ROOT / "scheduler" / "solve", ROOT / "scheduler" / "rules"
FOUND_BY = ("case", "problem", "rules", "rules_left_out", "planner", "program", "seconds", "seed")
"""What a row is found by; `problem`, `rules` and `program` end with what is short for data and sources."""


@dataclass
class Plans:
    """The plans in a file; `used` are the rows of those that were asked for, each once."""

    path: Path
    used: list[Mapping[str, str]] = field(default_factory=list)

    def ours(self, case: Case, subset: Subset, seconds: float, seed: int) -> Score:
        """The score of our rota."""
        return self._score(case, subset, None, seconds, seed)

    def theirs(self, peer: Peer, case: Case, subset: Subset, seconds: float, seed: int) -> Score:
        """The score of the peer's rota; its time includes what the peer's processes take to start. A peer without
        seeds plans once. Raises PeerUnavailable, or ImportError without its package."""
        return self._score(case, subset, peer, seconds, seed if peer.seeded else 0)

    def _score(self, case: Case, subset: Subset, peer: Peer | None, seconds: float, seed: int) -> Score:
        asked = {
            "case": case.name,
            "problem": _short(to_json(subset.problem).encode()),
            "rules": sources(RULES),
            "rules_left_out": " ".join(rule.name for rule in subset.left_out),
            "planner": peer.name if peer else OURS,
            "program": program_of(peer),
            "seconds": f"{seconds:g}",
            "seed": str(seed),
        }
        row = self._row(asked)
        if row is None:
            before = stamp()
            made = _planned(case, subset, peer, seconds, seed)
            kept = {"visits": len(subset.problem.visits), **asdict(made)}
            kept["took_seconds"] = kept.pop("seconds")
            append_row(self.path, before | asked | kept)
            row = self._row(asked)
        if row is None:
            raise LookupError(
                f"A row was written to {self.path} that is not there: somebody else writes, too."
            )
        if row not in self.used:
            self.used.append(row)
        numbers = {f.name: int(row[f.name]) for f in fields(Score) if f.name != "seconds"}
        return Score(**numbers, seconds=float(row["took_seconds"]))

    def _row(self, asked: Mapping[str, str]) -> Mapping[str, str] | None:
        if not self.path.exists():
            return None
        with self.path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return next((row for row in rows if all(row.get(name) == asked[name] for name in FOUND_BY)), None)

    def stamp(self) -> dict[str, str]:
        """What the plans that were asked for were made with and on: where they differ, from the first to the last."""
        found = {}
        for name in stamp():
            values = sorted({row[name] for row in self.used}, key=_in_order)
            found[name] = values[0] if len(values) == 1 else f"{values[0]} to {values[-1]}" if values else ""
        return found


def _in_order(value: str) -> tuple[float, str]:
    """Numbers by size (the load), all else by letters (dates)."""
    try:
        return float(value), ""
    except ValueError:
        return 0.0, value


def _planned(case: Case, subset: Subset, peer: Peer | None, seconds: float, seed: int) -> Score:
    begun = time.monotonic()
    if peer is None:
        rota = solve(subset.problem, rules=subset.rules, seconds=seconds, seed=seed).rota
    else:
        rota = peer.plan(subset.problem, subset.rules, seconds, seed)
    return score(rota, subset, case.problem, case.rules, time.monotonic() - begun)


def program_of(peer: Peer | None) -> str:
    """Who plans: a version, and short for the sources (the peer's module; the engine, where it is ours)."""
    if peer is None:
        return f"careround {version_of('careround')} {sources(ENGINE)}"
    return f"{peer.package} {version_of(peer.package)} {sources(Path(inspect.getfile(type(peer))))}"


@cache
def sources(path: Path) -> str:
    """Short for a source file, or for all in a folder."""
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
    return _short(b"".join(file.read_bytes() for file in files))


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]
