"""What a carer sees of what is published: the own rounds, and of others no more than who comes along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from api.desk.calendars import Holding, holding
from api.desk.judged import carers_of
from api.desk.rotas import Opened, open_rota
from scheduler.report.carers import ForCarer
from scheduler.report.words import labels, tasks
from scheduler.rounds import Round, Stop


@dataclass(frozen=True)
class OwnVisit:
    """One visit of the carer; `others` are the names of who comes along."""

    stop: Stop
    client: str
    place: str
    tasks: str
    wishes: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class OwnWeek:
    """A carer's part of one publication on those of its days on which it holds: `rounds` day by day. `sums` are the
    carer's own of the whole publication: None where another one holds on some of its days, and for a carer who is not
    in its data."""

    opened: Opened
    first: date
    days: int
    sums: ForCarer | None
    rounds: tuple[tuple[date, Round, tuple[OwnVisit, ...]], ...]


def published(session: Session) -> list[Holding]:
    """Everything that is published and holds on some day, the newest days first."""
    return holding(session, date.min)[::-1]


def own_week(session: Session, carer: str, part: Holding) -> OwnWeek:
    """That carer's part of one out of `published`."""
    opened = open_rota(session, part.rota)
    problem = opened.problem
    first = part.first
    if carer not in problem.carer_index:
        return OwnWeek(opened, first, len(part.days), None, ())
    sums = carers_of(opened)[problem.carer_index[carer]]
    people, staff = labels(problem.clients), labels(problem.carers)
    rounds = tuple(
        (problem.date_of(trip.day), trip, tuple(_visit(stop, opened, people, staff) for stop in trip.stops))
        for trip in sums.rounds
        if trip.day in part.days
    )
    whole = len(part.days) == problem.days
    return OwnWeek(opened, first, len(part.days), sums if whole else None, rounds)


def _visit(stop: Stop, opened: Opened, people: dict[str, str], staff: dict[str, str]) -> OwnVisit:
    client = opened.problem.client(stop.visit.client)
    others = tuple(
        staff[leg.carer] for leg in opened.rota.of_visit(stop.visit.id) if leg.carer != stop.leg.carer
    )
    return OwnVisit(stop, people[client.id], client.place.label, tasks(stop.visit), client.wishes, others)
