"""The report's charts and small maps, as SVG with words in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, radians
from typing import TYPE_CHECKING

from scheduler.problem import Problem
from scheduler.report.charts import BLUE, INK, PALE, RED, SAND, SOFT, svg
from scheduler.report.words import colours
from scheduler.rota import Rota

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SERIES = (BLUE, SAND, PALE, SOFT, RED, INK)


def bars(
    name: str,
    words: str,
    labels: Sequence[str],
    series: Mapping[str, Sequence[tuple[float, float, float]]],
    unit: str,
) -> str:
    """Bars side by side for each label: (mean, lowest, highest) of every series, with the range drawn over the bar."""
    count, height = len(series), 0.8 / max(1, len(series))

    def draw(axes: Axes) -> None:
        for i, (title, values) in enumerate(series.items()):
            y = [row + (i - (count - 1) / 2) * height for row in range(len(labels))]
            means = [mean for mean, _, _ in values]
            axes.barh(y, means, height=height * 0.86, color=SERIES[i % len(SERIES)], label=title)
            low = [max(0.0, mean - lowest) for mean, lowest, _ in values]
            high = [max(0.0, highest - mean) for mean, _, highest in values]
            if any(low) or any(high):
                axes.errorbar(
                    means, y, xerr=[low, high], fmt="none", ecolor=INK, elinewidth=1.1, capsize=2.5, zorder=3
                )
        axes.set_yticks(range(len(labels)), labels)
        axes.invert_yaxis()
        axes.axvline(0, color=SOFT, linewidth=0.8)
        axes.grid(False, axis="y")
        axes.grid(True, axis="x")
        axes.tick_params(axis="y", length=0, labelcolor=INK)
        axes.spines["left"].set_visible(False)
        axes.set_xlabel(unit)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}" if abs(value) >= 10 else f"{value:g}")
        if count > 1:
            axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), fontsize=9)

    rows = max(2, len(labels))
    return svg(draw, name, words, height=0.7 + 0.2 * count + rows * (0.22 + 0.17 * count))


def lines(
    name: str, words: str, ticks: Sequence[str], series: Mapping[str, Sequence[float | None]], unit: str
) -> str:
    """A line for each series over the ticks; None leaves a point out."""

    def draw(axes: Axes) -> None:
        for i, (title, values) in enumerate(series.items()):
            points = [(x, value) for x, value in enumerate(values) if value is not None]
            axes.plot(
                [x for x, _ in points],
                [value for _, value in points],
                marker="os^Dv*"[i % 6],
                markersize=5,
                linewidth=1.6,
                color=SERIES[i % len(SERIES)],
                label=title,
            )
        axes.set_xticks(range(len(ticks)), ticks)
        axes.set_ylabel(unit)
        axes.margins(x=0.06, y=0.15)
        if not any(value for values in series.values() for value in values):
            axes.set_ylim(0, 1)  # a line of noughts lies on the ground, not in the middle of hair-thin ticks
        axes.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=2, fontsize=9)

    return svg(draw, name, words, height=3.1 + 0.1 * len(series))


def small_map(name: str, words: str, rota: Rota, problem: Problem, day: int) -> str:
    """One day's rounds as lines between homes of clients, a colour a carer; a red cross is an unallocated visit. No
    names, no streets: it shows the shape of a day."""
    tints = dict(zip((c.id for c in problem.carers), colours(len(problem.carers)), strict=True))

    def draw(axes: Axes) -> None:
        for carer, legs in rota.legs_by_carer.items():
            places = [
                problem.client(problem.visit(leg.visit).client).place
                for leg in legs
                if problem.visit(leg.visit).day == day
            ]
            axes.plot(
                [p.lon for p in places],
                [p.lat for p in places],
                "-o",
                color=tints[carer],
                linewidth=0.9,
                markersize=2.6,
            )
        left = [problem.client(v.client).place for v in rota.unallocated(problem) if v.day == day]
        axes.plot(
            [p.lon for p in left], [p.lat for p in left], "x", color=RED, markersize=7, markeredgewidth=2
        )
        every = [client.place for client in problem.clients]
        middle = sum(p.lat for p in every) / len(every)
        axes.set_aspect(1 / cos(radians(middle)))
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_visible(False)
        axes.grid(False)
        for spine in axes.spines.values():
            spine.set_visible(False)

    return svg(draw, name, words, width=3.5, height=3.2)
