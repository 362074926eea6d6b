"""One client's or carer's published visits as a calendar that phones fetch again and again.

Whoever has the link sees it, and calendars are shared: it holds what somebody needs to be there, and no tasks, no
skills, no pay. A client's calendar names carers by their first names only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from icalendar import Event

from scheduler.problem import Problem
from scheduler.report.calendars import calendar_called, timed_event
from scheduler.report.words import labels
from scheduler.rota import Rota
from scheduler.rounds import rounds
from scheduler.units import clock, end_clock

NOBODY_YET = "Care visit: who comes is not settled yet"


@dataclass(frozen=True)
class PublishedDays:
    """A published rota on those of its days (0 is its first) on which it holds; `stamp`: when it was published."""

    rota: Rota
    problem: Problem
    days: frozenset[int]
    stamp: datetime


def client_feed(client: str, published: Iterable[PublishedDays], agency: str) -> bytes:
    """A client's visits as an iCalendar file, also those for which nobody was found yet."""
    calendar = calendar_called(f"Care visits, {agency}")
    for part in published:
        for event in _of_client(client, part):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def carer_feed(carer: str, published: Iterable[PublishedDays], agency: str) -> bytes:
    """A carer's rounds as an iCalendar file."""
    calendar = calendar_called(f"Rounds, {agency}")
    for part in published:
        for event in _of_carer(carer, part):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def first_name(name: str) -> str:
    """'Efa Kestrel' -> 'Efa'."""
    return name.split()[0] if name.split() else name


def client_key(visit: str) -> tuple[str, str]:
    """The key under which every calendar of a client has the visit: the link's and the letter's are one entry."""
    return "client", visit


def _of_client(client: str, part: PublishedDays) -> Iterator[Event]:
    problem = part.problem
    if client not in problem.client_index:
        return
    for position in problem.visits_of(client):
        visit = problem.visits[position]
        if visit.day not in part.days:
            continue
        legs = part.rota.of_visit(visit.id)
        start = legs[0].start if legs else visit.preferred
        minutes = legs[0].minutes if legs else visit.commissioned
        names = " and ".join(first_name(problem.carer(leg.carer).name) for leg in legs)
        event = timed_event(client_key(visit.id), start, minutes, problem, part.stamp)
        event.add("summary", f"Care visit: {names}" if legs else NOBODY_YET)
        event.add("status", "CONFIRMED" if legs else "TENTATIVE")
        yield event


def _of_carer(carer: str, part: PublishedDays) -> Iterator[Event]:
    problem = part.problem
    people, staff = labels(problem.clients), labels(problem.carers)
    for trip in rounds(part.rota, problem):
        if trip.carer.id != carer or trip.day not in part.days:
            continue
        for stop in trip.stops:
            leg, visit = stop.leg, stop.visit
            client = problem.client(visit.client)
            event = timed_event((visit.id, leg.carer), leg.start, leg.minutes, problem, part.stamp)
            event.add("summary", people[client.id] + (" (double-up)" if visit.carers == 2 else ""))
            if client.place.label:
                event.add("location", client.place.label)
            lines = [f"{leg.minutes} min, {clock(leg.start)}-{end_clock(leg.end)}"]
            lines += [f"With {staff[x.carer]}" for x in part.rota.of_visit(visit.id) if x.carer != carer]
            if stop.travel:
                lines.append(f"Travel from the visit before: {stop.travel} min")
            event.add("description", "\n".join(lines))
            yield event
