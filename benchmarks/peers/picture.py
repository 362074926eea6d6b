"""The picture of cost against seconds, on a ground of its own, so that it can be read on a dark page as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.cases import Case
from benchmarks.peers.chart import Curve, Panel
from benchmarks.results import ROOT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PICTURE = ROOT / ".github" / "pictures" / "engine.svg"
OURS_LOOKS, *PEERS_LOOK = ("#0072B2", "o"), ("#D55E00", "s"), ("#009E73", "^"), ("#CC79A7", "D")
"""Colours of Okabe and Ito, which people with any colour vision can tell apart, each with a mark of its own."""
LEAST_APART = 0.055
"""Share of the height by which two names beside lines are apart at least."""


def draw(
    panels: Sequence[Panel], case: Case, seeds: Sequence[int], stamp: Mapping[str, str], path: Path
) -> None:
    """Draw it as the file's ending says (.svg, .png): a panel beside the other, all of one height. The height is how
    much dearer a plan is than ours with the most seconds, by what is above the floor."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    # (Without a salt and a date of its own the same picture would be another file each time.)
    with rc_context({"svg.hashsalt": "careround", "font.size": 10}):
        figure = Figure(figsize=(10, 4.6), layout="constrained", facecolor="white")
        every = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
        tops = [1.06 * max(0.05, *(max(_dearer(panel, c)) for c in panel.curves)) for panel in panels]
        lows = [min(0.0, *(min(_dearer(panel, c)) for c in panel.curves)) for panel in panels]
        low, top = min(lows), max(tops)
        for axes, panel in zip(every, panels, strict=True):
            axes.set_ylim(low - 0.05 * (top - low), top)
            _panel(axes, panel)
        every[0].yaxis.set_major_formatter(lambda share, _: f"{share:+.0%}" if share else "0 %")
        figure.suptitle(_title(panels, case), x=0.01, ha="left", fontsize=12)
        figure.supxlabel(_below(seeds, stamp), x=0.01, ha="left", fontsize=8, color="#444444")
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=150, metadata={"Date": None} if path.suffix == ".svg" else None)


def _title(panels: Sequence[Panel], case: Case) -> str:
    seconds = max(point.seconds for panel in panels for curve in panel.curves for point in curve.points)
    visits = len(case.problem.visits)
    return (
        f"How much dearer is the plan than Careround's after {seconds:g} s? "
        f"({case.name}: {len(case.problem.clients)} clients, {visits:,} visits a week)"
    )


def _below(seeds: Sequence[int], stamp: Mapping[str, str]) -> str:
    made = "mean of seeds " if len(seeds) > 1 else "seed "
    words = [
        "Cost above the least that each visit must cost; a number at a point: visits left without anybody; each point "
        f"is a plan of its own, {made}{', '.join(map(str, seeds))}.",
        ", ".join(
            (
                stamp["date"].split("T")[0],
                f"{stamp['cores']} cores of {stamp['processor']}",
                f"load {stamp['load']}",
                *(f"{name} {stamp[name]}" for name in ("careround", "ortools", "python")),
            )
        ),
    ]
    return "\n".join(words)


def _dearer(panel: Panel, curve: Curve) -> list[float]:
    """Of each point: by what share it is above our last."""
    ours = panel.curves[0].points[-1].above_floor
    return [point.above_floor / ours - 1 for point in curve.points]


def _panel(axes: Axes, panel: Panel) -> None:
    ours, *others = panel.curves
    axes.set_title(f"by the rules of {' and '.join(c.planner for c in others)}", loc="left", fontsize=10)
    axes.set_xscale("log")
    seconds = [point.seconds for point in ours.points]
    axes.set_xticks(seconds, [f"{s:g}" for s in seconds])
    axes.minorticks_off()
    axes.set_xlabel("seconds", loc="right")
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    axes.spines[["top", "right"]].set_visible(False)
    low, top = axes.get_ylim()
    names = _apart([_dearer(panel, curve)[-1] for curve in panel.curves], LEAST_APART * (top - low))
    looks = (OURS_LOOKS, *PEERS_LOOK)
    for curve, (colour, mark), name in zip(panel.curves, looks, names, strict=False):
        heights = _dearer(panel, curve)
        width = 2.6 if curve is ours else 1.6
        axes.plot([p.seconds for p in curve.points], heights, marker=mark, color=colour, linewidth=width)
        axes.text(1.02, name, curve.planner, color=colour, va="center", transform=axes.get_yaxis_transform())
        for point, height in zip(curve.points, heights, strict=True):
            if point.unallocated:
                axes.annotate(
                    f"{point.unallocated:g}",
                    (point.seconds, height),
                    xytext=(0, 6),
                    textcoords="offset points",
                    ha="center",
                    fontsize=8,
                    color=colour,
                )


def _apart(heights: Sequence[float], step: float) -> list[float]:
    """Where names stand beside lines that end at these heights: at least a step from each other."""
    found = list(heights)
    below = float("-inf")
    for i in sorted(range(len(heights)), key=lambda i: heights[i]):
        below = found[i] = max(heights[i], below + step)
    return found
