"""Taking the events of a day in, in order of time: what fits is applied, what is told twice is merged, what contradicts
another is refused, all of it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from scheduler.errors import CareroundError, Fault, InputError
from scheduler.problem import Problem
from scheduler.repair.day import Day, settle
from scheduler.repair.event import Event, Refusal
from scheduler.repair.kinds import kind
from scheduler.repair.words import moment
from scheduler.units import DAY, WEEKDAYS, clock, end_clock

COLUMNS = {"at": "told", "client_time": "time", "days": "weekdays"}
"""Fields that a table calls otherwise."""


def take_in(day: Day, events: Iterable[Event], now: int | None = None, file: str = "events") -> Day:
    """The day after all events, at the minute `now` (without it: at the last event). Raises `InputError` with all
    that is refused; nothing is half applied."""
    told = list(events)
    ordered = sorted(told, key=lambda event: event.at)
    faults: list[Fault] = []
    if ordered != told:
        day = day.noting("The events were not in order of time; they were taken in that order.")
    seen: set[Event] = set()
    for event in ordered:
        if event in seen:
            day = day.noting(f"{kind(event.kind).sentence(event, day.base)} Told twice, taken once.")
            continue
        seen.add(event)
        try:
            day = _one(day, event)
        except Refusal as refusal:
            faults.append(_fault(event, refusal, file, day.base))
        except CareroundError as error:
            faults.append(
                Fault(file, event.row, None, event.kind, str(error), "Correct it, or leave it out.")
            )
    last = max([day.now, *(event.at for event in ordered)])
    if now is not None and now < last:
        heard = moment(last, day.problem)
        problem = f"the repair is asked for at {moment(now, day.problem)}, before an event that is heard of at {heard}."
        faults.append(Fault(file, None, "told", None, problem, "Correct the event, or --now."))
    if faults:
        raise InputError(faults)
    moment_of = last if now is None else now
    return settle(replace(day, now=moment_of, problem=day.problem.replace(now=moment_of)))


def _one(day: Day, event: Event) -> Day:
    one = kind(event.kind)
    if not 0 <= event.at < day.problem.days * DAY:
        raise Refusal("told", "this is outside the days that are planned.", "Correct the date.")
    for name in one.wanted:
        if getattr(event, name) in (None, "", ()):
            raise Refusal(COLUMNS.get(name, name), f"'{one.name}' needs it.", "Write it.")
    for part in fields(event):
        given = part.name not in ("at", "kind", "row") and getattr(event, part.name) != part.default
        if given and part.name not in (*one.wanted, *one.allowed):
            raise Refusal(
                COLUMNS.get(part.name, part.name), f"'{one.name}' has no use for it.", "Leave it empty."
            )
    return one.apply(event, replace(day, now=max(day.now, event.at)))


def _fault(event: Event, refusal: Refusal, file: str, problem: Problem) -> Fault:
    names = {shown: name for name, shown in COLUMNS.items()}
    value = getattr(event, names.get(refusal.column, refusal.column))
    given = None if value in (None, "", ()) else _as_written(refusal.column, value, problem)
    return Fault(file, event.row, refusal.column, given, refusal.problem, refusal.cure)


def _as_written(column: str, value: Any, problem: Problem) -> str:
    """The value as somebody wrote it, rather than in minutes of the period."""
    if column == "until":
        return f"{problem.date_of((value - 1) // DAY)} {end_clock(value)}"
    if column in ("told", "begins"):
        return f"{problem.date_of(value // DAY)} {clock(value)}"
    if column == "time":
        return clock(value)
    if column == "weekdays":
        return ", ".join(WEEKDAYS[day] for day in value)
    return str(value)
