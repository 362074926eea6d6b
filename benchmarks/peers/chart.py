"""Cost against seconds: ours and each peer on the rules that the peer can say."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean

from benchmarks.peers.base import Peer, PeerUnavailable
from benchmarks.peers.cases import Case
from benchmarks.peers.plans import OURS, Plans
from benchmarks.peers.score import Score
from benchmarks.peers.subset import Subset, subset_of


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
    """One part of the rules: ours first, then every peer that can say just this."""

    subset: Subset
    curves: tuple[Curve, ...]


def panels_of(
    case: Case, peers: Sequence[Peer], plans: Plans, points: Sequence[float], seeds: Sequence[int]
) -> list[Panel]:
    """A panel for each part of the rules that some peer can say; peers that are not there are left out."""
    parts: dict[tuple[object, ...], tuple[Subset, list[Peer]]] = {}
    for peer in peers:
        subset = subset_of(case.problem, case.rules, peer.words)
        parts.setdefault(subset.key, (subset, []))[1].append(peer)
    found = [_panel(case, subset, sayers, plans, points, seeds) for subset, sayers in parts.values()]
    return [panel for panel in found if len(panel.curves) > 1]


def _panel(
    case: Case,
    subset: Subset,
    peers: Sequence[Peer],
    plans: Plans,
    points: Sequence[float],
    seeds: Sequence[int],
) -> Panel:
    found: dict[str, list[Point]] = {}
    for seconds in points:
        _say(f"{case.name}, ours and {', '.join(peer.name for peer in peers)}, {seconds:g} s ...")
        scores = [plans.ours(case, subset, seconds, seed) for seed in seeds]
        found.setdefault(OURS, []).append(_point(seconds, scores))
        for peer in peers:
            try:
                scores = [plans.theirs(peer, case, subset, seconds, seed) for seed in seeds]
            except (ImportError, PeerUnavailable) as error:
                _say(f"{peer.name}: {error}")
                continue
            found.setdefault(peer.name, []).append(_point(seconds, scores))
    return Panel(subset, tuple(Curve(name, tuple(some)) for name, some in found.items()))


def _point(seconds: float, scores: Sequence[Score]) -> Point:
    return Point(seconds, mean(s.above_floor for s in scores), mean(s.unallocated for s in scores))


def _say(line: str) -> None:
    print(line, file=sys.stderr)
