"""What is counted of visits: how many, how long, when."""

from __future__ import annotations

from collections import defaultdict

from scheduler.domain import Visit
from scheduler.measures.measure import Measure
from scheduler.measures.sums import mean, planned
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Level
from scheduler.rules.uncommissioned import Uncommissioned
from scheduler.units import DAY, HOUR

SHORT = 30
"""Minutes under which NICE QS123 calls a visit short."""
_EVENING, _NOON = 16 * HOUR, 12 * HOUR


def _short(rota: Rota, problem: Problem) -> list[Visit]:
    return [visit for visit, legs in planned(rota, problem) if legs[0].minutes < SHORT]


def _nights(rota: Rota, problem: Problem) -> list[int]:
    """Minutes between the last planned visit of a day and the first of the next, for clients whose last visit is
    asked for in the evening and whose next first one in the morning."""
    asked: dict[tuple[str, int], list[int]] = defaultdict(list)
    tours: dict[tuple[str, int], list[Leg]] = defaultdict(list)
    for visit in problem.visits:
        asked[visit.client, visit.day].append(visit.preferred % DAY)
        tours[visit.client, visit.day] += rota.of_visit(visit.id)
    found = []
    for (client, day), times in asked.items():
        tonight, tomorrow = tours[client, day], tours.get((client, day + 1))
        if tonight and tomorrow and max(times) >= _EVENING and min(asked[client, day + 1]) < _NOON:
            found.append(min(leg.start for leg in tomorrow) - max(leg.end for leg in tonight))
    return found


MEASURES = (
    Measure(
        "visits",
        "Visits asked for",
        "visits",
        "Visits asked for in the period; a double-up is one.",
        lambda r, p, f: len(p.visits),
    ),
    Measure(
        "unallocated",
        "Visits with nobody",
        "visits",
        "Visits that nobody is planned for.",
        lambda r, p, f: len(r.unallocated(p)),
    ),
    Measure(
        "clients_with_unallocated",
        "Clients with such a visit",
        "clients",
        "Clients with at least one visit that nobody is planned for.",
        lambda r, p, f: len({visit.client for visit in r.unallocated(p)}),
    ),
    Measure(
        "hard_findings",
        "Rules broken that must not be",
        "findings",
        "Findings of hard rules: what must not be.",
        lambda r, p, f: sum(finding.level is Level.HARD for finding in f),
    ),
    Measure(
        "short_visits",
        "Visits under half an hour",
        "visits",
        "Planned visits under 30 minutes.",
        lambda r, p, f: len(_short(r, p)),
    ),
    Measure(
        "short_visits_agreed",
        "Of these, agreed to be short",
        "visits",
        "Of these, the visits with a recorded agreement to be short (NICE QS123 statement 4b).",
        lambda r, p, f: sum(visit.short_agreed for visit in _short(r, p)),
    ),
    Measure(
        "visits_30_or_more_share",
        "Visits of half an hour or more",
        "share",
        "Planned visits of 30 minutes or more out of planned visits (NICE QS123 statement 4a).",
        lambda r, p, f: mean(legs[0].minutes >= SHORT for _, legs in planned(r, p)),
    ),
    Measure(
        "uncommissioned_minutes",
        "Time beyond what is commissioned",
        "minutes",
        "Planned minutes beyond the commissioned ones; each carer of a double-up counts.",
        lambda r, p, f: sum(finding.amount for finding in f if finding.rule == Uncommissioned.name),
    ),
    Measure(
        "minutes_off_preferred_mean",
        "From the wished time, on average",
        "minutes",
        "Mean minutes between the planned and the preferred start of a planned visit.",
        lambda r, p, f: mean(abs(legs[0].start - visit.preferred) for visit, legs in planned(r, p)),
    ),
    Measure(
        "overnight_gap_worst",
        "Longest night without a visit",
        "minutes",
        "The longest time from the end of a client's last planned visit of a day to the start of the first of the "
        "next, where the last visit is asked for at 16:00 or later and the next one before 12:00; 0 without any.",
        lambda r, p, f: max(_nights(r, p), default=0),
    ),
)
