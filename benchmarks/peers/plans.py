"""Plans of a subset, ours and the peers', each a row of a CSV file: none is made twice.

A plan is known by what it was made of: the problem and rules of the subset, who planned it (our engine's sources and
OR-Tools, or a peer's package and the modules that stand between it and us), its seconds and its seed, and the machine.
A change of any of these asks for a new plan.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path

from benchmarks.machine import stamp
from benchmarks.peers.base import Peer, version_of
from benchmarks.peers.cases import Case
from benchmarks.peers.rows import Rows, known_by, sources
from benchmarks.peers.score import Score, score
from benchmarks.peers.subset import Subset
from benchmarks.results import ROOT
from scheduler.solve import solve

OURS = "Careround"
ENGINE = ROOT / "scheduler" / "solve"
DRAWN = {"__init__", "chart", "command", "picture", "plans", "proved", "rows", "table"}
BETWEEN = tuple(file for file in sorted(Path(__file__).parent.glob("*.py")) if file.stem not in DRAWN)
"""The modules that say what a peer gets, and what becomes of its answer."""


class Plans(Rows):
    """The plans in a file."""

    def ours(self, case: Case, subset: Subset, seconds: float, seed: int) -> Score:
        """The score of our rota."""
        return self._score(case, subset, None, seconds, seed)

    def theirs(self, peer: Peer, case: Case, subset: Subset, seconds: float, seed: int) -> Score:
        """The score of the peer's rota; its time includes what the peer's processes take to start. A peer without
        seeds plans once. Raises PeerUnavailable, or ImportError without its package."""
        return self._score(case, subset, peer, seconds, seed if peer.seeded else 0)

    def programs(self) -> list[str]:
        """Name and version of everybody whose plans were asked for."""
        return sorted({row["program"].rsplit(" ", 1)[0] for row in self.used})

    def _score(self, case: Case, subset: Subset, peer: Peer | None, seconds: float, seed: int) -> Score:
        asked = known_by(case.name, subset) | {
            "planner": peer.name if peer else OURS,
            "program": program_of(peer),
            "seconds": f"{seconds:g}",
            "seed": str(seed),
            **{part: str(stamp()[part]) for part in ("processor", "cores")},
        }

        def make() -> Mapping[str, object]:
            made = asdict(_planned(case, subset, peer, seconds, seed))
            took = made.pop("seconds")
            return {"visits": len(subset.problem.visits), **made, "took_seconds": took}

        row = self.row(asked, make)
        numbers = {each.name: int(row[each.name]) for each in fields(Score) if each.name != "seconds"}
        return Score(**numbers, seconds=float(row["took_seconds"]))


def _planned(case: Case, subset: Subset, peer: Peer | None, seconds: float, seed: int) -> Score:
    begun = time.monotonic()
    if peer is None:
        rota = solve(subset.problem, rules=subset.rules, seconds=seconds, seed=seed).rota
    else:
        rota = peer.plan(subset.problem, subset.rules, seconds, seed)
    return score(rota, subset, case.problem, case.rules, time.monotonic() - begun)


def program_of(peer: Peer | None) -> str:
    """Who plans: versions, and short for the sources (the engine, or what stands between a peer and us)."""
    if peer is None:
        with_ortools = f"{version_of('careround')} with ortools {version_of('ortools')}"
        return f"careround {with_ortools} {sources(ENGINE)}"
    return f"{peer.package} {version_of(peer.package)} {sources(*BETWEEN)}"
