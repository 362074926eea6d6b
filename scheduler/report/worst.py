"""Who suffers: the people whom this rota serves worst, each named, whoever speaks up for them or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from scheduler.problem import Problem
from scheduler.report.clients import SPEAKS_UP, ForClient, for_clients
from scheduler.report.table import COUNT, HOURS, NUMBER, SHARE, TEXT, Column, Table, columns
from scheduler.rota import Rota
from scheduler.uk import figure

MOST = 10
"""Rows in a list of the worst; the workbook has everybody."""
_WHO = columns(("Client", TEXT), ("Family or advocate", TEXT))


def worst_tables(rota: Rota, problem: Problem) -> list[Table]:
    """The worst in each respect; a table without rows says that nobody suffers there."""
    people = for_clients(rota, problem)
    days = problem.settings.rolling_days
    night = int(figure("overnight.gap_flag", problem.start).value)
    return [
        _worst(
            "Visits left out",
            "Clients with visits that nobody is planned for.",
            [one for one in people if one.unallocated],
            lambda one: (one.unallocated / len(one.asked), one.unallocated),
            columns(("Visits asked for", COUNT), ("Unallocated", COUNT), ("Share", SHARE)),
            lambda one: (len(one.asked), one.unallocated, one.unallocated / len(one.asked)),
        ),
        _worst(
            "Many different carers",
            f"Clients who see more carers within {days} days than they were promised or asked for.",
            [one for one in people if one.carers and not one.carers.kept],
            lambda one: (one.different - one.allowed, one.different),
            columns(("Different carers", COUNT), ("Promised or asked for", COUNT), ("New faces", COUNT)),
            lambda one: (one.different, one.allowed, one.carers.new_faces if one.carers else None),
        ),
        _worst(
            "Long nights",
            f"Clients to whom nobody comes for more than {night // 60} hours in a night between an evening and a "
            "morning visit that they ask for.",
            [one for one in people if one.night is not None and one.night > night],
            lambda one: (one.night or 0, 0),
            columns(("Longest night", HOURS), ("Unallocated", COUNT)),
            lambda one: (one.night, one.unallocated),
        ),
        _worst(
            "Short visits",
            "Clients with visits under 30 minutes.",
            [one for one in people if one.short],
            lambda one: (one.short - one.short_agreed, one.short),
            columns(("Short visits", COUNT), ("Of them agreed", COUNT), ("Visits", COUNT)),
            lambda one: (one.short, one.short_agreed, len(one.planned)),
        ),
    ]


def _worst(
    name: str,
    note: str,
    people: Sequence[ForClient],
    badness: Callable[[ForClient], tuple[float, float]],
    more: tuple[Column, ...],
    cells: Callable[[ForClient], tuple[Any, ...]],
) -> Table:
    ranked = sorted(people, key=lambda one: (*(-bad for bad in badness(one)), one.label))
    rows = [(one.label, one.advocate, *cells(one)) for one in ranked[:MOST]]
    if len(people) > MOST:
        note += f" The worst {MOST} of {len(people)}; the sheet By client of rota.xlsx has everybody."
    return Table(name, note, (*_WHO, *more), rows)


def by_advocate(rota: Rota, problem: Problem) -> Table:
    """Are people whom nobody speaks up for served as well as the others?"""
    people = for_clients(rota, problem)
    groups = {
        words: [one for one in people if one.client.has_advocate is known]
        for known, words in SPEAKS_UP.items()
    }
    return Table(
        "Who has somebody to speak up",
        "People with and without family or an advocate, side by side.",
        columns(
            ("Family or advocate", TEXT),
            ("Clients", COUNT),
            ("Visits asked for", COUNT),
            ("Unallocated", SHARE),
            ("Different carers, mean", NUMBER),
            ("Promise of few carers kept", SHARE),
            ("Minutes off the preferred start, mean", NUMBER),
        ),
        [(words, *_group(group)) for words, group in groups.items() if group],
    )


def _group(people: Sequence[ForClient]) -> tuple[Any, ...]:
    asked, planned = sum(len(one.asked) for one in people), sum(len(one.planned) for one in people)
    faces = [one.carers for one in people if one.carers]
    return (
        len(people),
        asked,
        (asked - planned) / asked if asked else None,
        sum(row.distinct_rolling for row in faces) / len(faces) if faces else None,
        sum(row.kept for row in faces) / len(faces) if faces else None,
        sum(one.off for one in people) / planned if planned else None,
    )
