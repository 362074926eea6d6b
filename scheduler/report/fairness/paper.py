"""The fairness report: a sentence for each group that fares worse, and a table for each grouping."""

from __future__ import annotations

from typing import Any

from scheduler.problem import Problem
from scheduler.report.clients import for_clients
from scheduler.report.document import Document, Section
from scheduler.report.fairness.compare import Comparison, comparisons
from scheduler.report.fairness.groups import SMALL, groupings
from scheduler.report.fairness.qualities import QUALITIES, Quality
from scheduler.report.html import number, percent
from scheduler.report.table import COUNT, TEXT, Kind, Table, columns
from scheduler.rota import Rota
from scheduler.units import hours

NOBODY_WORSE = (
    "No group fares worse than the others by more than chance explains. Where few people are compared, only large "
    "differences can be seen."
)
HOW = (
    "Each client counts once; a group's mean is set beside that of all other clients. The interval holds the true "
    "difference in 19 of 20 such comparisons (Welch); where nobody differs within either side there is no "
    "interval, and Fisher's exact test is used. Beyond chance: still so when it is allowed for that many comparisons "
    "are made (Benjamini and Hochberg, 5 per cent).",
    "A difference is not a cause: groups differ in what they need, and who has more visits meets more carers; the row "
    "Visits a week tells how far.",
    f"Groups of fewer than {SMALL} people are not shown, nor any that could be worked out by subtraction.",
)


def fairness_paper(rota: Rota, problem: Problem) -> Document:
    """In short, how to read it, and each grouping."""
    found = comparisons(rota, problem)
    worse = sorted((one for one in found if one.worse), key=lambda one: (one.p or 0, one.group))
    labels = [grouping.label for grouping in groupings(problem)]
    how = Section("How to read this", points=HOW)
    if not labels or all(one.clients is None for one in found):
        nothing = f"Nothing can be compared: no two groups of {SMALL} people or more are recorded."
        return Document(title="Fairness", lead=(nothing,), sections=(how,))
    return Document(
        title="Fairness",
        lead=tuple(map(_sentence, worse)) or (NOBODY_WORSE,),
        bad=bool(worse),
        sections=(
            how,
            Section("Everybody", tables=(_everybody(rota, problem),)),
            *(Section(label, tables=(_table(label, found),)) for label in labels),
        ),
    )


def _sentence(one: Comparison) -> str:
    quality = one.quality
    by, mean, others = (_told(abs(value or 0), quality) for value in (one.difference, one.mean, one.others))
    what = quality.words.format(by=by)
    return (
        f"People in the group \u201c{one.group}\u201d ({one.grouping.lower()}) {what} than the others: "
        f"{mean} against {others} ({_how_sure(one)})."
    )


def _how_sure(one: Comparison) -> str:
    if one.low is None or one.high is None:
        return "nobody differs within either side, so there is no interval"
    low, high = sorted(value * one.quality.worse for value in (one.low, one.high))
    return f"95 per cent interval of the difference: {_told(low, one.quality)} to {_told(high, one.quality)}"


def _told(value: float, quality: Quality) -> str:
    if quality.kind is Kind.SHARE:
        return percent(value)
    return hours(round(value)) if quality.kind is Kind.HOURS else number(value, 1)


def _plain(value: float | None, quality: Quality) -> float | None:
    """As tables show it: shares in per cent, nights in hours, so that one column can hold all qualities."""
    if value is None:
        return None
    if quality.kind is Kind.SHARE:
        return value * 100
    return value / 60 if quality.kind is Kind.HOURS else value


def _unit(quality: Quality) -> str:
    return {Kind.SHARE: " (%)", Kind.HOURS: " (hours)"}.get(quality.kind, "")


def _table(label: str, found: tuple[Comparison, ...]) -> Table:
    shown = {one.group for one in found if one.grouping == label and one.clients is not None}
    rows = [
        (
            one.group, one.quality.label + _unit(one.quality), one.clients,
            *(_plain(value, one.quality) for value in (one.mean, one.others, one.difference, one.low, one.high)),
            ("too few to show" if one.clients is None else "yes" if one.beyond_chance else "no")
            if one.quality.worse or one.clients is None else "not tested",
        )
        for one in sorted(
            (one for one in found if one.grouping == label),
            key=lambda one: (one.group == "not recorded", one.group, QUALITIES.index(one.quality)),
        )
    ]  # fmt: skip
    rows = list(dict.fromkeys(_hidden(row) if row[0] not in shown else row for row in rows))
    return Table(
        label.replace(":", "")[:31],
        "Means over clients; the difference is to all others of this table.",
        columns(
            ("Group", TEXT), ("Quality", TEXT), ("Clients", COUNT), ("Mean", Kind.NUMBER), ("Others", Kind.NUMBER),
            ("Difference", Kind.NUMBER), ("From", Kind.NUMBER), ("To", Kind.NUMBER), ("Beyond chance", TEXT),
        ),
        rows,
    )  # fmt: skip


def _hidden(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """The one row of a group of which nothing is shown."""
    return (row[0], "", *row[2:])


def _everybody(rota: Rota, problem: Problem) -> Table:
    rows = []
    for quality, values in _values(rota, problem).items():
        if len(values) >= SMALL:
            mean = sum(values) / len(values)
            rows.append((quality.label + _unit(quality), len(values), _plain(mean, quality)))
    return Table(
        "Everybody",
        "The mean over all clients of whom it can be counted.",
        columns(("Quality", TEXT), ("Clients", COUNT), ("Mean", Kind.NUMBER)),
        rows,
    )


def _values(rota: Rota, problem: Problem) -> dict[Quality, list[float]]:
    people = for_clients(rota, problem)
    return {
        quality: [value for one in people if (value := quality.of(one, rota, problem)) is not None]
        for quality in QUALITIES
    }


def fairness_summary(rota: Rota, problem: Problem) -> dict[str, Any]:
    """The same numbers for `summary.json`: of everybody, and of each group that is shown."""
    values = _values(rota, problem)
    return {
        "agency": problem.settings.agency,
        "from": problem.start.isoformat(),
        "days": problem.days,
        "everybody": {
            quality.name: {"clients": len(own), "mean": sum(own) / len(own)}
            for quality, own in values.items()
            if len(own) >= SMALL
        },
        "groups": [
            {
                "grouping": one.grouping, "group": one.group, "quality": one.quality.name, "clients": one.clients,
                "mean": one.mean, "others": one.others, "difference": one.difference, "low": one.low,
                "high": one.high, "p": one.p, "beyond_chance": one.beyond_chance,
            }
            for one in comparisons(rota, problem)
            if one.clients is not None
        ],
        "worse": [f"{one.group}: {one.quality.label}" for one in comparisons(rota, problem) if one.worse],
    }  # fmt: skip
