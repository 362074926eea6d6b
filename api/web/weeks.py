"""What one client's and one carer's page shows: their days, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scheduler.domain import Carer, Client
from scheduler.measures import ClientContinuity, continuity
from scheduler.problem import Problem
from scheduler.report.carers import ForCarer
from scheduler.report.words import labels, tasks
from scheduler.rota import Rota
from scheduler.rounds import Round


@dataclass(frozen=True, slots=True)
class ClientVisit:
    """One visit of a client; nobody is planned where `who` is empty. Times in minutes of the period."""

    id: str
    start: int
    minutes: int
    who: tuple[tuple[str, str], ...]
    tasks: str
    window: tuple[int, int]
    preferred: int


@dataclass(frozen=True)
class ClientWeek:
    """A client's visits, day by day, with the faces."""

    client: Client
    days: tuple[tuple[date, tuple[ClientVisit, ...]], ...]
    faces: ClientContinuity | None
    team: tuple[str, ...]


@dataclass(frozen=True)
class CarerWeek:
    """A carer's rounds, day by day, with pay and hours; `names` are the clients'."""

    carer: Carer
    days: tuple[tuple[date, tuple[Round, ...]], ...]
    sums: ForCarer
    names: dict[str, str]

    @property
    def expected_pay(self) -> int:
        """Pay, extras, contracted hours not worked, and mileage (sixtieths of a penny), as the schedule says it."""
        return self.sums.expected_pay


def client_week(rota: Rota, problem: Problem, id: str) -> ClientWeek:
    """The week of that client. Raises UnknownName."""
    client = problem.client(id)
    names = labels(problem.carers)
    by_day: dict[int, list[ClientVisit]] = {day: [] for day in range(problem.days)}
    for position in problem.visits_of(id):
        visit = problem.visits[position]
        legs = rota.of_visit(visit.id)
        by_day[visit.day].append(
            ClientVisit(
                id=visit.id,
                start=legs[0].start if legs else visit.preferred,
                minutes=legs[0].minutes if legs else visit.commissioned,
                who=tuple((leg.carer, names[leg.carer]) for leg in legs),
                tasks=tasks(visit),
                window=(visit.earliest, visit.latest),
                preferred=visit.preferred,
            )
        )
    days = tuple(
        (problem.date_of(day), tuple(sorted(found, key=lambda v: v.start))) for day, found in by_day.items()
    )
    faces = next((row for row in continuity(rota, problem) if row.client == id), None)
    team = tuple(names.get(carer, carer) for carer in faces.core_team) if faces else ()
    return ClientWeek(client, days, faces, team)


def carer_week(problem: Problem, id: str, everybody: Sequence[ForCarer]) -> CarerWeek:
    """The week of that carer. Raises UnknownName."""
    carer = problem.carer(id)
    sums = everybody[problem.carer_index[id]]
    days = tuple(
        (problem.date_of(day), tuple(trip for trip in sums.rounds if trip.day == day))
        for day in range(problem.days)
    )
    return CarerWeek(carer, days, sums, labels(problem.clients))
