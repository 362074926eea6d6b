"""What a cell may hold: one parser for each kind of column, from text to the value that the planner uses.

A parser gives the value or calls `cell_error(problem, cure)`: plain English, with the spelling that would do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, NoReturn

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from scheduler.intake.guesses import guess_date, guess_minutes, guess_time
from scheduler.units import DAY, HOUR, WEEKDAYS

MOST = 10**9
"""No number in any table is larger; a larger one is a slip, and would slow or break what follows."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a column holds, in the word that template and documentation show, and how it is written."""

    name: str
    written: str


def cell_error(problem: str, cure: str) -> NoReturn:
    """Refuse a cell."""
    raise PydanticCustomError("cell", "{problem}", {"problem": problem, "cure": cure})


def parse_id(text: str) -> str:
    if ";" in text:
        cell_error("an id cannot hold ';', which separates the entries of a list.", "Use another sign.")
    return text


def parse_list(text: str) -> tuple[str, ...]:
    """'a; b' -> ('a', 'b'): order kept, empty and repeated entries dropped."""
    return tuple(dict.fromkeys(" ".join(part.split()) for part in text.split(";") if part.strip()))


def parse_choice(text: str) -> str:
    """Choices are matched whatever their case and inner spaces."""
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
        comma = text.replace(",", ".")
        cure = (
            f"Write {comma!r}." if re.fullmatch(r"[+-]?\d+,\d{1,2}", text) else "Write digits, such as '12'."
        )
        cell_error("this is not a number.", cure)
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


def parse_minutes(text: str) -> int:
    if (guess := guess_minutes(text)) is not None:
        cell_error("minutes are written as a whole number.", f"Write '{guess}'.")
    return parse_whole(text)


def parse_hours(text: str) -> int:
    """Decimal hours -> minutes."""
    if re.fullmatch(r"\d{1,3}:[0-5]\d", text):
        whole, part = text.split(":")
        cell_error("hours are written as a decimal number.", f"Write '{int(whole) + int(part) / HOUR:.2f}'.")
    return round(_decimal(text) * HOUR)


def parse_pounds(text: str) -> int:
    """Pounds -> pence."""
    value = _decimal(text.removeprefix("£").strip()) * 100
    if value != value.to_integral_value():
        cell_error("an amount has pounds and whole pence.", f"Write '{round(value) / 100:.2f}'.")
    return int(value)


def parse_date(text: str) -> date:
    day, _, rest = text.partition(" ")
    if rest in ("", "00:00", "00:00:00") and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day):
        try:
            return date.fromisoformat(day)
        except ValueError:
            cell_error(
                "there is no such day in the calendar.", "Check the month and the day: year-month-day."
            )
    return cell_error("a date is written year-month-day.", guess_date(text))


def _clock(text: str) -> int:
    found = re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", text)
    minute = int(found[1]) * HOUR + int(found[2]) if found and int(found[2]) < HOUR else None
    if minute is None or minute > DAY:
        cell_error("a time is written hours:minutes, from 00:00 to 23:59.", guess_time(text))
    return minute


def parse_time(text: str) -> int:
    """'08:30' -> minute of the day."""
    minute = _clock(text)
    if minute == DAY:
        cell_error(
            "a day ends at 24:00, so nothing starts then.", "Write '23:59', or '00:00' on the next day."
        )
    return minute


def parse_end(text: str) -> int:
    """As `parse_time`, and '24:00' is the end of the day."""
    return _clock(text)


def parse_moment(text: str) -> date | datetime:
    """A date, or a date and a time."""
    day, _, clock = text.replace("T", " ").partition(" ")
    if clock in ("", "00:00:00"):
        return parse_date(day)
    minute = parse_time(clock.strip())
    return datetime.combine(parse_date(day), datetime.min.time()).replace(
        hour=minute // HOUR, minute=minute % HOUR
    )


_DAYS = {day.lower(): i for i, day in enumerate(WEEKDAYS)}
_GROUPS = {"daily": range(7), "every day": range(7), "weekdays": range(5), "weekends": range(5, 7)}


def _weekday(text: str) -> int:
    word = text.strip().lower().removesuffix("s")
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    for number, name in enumerate(full):
        if len(word) >= 3 and name.startswith(word):
            return number
    return cell_error(
        f"{text.strip()!r} is no day of the week.", "Write 'daily', 'Mon-Fri' or 'Mon;Wed;Sun'."
    )


def parse_weekdays(text: str) -> tuple[int, ...]:
    """'daily', 'Mon-Fri', 'Mon;Wed;Sun' -> days of the week, Monday 0."""
    days: set[int] = set()
    for part in re.split(r"[;,/]", text.lower()):
        word = " ".join(part.split())
        if word in _GROUPS:
            days.update(_GROUPS[word])
        elif "-" in word:
            first, last = map(_weekday, word.split("-", 1))
            days.update((first + i) % 7 for i in range((last - first) % 7 + 1))
        elif word:
            days.add(_weekday(word))
    if not days:
        cell_error("this names no day of the week.", "Write 'daily', 'Mon-Fri' or 'Mon;Wed;Sun'.")
    return tuple(sorted(days))


Text = Annotated[str, Kind("text", "any text")]
Id = Annotated[str, Kind("id", "letters and digits, each id once"), BeforeValidator(parse_id)]
Texts = Annotated[tuple[str, ...], Kind("list", "entries separated by ;"), BeforeValidator(parse_list)]
YesNo = Annotated[bool, Kind("yes/no", "yes or no"), BeforeValidator(parse_yes_no)]
Number = Annotated[float, Kind("number", "a decimal number"), BeforeValidator(parse_number)]
Whole = Annotated[int, Kind("whole number", "a whole number"), BeforeValidator(parse_whole)]
Minutes = Annotated[int, Kind("minutes", "whole minutes"), BeforeValidator(parse_minutes)]
Hours = Annotated[int, Kind("hours", "decimal hours, such as 37.5"), BeforeValidator(parse_hours)]
Pounds = Annotated[int, Kind("pounds", "pounds, such as 12.71"), BeforeValidator(parse_pounds)]
Date = Annotated[date, Kind("date", "YYYY-MM-DD"), BeforeValidator(parse_date)]
Moment = Annotated[
    date | datetime, Kind("date or time", "YYYY-MM-DD or YYYY-MM-DD HH:MM"), BeforeValidator(parse_moment)
]
Time = Annotated[int, Kind("time", "HH:MM"), BeforeValidator(parse_time)]
EndTime = Annotated[int, Kind("time", "HH:MM, 24:00 for the end of the day"), BeforeValidator(parse_end)]
Weekdays = Annotated[
    tuple[int, ...], Kind("weekdays", "daily, Mon-Fri or Mon;Wed;Sun"), BeforeValidator(parse_weekdays)
]
CHOICE = Kind("choice", "one of the choices")
FOLD = BeforeValidator(parse_choice)
