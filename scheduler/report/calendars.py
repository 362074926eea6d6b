"""Each carer's visits as a calendar file that phones can read.

A visit of a carer keeps its UID from plan to plan, so that a new file moves the entry instead of adding another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from functools import cache
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from scheduler.problem import Problem
from scheduler.report.words import at, labels, tasks
from scheduler.rota import Rota
from scheduler.rounds import Stop, rounds
from scheduler.units import clock, end_clock

ZONE = "Europe/London"
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def calendars(rota: Rota, problem: Problem, stamp: datetime | None = None) -> dict[str, bytes]:
    """File name -> calendar, for every carer, also one without visits. `stamp`: when the plan was made (the first
    midnight of the period if it is not told)."""
    when = (stamp or datetime.combine(problem.start, time(), UTC)).astimezone(UTC)
    stops: dict[str, list[Stop]] = {carer.id: [] for carer in problem.carers}
    for trip in rounds(rota, problem):
        stops[trip.carer.id].extend(trip.stops)
    files = file_names(stops)
    names, people = labels(problem.carers), labels(problem.clients)
    found = {}
    for carer, own in stops.items():
        calendar = empty_calendar(names[carer], problem)
        for stop in own:
            calendar.add_component(_event(stop, rota, problem, when, names, people))
        found[files[carer]] = calendar.to_ical()
    return found


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """Id -> a file name that every system takes; where the id had to change, a digest keeps the names apart."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for id in ids:
        safe = re.sub(r"[^A-Za-z0-9_-]+", "-", id)[:60].strip("-")
        if not safe or safe != id or _RESERVED.fullmatch(safe) or safe.lower() in taken:
            safe = f"{safe or 'carer'}-{sha256(id.encode()).hexdigest()[:8]}"
        taken.add(safe.lower())
        found[id] = f"{safe}.ics"
    return found


def empty_calendar(name: str, problem: Problem) -> Calendar:
    """A calendar of somebody's visits, with the zone that its times are in."""
    return calendar_called(f"{name}, {problem.settings.agency}")


def calendar_called(title: str) -> Calendar:
    """An empty calendar of that title, with the zone that its times are in."""
    calendar = Calendar()
    calendar.add("prodid", "-//Careround//careround//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", ZONE)
    calendar.add_component(_zone())
    return calendar


def timed_event(key: tuple[str, str], start: int, minutes: int, problem: Problem, stamp: datetime) -> Event:
    """An entry without words. It has the same UID wherever the agency tells of this `key`, from rota to rota, so that
    a new file or link moves it instead of adding another."""
    named = sha256("\n".join((problem.settings.agency, *key)).encode())
    begins, zone = at(start, problem), ZoneInfo(ZONE)
    event = Event()
    event.add("uid", f"{named.hexdigest()[:32]}@careround")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", begins.replace(tzinfo=zone))
    event.add("dtend", (begins + timedelta(minutes=minutes)).replace(tzinfo=zone))
    return event


@cache
def _zone() -> Timezone:
    """British time by the rule in force since 1996, so that it holds for every period to come."""
    return Timezone.from_ical(  # type: ignore[return-value]  # of one VTIMEZONE
        "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n"
        "BEGIN:DAYLIGHT\r\nDTSTART:19960331T010000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
        "TZNAME:BST\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nEND:DAYLIGHT\r\n"
        "BEGIN:STANDARD\r\nDTSTART:19961027T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
        "TZNAME:GMT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )


def _event(
    stop: Stop, rota: Rota, problem: Problem, when: datetime, names: dict[str, str], people: dict[str, str]
) -> Event:
    leg, visit = stop.leg, stop.visit
    client = problem.client(visit.client)
    event = timed_event((visit.id, leg.carer), leg.start, leg.minutes, problem, when)
    event.add("summary", people[client.id] + (" (double-up)" if visit.carers == 2 else ""))
    if client.place.label:
        event.add("location", client.place.label)
    event.add("description", _description(stop, rota, names))
    return event


def _description(stop: Stop, rota: Rota, names: dict[str, str]) -> str:
    leg, visit = stop.leg, stop.visit
    lines = [f"{leg.minutes} min, {clock(leg.start)}-{end_clock(leg.end)}"]
    others = [names[other.carer] for other in rota.of_visit(visit.id) if other.carer != leg.carer]
    if visit.carers == 2:
        part = f", together for {visit.together} min" if visit.together else ""
        lines.append(f"With {others[0]}{part}" if others else "The second carer is missing")
    if stop.travel:
        lines.append(f"Travel from the visit before: {stop.travel} min")
    if visit.time_critical:
        lines.append("Time-critical")
    if visit.tasks:
        lines.append(f"Tasks: {tasks(visit)}")
    return "\n".join(lines)
