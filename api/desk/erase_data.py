"""The agency's data without one person: tables and problems. Nothing here knows of the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from api.database.models import PersonKind
from api.desk.people import Person
from api.desk.tables import Tables
from scheduler.domain import Client, Place, Visit
from scheduler.intake.checks.references import LISTS
from scheduler.intake.parsers import parse_list
from scheduler.problem import Problem

COARSE = 1
"""Decimals of a degree that stay of the place: about ten kilometres."""


def plans_of(tables: Tables, person: Person) -> list[str]:
    """The ids of a client's visits in the care plans."""
    if person.kind is not PersonKind.CLIENT:
        return []
    return [row.get("visit", "") for row in tables.get("visits", []) if row.get("client") == person.id]


def erased_tables(tables: Tables, person: Person, pseudonym: str) -> dict[str, list[dict[str, str]]]:
    """The tables without the person's own rows. Past visits keep the pseudonym."""
    plans = set(plans_of(tables, person))
    changed = {
        name: [_row(name, row, person, pseudonym, plans) for row in rows] for name, rows in tables.items()
    }
    return {name: [row for row in rows if row is not None] for name, rows in changed.items()}


def _row(
    table: str, row: dict[str, str], person: Person, pseudonym: str, plans: set[str]
) -> dict[str, str] | None:
    own = row.get(person.kind) == person.id
    if table == "history":
        return {**row, person.kind: pseudonym} if own else row
    if own or (table == "links" and plans & {row.get("first", ""), row.get("second", "")}):
        return None
    if person.kind is not PersonKind.CARER:
        return row
    named = {column: parse_list(row[column]) for column in LISTS if column in row}
    return row | {
        column: "; ".join(id for id in ids if id != person.id)
        for column, ids in named.items()
        if person.id in ids
    }


def visits_of(problem: Problem, person: Person) -> Iterator[Visit]:
    """A client's visits in a problem."""
    if person.kind is PersonKind.CLIENT and person.id in problem.client_index:
        for position in problem.visits_of(person.id):
            yield problem.visits[position]


def erased_problem(
    problem: Problem, person: Person, pseudonym: str, plans: Mapping[str, str], visits: Mapping[str, str]
) -> Problem | None:
    """The problem with the pseudonym in the person's place; None where it does not name the person at all."""
    if person.kind is PersonKind.CLIENT:
        return _without_client(problem, person.id, pseudonym, plans, visits)
    return _without_carer(problem, person.id, pseudonym)


def _without_client(
    problem: Problem, id: str, pseudonym: str, plans: Mapping[str, str], visits: Mapping[str, str]
) -> Problem | None:
    past = any(one.client == id for one in problem.history)
    if id not in problem.client_index and not past and not any(p.visit in visits for p in problem.published):
        return None
    clients = [
        # (A new client, not the old one without some fields: a field that is added later is erased as well.)
        Client(pseudonym, pseudonym, _coarse(client.place)) if client.id == id else client
        for client in problem.clients
    ]
    return problem.replace(
        clients=tuple(clients),
        visits=tuple(
            replace(
                visit,
                id=visits[visit.id],
                plan=plans.get(visit.plan, ""),
                client=pseudonym,
                tasks=(),
                skills=frozenset(),
            )
            if visit.client == id
            else visit
            for visit in problem.visits
        ),
        links=tuple(
            replace(
                link,
                first=visits.get(link.first, link.first),
                second=visits.get(link.second, link.second),
                reason="" if link.first in visits else link.reason,
            )
            for link in problem.links
        ),
        ties=tuple(tie for tie in problem.ties if tie.client != id),
        funds=tuple(
            replace(
                fund,
                client=pseudonym,
                team=(),
                hours_for="",
                times="",
                entries=tuple(replace(entry, purpose="", agreed_by="") for entry in fund.entries),
                beyond=None if fund.beyond is None else frozenset(visits.get(v, v) for v in fund.beyond),
            )
            if fund.client == id
            else fund
            for fund in problem.funds
        ),
        history=tuple(replace(one, client=pseudonym) if one.client == id else one for one in problem.history),
        published=tuple(replace(one, visit=visits.get(one.visit, one.visit)) for one in problem.published),
    )


def _without_carer(problem: Problem, id: str, pseudonym: str) -> Problem | None:
    def other(carer: str) -> str:
        return pseudonym if carer == id else carer

    named = {one.carer for one in problem.history} | {one.carer for one in problem.ties}
    if id not in problem.carer_index and id not in named | {c for p in problem.published for c in p.carers}:
        return None
    carers = [
        replace(
            carer,
            id=pseudonym,
            name=pseudonym,
            home=_coarse(carer.home),
            interests=frozenset(),
            languages=frozenset(),
        )
        if carer.id == id
        else carer
        for carer in problem.carers
    ]
    return problem.replace(
        carers=tuple(carers),
        visits=tuple(
            replace(visit, fixed_carers=tuple(map(other, visit.fixed_carers)))
            if id in visit.fixed_carers
            else visit
            for visit in problem.visits
        ),
        shifts=tuple(replace(one, carer=other(one.carer)) for one in problem.shifts),
        ties=tuple(one for one in problem.ties if one.carer != id),
        funds=tuple(replace(fund, team=tuple(map(other, fund.team))) for fund in problem.funds),
        history=tuple(replace(one, carer=other(one.carer)) for one in problem.history),
        published=tuple(replace(one, carers=tuple(map(other, one.carers))) for one in problem.published),
    )


def _coarse(place: Place) -> Place:
    return Place(round(place.lat, COARSE), round(place.lon, COARSE))
