"""The carers of each client within a window of days that ends with the period."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache

from scheduler.domain import Client
from scheduler.measures import CORE_TEAM, CORE_TEAM_DOUBLE, coc
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.units import WEEK_DAYS

WINDOWS = (14, 28)
"""Days."""
SAME_VISIT = 10
"""Minutes between two past starts at one client up to which the two carers came to the same visit: clocks in differ."""

Team = frozenset[str]


@dataclass(frozen=True, slots=True)
class Faces:
    """One client's carers in a window of `days`, of which `recorded` are known. `legs` are carers' visits (a double-up
    has two), `first` those at which carer and client had not met within all that the history holds (None: it does not
    reach back beyond the window). The core team, UPC and COC are as in `scheduler.measures`."""

    client: Client
    days: int
    recorded: int
    visits: int
    legs: int
    distinct: int
    core_legs: int
    upc: float
    coc: float | None
    first: int | None

    @property
    def visits_a_week(self) -> float:
        """What UPC and COC depend on."""
        return self.visits * WEEK_DAYS / self.recorded


def recorded_days(problem: Problem, days: int) -> int:
    """Of a window of so many days, those from the first day of the history on (without history: of the period)."""
    return min(days, problem.days - min((visit.day for visit in problem.history), default=0))


@lru_cache(maxsize=8)
def faces(rota: Rota, problem: Problem, days: int) -> tuple[Faces, ...]:
    """Every client with a visit in the window, in the problem's order."""
    past = _past_teams(problem)
    oldest = min((visit.day for visit in problem.history), default=None)
    recorded = recorded_days(problem, days)
    found = []
    for client in problem.clients:
        visits = past[client.id] + _planned_teams(client, rota, problem)
        row = _faces(client, sorted(visits, key=lambda visit: visit[0]), problem.days - days, days, recorded)
        if row is not None:
            reaches = oldest is not None and oldest < problem.days - days
            found.append(row if reaches else replace(row, first=None))
    return tuple(found)


def _faces(
    client: Client, visits: list[tuple[int, int, Team, bool]], first_day: int, days: int, recorded: int
) -> Faces | None:
    met: set[str] = set()
    first = 0
    within: list[tuple[Team, bool]] = []
    for _, day, team, double in visits:
        if day >= first_day:
            within.append((team, double))
            first += len(team - met)
        met |= team
    if not within:
        return None
    present = Counter(carer for team, _ in within for carer in team)
    mostly_double = 2 * sum(double for _, double in within) > len(within)
    most = present.most_common(CORE_TEAM_DOUBLE if mostly_double else CORE_TEAM)
    return Faces(
        client=client,
        days=days,
        recorded=recorded,
        visits=len(within),
        legs=present.total(),
        distinct=len(present),
        core_legs=sum(count for _, count in most),
        upc=most[0][1] / len(within),
        coc=coc([team for team, _ in within]),
        first=first,
    )


def _planned_teams(client: Client, rota: Rota, problem: Problem) -> list[tuple[int, int, Team, bool]]:
    """Start, day, carers, and whether it takes two, of each planned visit."""
    found = []
    for v in problem.visits_of(client.id):
        visit = problem.visits[v]
        legs = rota.of_visit(visit.id)
        if legs:
            found.append((legs[0].start, visit.day, frozenset(leg.carer for leg in legs), visit.carers == 2))
    return found


def _past_teams(problem: Problem) -> dict[str, list[tuple[int, int, Team, bool]]]:
    """The same of the past: the history has a row for each carer, and two carers who came at about the same time
    came to one visit."""
    found: dict[str, list[tuple[int, int, Team, bool]]] = defaultdict(list)
    for past in sorted(problem.history, key=lambda visit: visit.start):
        visits = found[past.client]
        if visits:
            start, day, team, _ = visits[-1]
            if past.start - start <= SAME_VISIT and len(team) == 1 and past.carer not in team:
                visits[-1] = (start, day, team | {past.carer}, True)
                continue
        visits.append((past.start, past.day, frozenset({past.carer}), False))
    return found
