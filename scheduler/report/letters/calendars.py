"""Each client's visits as a calendar file for the family. It says who comes and when, but not what for: calendars are
often kept with companies that need not know."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Event

from scheduler.problem import Problem
from scheduler.report.calendars import ZONE, empty_calendar
from scheduler.report.letters.letter import Coming, Letter
from scheduler.report.letters.plain import listed
from scheduler.report.words import at, labels


def client_calendar(letter: Letter, problem: Problem, stamp: datetime | None = None) -> bytes:
    """The planned visits of a letter. An entry keeps its UID as long as it is the same visit of that day, so that a
    new file moves it. `stamp`: when the rota was made (the first midnight of the period if it is not told)."""
    when = (stamp or datetime.combine(problem.start, time(), UTC)).astimezone(UTC)
    calendar = empty_calendar(labels(problem.clients)[letter.client.id], problem)
    for _, visits in letter.days:
        for coming in visits:
            if coming.who:
                calendar.add_component(_event(coming, problem, when))
    content: bytes = calendar.to_ical()
    return content


def _event(coming: Coming, problem: Problem, when: datetime) -> Event:
    key = f"{problem.settings.agency}\n{coming.visit}"
    start, zone = at(coming.start, problem), ZoneInfo(ZONE)
    event = Event()
    event.add("uid", f"{sha256(key.encode()).hexdigest()[:32]}@careround")
    event.add("dtstamp", when)
    event.add("dtstart", start.replace(tzinfo=zone))
    event.add("dtend", (start + timedelta(minutes=coming.minutes)).replace(tzinfo=zone))
    event.add("summary", f"Visit: {listed(coming.who)}")
    return event
