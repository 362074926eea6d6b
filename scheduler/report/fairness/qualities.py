"""What a rota means for one client, as single numbers that groups can be compared by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.problem import Problem
from scheduler.report.clients import ForClient
from scheduler.report.table import HOURS, NUMBER, SHARE, Kind
from scheduler.rota import Rota
from scheduler.units import WEEK_DAYS


@dataclass(frozen=True)
class Quality:
    """One quality. `of` gives a client's number, or None where there is nothing to count. `worse`: 1 where more is
    worse, -1 where less is, 0 where it is told only so that groups are not compared blindly. `words` are
    those of a sentence on a group that fares worse: 'see {by} more different carers'."""

    name: str
    label: str
    kind: Kind
    worse: int
    words: str
    of: Callable[[ForClient, Rota, Problem], float | None]


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _punctual(one: ForClient, rota: Rota, problem: Problem) -> float | None:
    near = problem.settings.told_tolerance
    starts = [(rota.of_visit(visit.id)[0].start, visit.preferred) for visit in one.planned]
    return _share(sum(abs(start - preferred) <= near for start, preferred in starts), len(starts))


QUALITIES: tuple[Quality, ...] = (
    Quality(
        "visits_a_week", "Visits a week", NUMBER, 0, "",
        lambda one, r, p: len(one.asked) * WEEK_DAYS / p.days if one.asked else None,
    ),
    Quality(
        "distinct_carers", "Different carers", NUMBER, 1, "see {by} more different carers",
        lambda one, r, p: one.different if one.carers else None,
    ),
    Quality(
        "new_faces", "New faces", NUMBER, 1, "meet {by} more new faces",
        lambda one, r, p: one.carers.new_faces if one.carers else None,
    ),
    Quality(
        "punctual", "Visits near the wished hour", SHARE, -1, "have {by} fewer visits near the hour that they wish",
        _punctual,
    ),
    Quality(
        "minutes_off", "Minutes off the wished hour", NUMBER, 1, "are visited {by} minutes further off their hour",
        lambda one, r, p: _share(one.off, len(one.planned)),
    ),
    Quality(
        "short", "Short visits", SHARE, 1, "have {by} more short visits",
        lambda one, r, p: _share(one.short, len(one.planned)),
    ),
    Quality(
        "unallocated", "Unallocated visits", SHARE, 1, "have {by} more visits for which nobody is planned",
        lambda one, r, p: _share(one.unallocated, len(one.asked)),
    ),
    Quality(
        "night", "Longest night", HOURS, 1, "have a longest night that is {by} longer",
        lambda one, r, p: one.night,
    ),
)  # fmt: skip
"""The register; the names are the keys of `summary.json`."""
