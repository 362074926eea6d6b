"""What is counted of visits: how many, how long, when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from scheduler.domain import Visit
from scheduler.measures.measure import Measure
from scheduler.measures.sums import mean, planned
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Level
from scheduler.rules.uncommissioned import Uncommissioned
from scheduler.units import DAY, HOUR

SHORT = 30
"""Minutes under which NICE QS123 calls a visit short."""
_EVENING, _NOON = 16 * HOUR, 12 * HOUR


def _short(rota: Rota, problem: Problem) -> list[Visit]:
    return [visit for visit, legs in planned(rota, problem) if legs[0].minutes < SHORT]


def longest_night(asked: Iterable[Visit], rota: Rota) -> int | None:
    """The most minutes for which nobody comes to one client in a night that the client asks for: one between a day
    whose last visit is asked for in the evening and a day whose first one is asked for in the morning (None: no such
    night). Each lasts from the last planned visit before it to the next planned one, however many days on; where
    there is none, to the bounds of the days with visits, so that leaving a visit out never makes a night shorter."""
    days: dict[int, list[Visit]] = defaultdict(list)
    for visit in asked:
        days[visit.day].append(visit)
    legs = {day: [leg for visit in visits for leg in rota.of_visit(visit.id)] for day, visits in days.items()}
    left = {day: max(leg.end for leg in there) for day, there in legs.items() if there}
    came = {day: min(leg.start for leg in there) for day, there in legs.items() if there}

    def alone(night: int) -> int:
        since = max((end for day, end in left.items() if day <= night), default=min(days) * DAY)
        until = min((start for day, start in came.items() if day > night), default=(max(days) + 1) * DAY)
        return until - since

    return max(map(alone, _asked_nights(days)), default=None)


def _asked_nights(days: Mapping[int, Sequence[Visit]]) -> Iterator[int]:
    """The days before each."""
    for day, visits in days.items():
        evening = max(visit.preferred % DAY for visit in visits) >= _EVENING
        if evening and any(visit.preferred % DAY < _NOON for visit in days.get(day + 1, ())):
            yield day


def _nights(rota: Rota, problem: Problem) -> list[int]:
    nights = (
        longest_night((problem.visits[v] for v in problem.visits_of(client.id)), rota)
        for client in problem.clients
    )
    return [night for night in nights if night is not None]


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
        "The longest time for which nobody comes in a night that a client asks for: between a day whose last visit is "
        "asked for at 16:00 or later and a day with one before 12:00. From the end of the last planned visit before "
        "it to the start of the next planned one, however many days on; without one, to the bounds of the days asked "
        "for; 0 without such nights.",
        lambda r, p, f: max(_nights(r, p), default=0),
    ),
)
