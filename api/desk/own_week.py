"""What a carer sees of what is published: the own rounds, and of others no more than who comes along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database.models import RotaState, StoredProblem, StoredRota
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
    """A carer's part of one published rota: `rounds` day by day, and the carer's own sums (None for a carer who is not
    in its data)."""

    opened: Opened
    sums: ForCarer | None
    rounds: tuple[tuple[date, Round, tuple[OwnVisit, ...]], ...]


def published(session: Session) -> list[tuple[str, date, int]]:
    """(rota, first day, days) of everything that is published, the newest days first."""
    asked = (
        select(StoredRota.id, StoredProblem.start, StoredProblem.days)
        .join(StoredProblem, StoredProblem.id == StoredRota.problem_id)
        .where(StoredRota.state == RotaState.PUBLISHED)
        .order_by(StoredProblem.start.desc(), StoredRota.published_at.desc())
    )
    return [(row.id, row.start, row.days) for row in session.execute(asked)]


def own_week(session: Session, carer: str, rota: str) -> OwnWeek:
    """That carer's part of a rota out of `published`."""
    opened = open_rota(session, rota)
    problem = opened.problem
    if carer not in problem.carer_index:
        return OwnWeek(opened, None, ())
    sums = carers_of(opened)[problem.carer_index[carer]]
    people, staff = labels(problem.clients), labels(problem.carers)
    rounds = []
    for trip in sums.rounds:
        visits = tuple(_visit(stop, opened, people, staff) for stop in trip.stops)
        rounds.append((problem.date_of(trip.day), trip, visits))
    return OwnWeek(opened, sums, tuple(rounds))


def _visit(stop: Stop, opened: Opened, people: dict[str, str], staff: dict[str, str]) -> OwnVisit:
    client = opened.problem.client(stop.visit.client)
    others = tuple(
        staff[leg.carer] for leg in opened.rota.of_visit(stop.visit.id) if leg.carer != stop.leg.carer
    )
    return OwnVisit(stop, people[client.id], client.place.label, tasks(stop.visit), client.wishes, others)
