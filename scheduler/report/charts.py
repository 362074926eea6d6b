"""The page's charts as SVG: words in them stay words (they can be read aloud, searched and printed sharply), and the
same numbers always give the same drawing."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK, SOFT, GRID = "#1d2733", "#51606f", "#d5dbe1"
BLUE, PALE, RED, SAND = "#155e75", "#9cc3cf", "#b42318", "#b7791f"


def by_hour(planned: Sequence[int], unallocated: Sequence[int]) -> str:
    """Visits by the hour in which they start (or should have started): 24 numbers each."""
    used = [hour for hour in range(24) if planned[hour] or unallocated[hour]] or [8, 18]
    hours = range(used[0], used[-1] + 1)

    def draw(axes: Axes) -> None:
        axes.bar(hours, [planned[h] for h in hours], color=BLUE, width=0.8, label="Planned")
        left = [unallocated[h] for h in hours]
        if any(left):
            axes.bar(
                hours, left, bottom=[planned[h] for h in hours], color=RED, width=0.8, label="Unallocated"
            )
            axes.legend(frameon=False, loc="upper right")
        axes.set_xticks(list(hours), [f"{h:02d}" for h in hours])
        axes.set_xlabel("Hour of the start")
        axes.set_ylabel("Visits in the period")

    total, left = sum(planned), sum(unallocated)
    return svg(draw, "hours", f"Visits by hour of the day: {total:,} planned, {left:,} unallocated")


def distinct_carers(counts: Mapping[int, int], marks: Iterable[tuple[float, str]], days: int) -> str:
    """How many clients see how many different carers; `marks` are published figures to compare with."""
    from matplotlib.ticker import MaxNLocator

    marks = list(marks)
    most = max([*counts, 4])

    def draw(axes: Axes) -> None:
        axes.bar(list(counts), list(counts.values()), color=BLUE, width=0.8)
        for (value, words), height in zip(marks, (0.96, 0.8, 0.64), strict=False):
            axes.axvline(value, color=SAND, linewidth=1.2, linestyle=(0, (4, 3)))
            left = value > 0.6 * max([most, *(v for v, _ in marks)])
            axes.annotate(
                words,
                (value, height),
                xycoords=("data", "axes fraction"),
                xytext=(-5 if left else 5, 0),
                textcoords="offset points",
                ha="right" if left else "left",
                va="top",
                color=SOFT,
                fontsize=9,
            )
        axes.set_xlim(0.4, max([most, *(v for v, _ in marks)]) + 1.2)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        axes.set_xlabel(f"Different carers within {days} days")
        axes.set_ylabel("Clients")

    return svg(draw, "carers", f"Clients by the number of different carers they see within {days} days")


def costs(rows: Sequence[tuple[str, float, bool]]) -> str:
    """Bars of (words, pounds, is it money), in the order given."""
    rows = list(reversed(rows))

    def draw(axes: Axes) -> None:
        colours = [BLUE if money else PALE for _, _, money in rows]
        bars = axes.barh(range(len(rows)), [pounds for _, pounds, _ in rows], color=colours, height=0.7)
        axes.bar_label(bars, [_pounds(pounds) for _, pounds, _ in rows], padding=4, color=INK, fontsize=9)
        axes.set_yticks(range(len(rows)), [words for words, _, _ in rows])
        axes.margins(x=0.16)
        axes.axvline(0, color=SOFT, linewidth=0.8)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        axes.spines["left"].set_visible(False)
        axes.grid(False)
        axes.tick_params(axis="y", length=0, labelcolor=INK)

    return svg(draw, "costs", "Cost by rule", height=0.5 + 0.3 * max(len(rows), 2))


def contract(rows: Sequence[tuple[str, float, float]]) -> str:
    """(carer, contracted hours, paid hours of work): a bar up to the work, a tick where the contract is."""
    rows = list(reversed(rows))

    def draw(axes: Axes) -> None:
        y = range(len(rows))
        axes.barh(y, [work for _, _, work in rows], color=BLUE, height=0.62, label="Paid hours of work")
        axes.scatter(
            [hours for _, hours, _ in rows],
            y,
            marker="|",
            s=110,
            linewidths=2.2,
            color=SAND,
            zorder=3,
            label="Contracted hours",
        )
        axes.set_yticks(y, [name for name, _, _ in rows], fontsize=8.5)
        axes.set_ylim(-0.7, len(rows) - 0.3)
        axes.tick_params(axis="y", length=0, labelcolor=INK)
        axes.grid(False, axis="y")
        axes.grid(True, axis="x", color=GRID, linewidth=0.7)
        axes.set_xlabel("Hours in the period")
        axes.legend(frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)

    return svg(draw, "contract", "Paid hours of work against contracted hours", height=1.1 + 0.19 * len(rows))


def progress(points: Sequence[tuple[float, float]]) -> str:
    """(seconds, pounds) of the best plan so far."""

    def draw(axes: Axes) -> None:
        axes.step(
            [t for t, _ in points], [cost for _, cost in points], where="post", color=BLUE, linewidth=1.6
        )
        axes.set_xlabel("Seconds of search")
        axes.set_ylabel("Best total (£)")
        first, last = points[0][1], points[-1][1]
        if 0 < last < first / 3:  # the first plan of all may cost ten times the last: show what came after
            axes.set_ylim(last * 0.9, last * 3)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")

    return svg(draw, "progress", "Total of the best plan found so far, by seconds of search", height=2.3)


def _pounds(value: float) -> str:
    return f"{'-' if value < 0 else ''}£{abs(value):,.0f}"


def svg(draw: Callable[[Axes], None], name: str, words: str, width: float = 7.2, height: float = 2.9) -> str:
    """One drawing with our style, its words as its accessible name, and ids that no other drawing has."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    style: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.family": "sans-serif",
        "font.size": 10,
        "text.parse_math": False,
        "text.color": INK,
        "axes.labelcolor": SOFT,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "axes.edgecolor": GRID,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
        "axes.grid.axis": "y",
        "axes.axisbelow": True,
        "grid.color": GRID,
        "grid.linewidth": 0.7,
    }
    with mpl.rc_context(style), warnings.catch_warnings():
        # A name in a script that the measuring font lacks is drawn all the same, with the page's own font.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        draw(axes)
        out = io.StringIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _for_page(out.getvalue(), name, words)


def _for_page(svg: str, name: str, words: str) -> str:
    """matplotlib's file -> an element of a page: no XML head, no metadata, fonts of the page, ids of its own."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>\s*", "", svg, count=1, flags=re.DOTALL)
    svg = re.sub(r"font-family: [^;\"]*;? ?", "", svg)
    svg = re.sub(r"font: ([\d.]+px) [^;\"]*", r"font-size: \1", svg)
    svg = re.sub(r'\b(id="|href="#|url\(#)', rf"\g<1>{name}-", svg)
    size = re.search(r'width="([\d.]+)pt" height="([\d.]+)pt"', svg)
    svg = re.sub(r' (width|height)="[\d.]+pt"', "", svg, count=2)
    wide = f' style="max-width:{float(size[1]) * 4 / 3:.0f}px"' if size else ""
    title = f'<title id="{name}-title">{escape(words)}</title>'
    head = f'<svg role="img" aria-labelledby="{name}-title" class="chart"{wide}'
    return re.sub(r"<svg([^>]*)>", lambda found: f"{head}{found[1]}>{title}", svg, count=1)
