"""Cost against seconds: ours and each peer on the rules that the peer can say."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.peers.base import Peer, PeerUnavailable
from benchmarks.peers.cases import Case
from benchmarks.peers.plans import OURS, Plans
from benchmarks.peers.score import Score
from benchmarks.peers.subset import Subset, subset_of
from benchmarks.results import ROOT

PICTURE = ROOT / ".github" / "pictures" / "engine.svg"


@dataclass(frozen=True, slots=True)
class Point:
    """Means of the seeds: pence above the floor, and visits that nobody is planned for."""

    seconds: float
    above_floor: float
    unallocated: float


@dataclass(frozen=True, slots=True)
class Curve:
    """What a planner reaches with more and more seconds: each point is a plan of its own."""

    planner: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the rules: ours first, then every peer that can say no more than this."""

    subset: Subset
    curves: tuple[Curve, ...]


def panels_of(
    case: Case, peers: Sequence[Peer], plans: Plans, points: Sequence[float], seeds: Sequence[int]
) -> list[Panel]:
    """A panel for each part of the rules that some peer can say, without peers that are not there."""
    parts: dict[tuple[object, ...], tuple[Subset, list[Peer]]] = {}
    for peer in peers:
        subset = subset_of(case.problem, case.rules, peer.words)
        parts.setdefault(subset.key, (subset, []))[1].append(peer)
    found = []
    for subset, sayers in parts.values():
        scores: dict[str, list[Point]] = {}
        for seconds in points:
            print(
                f"{case.name}, {seconds:g} s, ours and {', '.join(p.name for p in sayers)} ...",
                file=sys.stderr,
            )
            ours = [plans.ours(case, subset, seconds, seed) for seed in seeds]
            scores.setdefault(OURS, []).append(_point(seconds, ours))
            for peer in sayers:
                try:
                    theirs = [plans.theirs(peer, case, subset, seconds, seed) for seed in seeds]
                except (ImportError, PeerUnavailable) as error:
                    print(f"{peer.name}: {error}", file=sys.stderr)
                    continue
                scores.setdefault(peer.name, []).append(_point(seconds, theirs))
        found.append(Panel(subset, tuple(Curve(name, tuple(some)) for name, some in scores.items())))
    return found


def _point(seconds: float, scores: Sequence[Score]) -> Point:
    return Point(seconds, mean(s.above_floor for s in scores), mean(s.unallocated for s in scores))


def draw(
    panels: Sequence[Panel], case: Case, seeds: Sequence[int], stamp: Mapping[str, str], path: Path
) -> None:
    """The picture."""
    print(len(panels), case.name, seeds, path)  # drawn by the next commit
