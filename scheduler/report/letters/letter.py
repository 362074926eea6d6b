"""What a letter holds: each client's days, carers and changes. Its numbers are those of the client tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from scheduler.domain import Client, Visit
from scheduler.problem import Problem
from scheduler.report.feeds import first_name
from scheduler.report.letters.plain import what_for
from scheduler.report.letters.since import Change, Earlier, changes
from scheduler.report.words import labels
from scheduler.rota import Rota
from scheduler.rules.interests import shared


@dataclass(frozen=True)
class Coming:
    """One visit, named by its id: `start` is a minute of the period, `who` the carers by name (nobody: not planned
    yet), `together` the minutes that the second carer stays (0: all of it)."""

    visit: str
    start: int
    minutes: int
    who: tuple[str, ...]
    together: int
    what: tuple[str, ...]


@dataclass(frozen=True)
class Face:
    """A carer who comes. `interests` and `languages` are those that the two share; `likes` what else is known of the
    carer (told of new faces only)."""

    name: str
    short: str
    visits: int
    new: bool
    interests: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    likes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """One client's letter. `changes` is None where no earlier rota was given to compare with."""

    client: Client
    agency: str
    first: date
    last: date
    days: tuple[tuple[date, tuple[Coming, ...]], ...]
    faces: tuple[Face, ...]
    changes: tuple[Change, ...] | None

    @cached_property
    def visits(self) -> int:
        """Visits asked for in these days; a double-up is one."""
        return sum(len(visits) for _, visits in self.days)

    @cached_property
    def unallocated(self) -> int:
        """Those that nobody is planned for."""
        return sum(not coming.who for _, visits in self.days for coming in visits)

    @cached_property
    def new_faces(self) -> int:
        """Carers who come for the first time."""
        return sum(face.new for face in self.faces)


def letters(rota: Rota, problem: Problem, earlier: Earlier | None = None) -> list[Letter]:
    """A letter for each client with a visit in these days, planned or not, or with a change to tell, in the problem's
    order."""
    told = changes(rota, problem, earlier) if earlier else None
    found = []
    for client in problem.clients:
        own = None if told is None else tuple(told.get(client.id, ()))
        letter = _letter(client, rota, problem, own)
        if letter.visits or own:
            found.append(letter)
    return found


def _letter(client: Client, rota: Rota, problem: Problem, own: tuple[Change, ...] | None) -> Letter:
    visits = [problem.visits[v] for v in problem.visits_of(client.id)]
    often = Counter(leg.carer for visit in visits for leg in rota.of_visit(visit.id))
    names = short_names(list(often), problem)
    by_day: dict[int, list[Coming]] = {visit.day: [] for visit in sorted(visits, key=lambda visit: visit.day)}
    for visit in visits:
        by_day[visit.day].append(_coming(visit, rota, problem))
    return Letter(
        client=client,
        agency=problem.settings.agency,
        first=problem.start,
        last=problem.date_of(problem.days - 1),
        days=tuple(
            (problem.date_of(day), tuple(sorted(found, key=lambda coming: coming.start)))
            for day, found in by_day.items()
        ),
        faces=tuple(
            _face(client, id, count, names[id], problem)
            for id, count in sorted(often.items(), key=lambda item: (-item[1], item[0]))
        ),
        changes=own,
    )


def _coming(visit: Visit, rota: Rota, problem: Problem) -> Coming:
    legs = rota.of_visit(visit.id)
    names = labels(problem.carers)
    return Coming(
        visit=visit.id,
        start=legs[0].start if legs else visit.preferred,
        minutes=legs[0].minutes if legs else visit.commissioned,
        who=tuple(names[leg.carer] for leg in legs),
        together=legs[1].minutes if len(legs) > 1 and legs[1].minutes < legs[0].minutes else 0,
        what=tuple(what_for(visit)),
    )


def _face(client: Client, id: str, visits: int, short: str, problem: Problem) -> Face:
    carer, name = problem.carer(id), labels(problem.carers)[id]
    if problem.knows(client.id, id):
        return Face(name, short, visits, new=False)
    interests, languages = shared(client, carer, problem)
    others = sorted(carer.interests - set(interests))
    return Face(name, short, visits, True, tuple(interests), tuple(languages), tuple(others))


def short_names(carers: Sequence[str], problem: Problem) -> dict[str, str]:
    """Carer id -> the first name, or the whole where two of these carers share it."""
    full = labels(problem.carers)
    first = {id: first_name(problem.carer(id).name) or full[id] for id in carers}
    often = Counter(first.values())
    return {id: first[id] if often[first[id]] == 1 else full[id] for id in carers}
