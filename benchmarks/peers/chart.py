"""Cost against seconds: ours and the peers on the rules that all of them can say."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import reduce
from operator import and_
from pathlib import Path
from statistics import mean

from benchmarks.peers.base import Peer, PeerUnavailable
from benchmarks.peers.cases import Case
from benchmarks.peers.score import Score
from benchmarks.peers.subset import subset_of
from benchmarks.peers.timed import Ours, planned
from benchmarks.results import ROOT, append_row

PICTURE = ROOT / ".github" / "pictures" / "engine.png"
OURS = "Careround"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9")
"""Okabe and Ito's, which people with any colour vision can tell apart; ours is the first."""


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


def curves_of(
    case: Case, peers: Sequence[Peer], points: Sequence[float], seeds: Sequence[int]
) -> list[Curve]:
    """Ours and each peer that is there; all get the rules that every one of the peers can say."""
    subset = subset_of(case.problem, case.rules, reduce(and_, (peer.words for peer in peers)))
    found: dict[str, list[Point]] = {}
    for seconds in points:
        ours = Ours(case, seconds)
        scores = {OURS: [ours.score(subset, seed) for seed in seeds]}
        for peer in peers:
            print(f"{case.name}, {peer.name}, {seconds:g} s ...", file=sys.stderr)
            try:
                of_peer = seeds if peer.seeded else seeds[:1]
                scores[peer.name] = [planned(peer, case, subset, seconds, seed) for seed in of_peer]
            except (ImportError, PeerUnavailable) as error:
                print(f"{peer.name}: {error}", file=sys.stderr)
        for planner, some in scores.items():
            found.setdefault(planner, []).append(_point(seconds, some))
    return [Curve(planner, tuple(some)) for planner, some in found.items()]


def _point(seconds: float, scores: Sequence[Score]) -> Point:
    return Point(seconds, mean(s.above_floor for s in scores), mean(s.unallocated for s in scores))


def write_curves(path: Path, curves: Sequence[Curve], case: Case, stamp: Mapping[str, object]) -> None:
    """The points as rows of a CSV file, which is replaced."""
    path.unlink(missing_ok=True)
    for curve in curves:
        for point in curve.points:
            append_row(path, {**stamp, "case": case.name, "planner": curve.planner, **asdict(point)})


def draw(curves: Sequence[Curve], case: Case, path: Path) -> None:
    """The picture, as the file's ending says (.png, .svg). A number at a point counts its unallocated visits."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 4.5), layout="constrained")
    axes = figure.subplots()
    ends = _apart([curve.points[-1].above_floor / 100 for curve in curves])
    for curve, colour, end in zip(curves, COLOURS, ends, strict=False):
        x = [point.seconds for point in curve.points]
        y = [point.above_floor / 100 for point in curve.points]
        axes.plot(x, y, marker="o", color=colour, linewidth=3 if curve.planner == OURS else 1.5)
        axes.text(1.02, end, curve.planner, color=colour, va="center", transform=axes.get_yaxis_transform())
        for point, height in zip(curve.points, y, strict=True):
            if point.unallocated:
                axes.annotate(
                    f"{point.unallocated:.0f}",
                    (point.seconds, height),
                    xytext=(0, 6),
                    textcoords="offset points",
                    ha="center",
                    fontsize=8,
                    color=colour,
                )
    visits = len(case.problem.visits)
    axes.set_title(
        f"A week of {len(case.problem.clients)} clients and {visits:,} visits: "
        "cost above the least that any plan needs\n(a number at a point: visits left without anybody)",
        loc="left",
        fontsize=11,
    )
    axes.set_xlabel("Seconds for the plan, on two cores")
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter("£{x:,.0f}")
    axes.grid(axis="y", alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=150)


def _apart(heights: Sequence[float]) -> list[float]:
    """Where names stand beside lines that end at these heights: none over another."""
    step = 0.06 * max(heights, default=0)
    found = list(heights)
    below = float("-inf")
    for i in sorted(range(len(heights)), key=lambda i: heights[i]):
        below = found[i] = max(heights[i], below + step)
    return found
