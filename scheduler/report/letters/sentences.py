"""The sentences of a letter, short and said to the person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.report.letters.letter import Coming, Face, Letter
from scheduler.report.letters.plain import DAYS, MONTHS, counted, listed, times
from scheduler.report.letters.since import Change

MANY = 8
"""Of so many moved starts each is told; where there are more, the letter points to the times of the visits."""
LIKES = 3
"""So many things that a new carer likes are told."""


def full_date(on: date) -> str:
    """'Monday 23 November'."""
    return f"{DAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}"


def opening(letter: Letter) -> list[str]:
    """What the letter is about, and the week in figures."""
    span = f"from {full_date(letter.first)} to {full_date(letter.last)}"
    if letter.first == letter.last:
        span = f"on {full_date(letter.first)}"
    told = [f"This letter tells you who will come to see you {span}."]
    if not letter.visits:
        return [*told, "You have no visits in this time."]
    told.append(f"You have {counted(letter.visits, 'visit')}.")
    if letter.faces:
        told.append(f"{counted(len(letter.faces), 'carer')} will come.")
    if letter.new_faces:
        told.append(f"{letter.new_faces} of them {'is' if letter.new_faces == 1 else 'are'} new to you.")
    elif letter.faces:
        told.append("You have met them all." if len(letter.faces) > 1 else "You have met before.")
    if letter.unallocated:
        told.append(f"For {counted(letter.unallocated, 'visit')} we have no carer yet.")
    return told


def face(one: Face) -> list[str]:
    """A carer who comes: known, or new and then introduced, what the two share first."""
    told = [f"{one.name} comes {times(one.visits)}."]
    if not one.new:
        return [*told, f"You have met {one.short} before."]
    told.append(f"{one.short} is new to you.")
    if one.interests:
        told.append(f"You both like {listed(one.interests)}.")
    if one.languages:
        told.append(f"You both know {listed(one.languages)}.")
    if one.likes:
        also = "also likes" if one.interests else "likes"
        told.append(f"{one.short} {also} {listed(one.likes[:LIKES])}.")
    return told


def visit(coming: Coming) -> list[str]:
    """Who comes, for how long and what for; the time stands beside it."""
    if not coming.who:
        return ["We have no carer for this visit yet.", "We are still looking.", _what_for(coming)]
    verb = "comes" if len(coming.who) == 1 else "come"
    told = [f"{listed(coming.who)} {verb} for {counted(coming.minutes, 'minute')}."]
    if coming.together:
        told.append(f"{coming.who[1]} stays for {counted(coming.together, 'minute')}.")
    return [*told, _what_for(coming)]


def _what_for(coming: Coming) -> str:
    return f"It is for {listed(coming.what)}."


def what_changed(letter: Letter) -> list[list[str]]:
    """Each change with its reason; one sentence where nothing is different."""
    if not letter.changes:
        return [["Your visits are as they were before."]]
    moved = [change for change in letter.changes if change.kind == "time"]
    told = [change for change in letter.changes if change.kind != "time" or len(moved) <= MANY]
    found = [list(_change(change, letter)) for change in told]
    if len(moved) > MANY:
        found.append(["Some visits start at a new time.", "Please look at the times in this letter."])
    return found


def _change(change: Change, letter: Letter) -> Iterator[str]:
    when = f"{_on(change, letter)} {change.when}"
    gone, come = listed([name for name in change.gone if name]), listed(change.come)
    match change.kind:
        case "carer" if come:
            verb = "comes" if len(change.come) == 1 else "come"
            if change.gone:
                yield f"{when}, {come} {verb}{f', not {gone}' if gone else ''}."
            else:
                yield f"{when}, {come} {verb} as well."
        case "carer":
            yield f"{when}, {gone or 'one of your carers'} will not come."
        case "time":
            yield f"{when}, the visit starts at {change.now}."
            yield f"It was at {change.then}."
        case "lost":
            yield f"{when}, we have no carer yet."
            if gone:
                yield f"Before, it was {gone}."
        case "new":
            yield f"{when}, you have a new visit."
        case "gone":
            yield f"{when}, you have no visit this time."
    if change.why:
        yield change.why


def _on(change: Change, letter: Letter) -> str:
    """'On Monday and Friday', 'Every day'; dates where a day of the week comes more than once."""
    days = (letter.last - letter.first).days + 1
    if len(change.days) == days > 1:
        return "Every day"
    if days > len(DAYS):
        return f"On {listed([full_date(day) for day in change.days])}"
    return f"On {listed([DAYS[day.weekday()] for day in change.days])}"


def closing(phone: str) -> list[str]:
    """Whom to ask."""
    how = f"Phone us on {phone}." if phone else "Please phone us."
    return ["Is something not right?", "Would you like a change?", how, "We are here to help you."]
