"""The picture of cost against seconds, on a ground of its own, so that it can be read on a dark page as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.cases import Case
from benchmarks.peers.chart import Curve, Panel, Point
from benchmarks.results import ROOT

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PICTURE = ROOT / ".github" / "pictures" / "engine.svg"
OURS_LOOKS, *PEERS_LOOK = ("#0072B2", "o"), ("#D55E00", "s"), ("#009E73", "^"), ("#CC79A7", "D")
"""Colours of Okabe and Ito, which people with any colour vision can tell apart, each with a mark of its own."""
MOST = 0.4
"""Who is always further above ours than this is told in words: the others would lie on one line below."""
LEAST_APART = 0.055
"""Share of the height by which two names beside lines are apart at least."""


def draw(
    panels: Sequence[Panel],
    case: Case,
    seeds: Sequence[int],
    stamp: Mapping[str, str],
    programs: Sequence[str],
    path: Path,
) -> None:
    """Draw it as the file's ending says (.svg, .png): a panel beside the other, all of one height. The height is how
    much dearer a plan is than ours with the most seconds, by what is above the floor."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    # (Without a salt and a date of its own the same picture would be another file each time.)
    with rc_context({"svg.hashsalt": "careround", "font.size": 10}):
        figure = Figure(figsize=(10, 4.6), layout="constrained", facecolor="white")
        every = figure.subplots(1, len(panels), sharey=True, squeeze=False)[0]
        heights = [_dearer(panel, curve) for panel in panels for curve in panel.curves]
        drawn = [0.0, 0.05, *(height for some in heights if min(some) <= MOST for height in some)]
        low, top = min(drawn), max(drawn)
        every[0].set_ylim(low - 0.05 * (top - low), top + 0.15 * (top - low))
        for axes, panel in zip(every, panels, strict=True):
            _panel(axes, panel)
        every[0].yaxis.set_major_formatter(lambda share, _: _percent(share))
        figure.suptitle(_title(panels, case), x=0.01, ha="left", fontsize=12)
        figure.supxlabel(_below(seeds, stamp, programs), x=0.01, ha="left", fontsize=8, color="#444444")
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=150, metadata={"Date": None} if path.suffix == ".svg" else None)


def _title(panels: Sequence[Panel], case: Case) -> str:
    seconds = max(point.seconds for panel in panels for curve in panel.curves for point in curve.points)
    visits = len(case.problem.visits)
    return (
        f"How much dearer is the plan than Careround's after {seconds:g} s? "
        f"({case.name}: {len(case.problem.clients)} clients, {visits:,} visits a week)"
    )


def _below(seeds: Sequence[int], stamp: Mapping[str, str], programs: Sequence[str]) -> str:
    made = f"{'mean of seeds' if len(seeds) > 1 else 'seed'} {', '.join(map(str, seeds))}"
    return (
        "Cost above the least that each visit must cost; a number at a point: visits left without anybody; each point "
        f"is a plan of its own, {made}.\n"
        f"{stamp['date'].split('T')[0]}, {stamp['cores']} cores of {stamp['processor']}, load {stamp['load']}; "
        f"{', '.join(programs)}."
    )


def _dearer(panel: Panel, curve: Curve) -> list[float]:
    """Of each point: by what share it is above our last."""
    ours = panel.curves[0].points[-1].above_floor
    return [point.above_floor / ours - 1 for point in curve.points]


def _percent(share: float) -> str:
    return f"{share:+.0%}".replace("%", " %") if abs(share) >= 0.005 else "0 %"


def _panel(axes: Axes, panel: Panel) -> None:
    others = panel.curves[1:]
    axes.set_title(f"by the rules of {' and '.join(c.planner for c in others)}", loc="left", fontsize=10)
    axes.set_xscale("log")
    seconds = [point.seconds for point in panel.curves[0].points]
    axes.set_xticks(seconds, [f"{s:g}" for s in seconds])
    axes.minorticks_off()
    axes.set_xlabel("seconds", loc="right")
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    axes.spines[["top", "right"]].set_visible(False)
    looks = zip(panel.curves, (OURS_LOOKS, *PEERS_LOOK), strict=False)
    inside = [(curve, look) for curve, look in looks if min(_dearer(panel, curve)) <= MOST]
    low, top = axes.get_ylim()
    names = _apart([_dearer(panel, curve)[-1] for curve, _ in inside], LEAST_APART * (top - low))
    for (curve, (colour, mark)), name in zip(inside, names, strict=True):
        _curve(axes, curve, _dearer(panel, curve), colour, mark, 1.6 if curve in others else 2.6)
        axes.text(1.02, name, curve.planner, color=colour, va="center", transform=axes.get_yaxis_transform())
    far = [curve for curve in others if min(_dearer(panel, curve)) > MOST]
    told = [_far_above(curve.planner, curve.points[-1], _dearer(panel, curve)[-1]) for curve in far]
    axes.text(0.0, 0.99, "\n".join(told), va="top", fontsize=9, color="#444444", transform=axes.transAxes)


def _far_above(planner: str, last: Point, dearer: float) -> str:
    left_out = f", {last.unallocated:g} visits left" if last.unallocated else ""
    return f" {planner} after {last.seconds:g} s: {_percent(dearer)}{left_out}"


def _curve(axes: Axes, curve: Curve, heights: Sequence[float], colour: str, mark: str, width: float) -> None:
    axes.plot([p.seconds for p in curve.points], heights, marker=mark, color=colour, linewidth=width)
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
