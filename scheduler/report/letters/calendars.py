"""Each client's visits as a calendar file for the family. It says who comes and when, but not what for: calendars are
often kept with companies that need not know."""

from __future__ import annotations

from datetime import UTC, datetime, time

from icalendar import Event

from scheduler.problem import Problem
from scheduler.report.calendars import empty_calendar, timed_event
from scheduler.report.feeds import client_key
from scheduler.report.letters.letter import Coming, Letter
from scheduler.report.letters.plain import listed
from scheduler.report.words import labels


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
    event = timed_event(client_key(coming.visit), coming.start, coming.minutes, problem, when)
    event.add("summary", f"Visit: {listed(coming.who)}")
    return event
