"""From the text of a cell to the value that the planner uses: one parser for each kind of column.

A parser gives the value or calls `cell_error(problem, cure)`: plain English, with the spelling that would do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from pydantic_core import PydanticCustomError

from scheduler.errors import CareroundError
from scheduler.intake.guesses import guess_date, guess_minutes, guess_time
from scheduler.places import normalise
from scheduler.units import DAY, HOUR, WEEK_DAYS

MOST = 10**9
"""No number in any table is larger; a larger one is a slip, and would break what follows."""
YEARS = range(1900, 2200)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {"daily": range(7), "every day": range(7), "weekdays": range(5), "weekends": range(5, 7)}
_DAYS_CURE = "Write 'daily', 'Mon-Fri' or 'Mon;Wed;Sun'."


def cell_error(problem: str, cure: str) -> NoReturn:
    """Refuse a cell."""
    raise PydanticCustomError("cell", "{problem}", {"problem": problem, "cure": cure})


def parse_id(text: str) -> str:
    if ";" in text:
        cell_error("an id cannot hold ';', which separates the entries of a list.", "Use another sign.")
    return text


def parse_postcode(text: str) -> str:
    """As Royal Mail writes it; whether it exists is asked later, for all postcodes at once."""
    try:
        return normalise(text)
    except CareroundError as error:
        return cell_error(str(error), "Correct it, or leave it empty and give lat and lon.")


def parse_list(text: str) -> tuple[str, ...]:
    """'a; b' -> ('a', 'b'): order kept, empty and repeated entries dropped."""
    return tuple(dict.fromkeys(" ".join(part.split()) for part in text.split(";") if part.strip()))


def parse_choice(text: str) -> str:
    """Choices are matched whatever their case, spaces and underscores."""
    return " ".join(text.replace("_", " ").split()).lower()


def parse_yes_no(text: str) -> bool:
    word = text.lower()
    if word in ("yes", "y", "true", "1"):
        return True
    if word in ("no", "n", "false", "0"):
        return False
    return cell_error("this is neither yes nor no.", "Write 'yes' or 'no'.")


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        comma = re.fullmatch(r"[+-]?[0-9]+,[0-9]{1,2}", text)
        cell_error(
            "this is not a number.", f"Write '{text.replace(',', '.')}'." if comma else "Write digits: '12'."
        )
    if not value.is_finite() or abs(value) > MOST:
        cell_error("this number is out of all bounds.", "Write the real figure.")
    return value


def parse_number(text: str) -> float:
    return float(_decimal(text))


def parse_whole(text: str) -> int:
    value = _decimal(text)
    if value != value.to_integral_value():
        cell_error("this is not a whole number.", f"Write '{int(value)}' or '{int(value) + 1}'.")
    return int(value)


def _within(value: int, most: int) -> int:
    if value < 0:
        cell_error("this is below zero.", "Write 0 or more.")
    if value > most:
        cell_error("this is more than there can be.", "Write the real figure.")
    return value


def parse_minutes(text: str) -> int:
    if (guess := guess_minutes(text)) is not None:
        cell_error("minutes are written as a whole number.", f"Write '{guess}'.")
    return _within(parse_whole(text), WEEK_DAYS * DAY)


def parse_hours(text: str) -> int:
    """Decimal hours -> minutes."""
    if (guess := guess_minutes(text)) is not None:
        cell_error("hours are written as a decimal number.", f"Write '{round(guess / HOUR, 2):g}'.")
    return _within(round(_decimal(text) * HOUR), WEEK_DAYS * DAY)


def parse_pounds(text: str) -> int:
    """Pounds -> pence."""
    value = _decimal(text.removeprefix("£").strip()) * 100
    if value != value.to_integral_value():
        cell_error("an amount has pounds and whole pence.", f"Write '{round(value) / 100:.2f}'.")
    return _within(int(value), MOST)


def parse_date(text: str) -> date:
    day, _, midnight = text.partition(" ")
    if midnight not in ("", "00:00", "00:00:00") or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        cell_error("a date is written year-month-day.", guess_date(text))
    try:
        found = date.fromisoformat(day)
    except ValueError:
        cell_error("there is no such day in the calendar.", "Check the month and the day: year-month-day.")
    if found.year not in YEARS:
        cell_error("this year is out of all bounds.", f"Write a year from {YEARS[0]} to {YEARS[-1]}.")
    return found


def parse_end(text: str) -> int:
    """'08:30' -> minute of the day; '24:00' is the end of the day."""
    found = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})(?::00)?", text)
    minute = int(found[1]) * HOUR + int(found[2]) if found and int(found[2]) < HOUR else DAY + 1
    if minute > DAY:
        cell_error("a time is written hours:minutes.", guess_time(text))
    return minute


def parse_time(text: str) -> int:
    """'08:30' -> minute of the day."""
    minute = parse_end(text)
    if minute == DAY:
        cell_error(
            "a day ends at 24:00, so nothing starts then.", "Write '23:59', or '00:00' of the next day."
        )
    return minute


def parse_moment(text: str) -> date | datetime:
    """A date, or a date and the time at which something begins."""
    return _moment(text, parse_time)


def parse_end_moment(text: str) -> date | datetime:
    """A date, or a date and the time at which something ends: 24:00 is the next day's first minute."""
    return _moment(text, parse_end)


def _moment(text: str, minute: Callable[[str], int]) -> date | datetime:
    day, _, clock = text.replace("T", " ").partition(" ")
    if clock.strip() in ("", "00:00:00"):
        return parse_date(day)
    return datetime.combine(parse_date(day), time()) + timedelta(minutes=minute(clock.strip()))


def parse_weekdays(text: str) -> tuple[int, ...]:
    """'daily', 'Mon-Fri', 'Mon;Wed;Sun' -> days of the week, Monday 0."""
    days: set[int] = set()
    for part in re.split(r"[;,/]", text.lower()):
        word = " ".join(part.split())
        if word in _GROUPS:
            days.update(_GROUPS[word])
        elif "-" in word:
            first, last = map(_weekday, word.split("-", 1))
            days.update((first + i) % WEEK_DAYS for i in range((last - first) % WEEK_DAYS + 1))
        elif word:
            days.add(_weekday(word))
    if not days:
        cell_error("this names no day of the week.", _DAYS_CURE)
    return tuple(sorted(days))


def _weekday(text: str) -> int:
    """'mon', 'tues' or 'sundays' -> the day's number."""
    word = text.strip().removesuffix("s")
    for number, name in enumerate(_WEEKDAYS):
        if len(word) >= 3 and name.startswith(word):
            return number
    return cell_error(f"{text.strip()!r} is no day of the week.", _DAYS_CURE)
