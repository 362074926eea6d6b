"""A new package from this afternoon: one visit a day of it an event, so that four visits a day are four."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Client, Place, Visit
from scheduler.errors import CareroundError
from scheduler.places import explain_unknown, locate
from scheduler.problem import Problem
from scheduler.repair.day import Day
from scheduler.repair.event import Event, Kind, Refusal, client_name
from scheduler.repair.words import moment
from scheduler.travel.base import Matrix
from scheduler.travel.straight_line import WORDS, StraightLine
from scheduler.units import DAY, clock

SLACK = 30
"""Minutes around the wished time, as where a table of visits gives no window."""
NEW_BY_LINE = "ways to and from clients who are new today: straight line"
"""Said beside a road engine's name: its word does not hold for them."""


class NewPackage(Kind):
    """Of a client whom we have, or of a new one with a name and a postcode (or lat and lon). The way to a new client is
    by the straight line, since no road engine is asked while the phone rings."""

    name = "new_package"
    label = "New package"
    wanted = ("client", "client_time", "minutes")
    allowed = ("begins", "until", "days", "carers", "skills", "name", "postcode", "lat", "lon")

    def apply(self, event: Event, day: Day) -> Day:
        problem, time = day.problem, event.client_time or 0
        if (event.minutes or 0) < 1:
            raise Refusal("minutes", "a visit has 1 minute or more.", "Write how long it is.")
        if event.carers not in (1, 2):
            raise Refusal("carers", "a visit takes 1 or 2 carers.", "Write 1 or 2.")
        if event.client in day.in_hospital:
            name = client_name(event.client, problem)
            raise Refusal("client", f"{name} is in hospital.", "Enter hospital_out first.")
        if event.client not in problem.client_index:
            problem = with_client(problem, new_client(event))
            if problem.travel_source != day.problem.travel_source:
                day = day.noting(f"The travel times are not all by road: {NEW_BY_LINE}.")
        begins = event.at if event.begins is None else event.begins
        until = problem.days * DAY if event.until is None else event.until
        asked = [
            _visit(event, time, d, problem)
            for d in range(problem.days)
            if begins <= d * DAY + time < until
            and (not event.days or problem.date_of(d).weekday() in event.days)
        ]
        if not asked:
            raise Refusal(
                "begins", "no visit falls into the days that are planned.", "Check the days and the time."
            )
        for visit in asked:
            known = problem.visit(visit.id) if visit.id in problem.visit_index else visit
            if (known.commissioned, known.carers, known.skills) != (
                visit.commissioned,
                visit.carers,
                visit.skills,
            ):
                name, two = client_name(event.client, problem), " by two carers" if known.carers == 2 else ""
                raise Refusal(
                    "time",
                    f"{name} is asked for at {clock(time)} otherwise already: {known.commissioned} minutes{two}.",
                    "Leave one of the two out, or give another time.",
                )
        if all(visit.id in problem.visit_index for visit in asked):
            name = client_name(event.client, problem)
            return day.noting(f"{name} at {clock(time)} is asked for already: told twice, taken once.")
        new = [visit for visit in asked if visit.id not in problem.visit_index]
        return replace(day, problem=problem).with_visits(new)

    def sentence(self, event: Event, problem: Problem) -> str:
        name = event.name or client_name(event.client, problem)
        begins = event.at if event.begins is None else event.begins
        two = " by two carers" if event.carers == 2 else ""
        return (
            f"New package: {name}, {event.minutes} minutes at {clock(event.client_time or 0)}{two}, from "
            f"{moment(begins, problem)}."
        )


def _visit(event: Event, time: int, day: int, problem: Problem) -> Visit:
    start = day * DAY + time
    # Who writes 'Medication' on the phone means the 'medication' of the carers' table.
    known = {skill.casefold(): skill for carer in problem.carers for skill in carer.skills}
    return Visit(
        id=f"{event.client}-{clock(time).replace(':', '')}:{problem.date_of(day)}",
        client=event.client,
        day=day,
        earliest=max(start - SLACK, day * DAY),
        latest=min(start + SLACK, (day + 1) * DAY - 1),
        preferred=start,
        commissioned=event.minutes or 0,
        carers=event.carers,
        skills=frozenset(known.get(skill.casefold(), skill) for skill in event.skills),
    )


def new_client(event: Event) -> Client:
    """Somebody whom the agency's tables do not know yet. Raises `Refusal` where it is not said where they live."""
    if event.lat is not None and event.lon is not None:
        return Client(event.client, event.name or event.client, Place(event.lat, event.lon, event.postcode))
    if not event.postcode:
        raise Refusal(
            "client",
            f"there is no client {event.client!r} yet.",
            "Correct the id, or give a new client's name and postcode (or lat and lon).",
        )
    found = locate([event.postcode])
    if event.postcode not in found:
        raise Refusal(
            "postcode", explain_unknown(event.postcode), "Correct it, or leave it empty and give lat and lon."
        )
    return Client(event.client, event.name or event.client, Place(*found[event.postcode], event.postcode))


def with_client(problem: Problem, client: Client) -> Problem:
    """The problem with one more client, behind the others, and the ways to and from."""
    at = len(problem.clients)
    places = [client.place, *(c.place for c in problem.clients), *(c.home for c in problem.carers)]
    lines = StraightLine(problem.settings.modes)
    travel = {}
    for mode, matrix in problem.travel.items():
        try:
            new = lines.matrix(places, mode)
        except CareroundError as error:
            raise Refusal("client", str(error), "Add the client to the agency's tables.") from error
        rush = None
        if matrix.rush is not None:
            rush = _grown(matrix.rush, new.minutes if new.rush is None else new.rush, at)
        travel[mode] = Matrix(
            _grown(matrix.minutes, new.minutes, at), _grown(matrix.metres, new.metres, at), rush
        )
    source = problem.travel_source
    if not source.startswith(WORDS) and NEW_BY_LINE not in source:
        source = f"{source}; {NEW_BY_LINE}"
    return problem.replace(clients=(*problem.clients, client), travel=travel, travel_source=source)


def _grown(old: NDArray[np.int32], new: NDArray[np.int32], at: int) -> NDArray[np.int32]:
    """`old` with a row and a column more at `at`; those are the first of `new`."""
    size = len(old)
    grown = np.zeros((size + 1, size + 1), dtype=np.int32)
    others = np.array([i for i in range(size + 1) if i != at])
    grown[np.ix_(others, others)] = old
    grown[at, others], grown[others, at] = new[0, 1:], new[1:, 0]
    return grown
