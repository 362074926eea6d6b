"""The kinds of columns: each is a type for a row model, with its name, how it is written, and its parser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator

from scheduler.intake import parsers


@dataclass(frozen=True, slots=True)
class Kind:
    """What a column holds, in the word that template and documentation show, and how it is written."""

    name: str
    written: str


Text = Annotated[str, Kind("text", "any text")]
Id = Annotated[str, Kind("id", "an id"), BeforeValidator(parsers.parse_id)]
Postcode = Annotated[str, Kind("postcode", "such as NP20 1AA"), BeforeValidator(parsers.parse_postcode)]
Texts = Annotated[
    tuple[str, ...], Kind("list", "entries separated by ;"), BeforeValidator(parsers.parse_list)
]
YesNo = Annotated[bool, Kind("yes/no", "yes or no"), BeforeValidator(parsers.parse_yes_no)]
Number = Annotated[float, Kind("number", "a decimal number"), BeforeValidator(parsers.parse_number)]
Whole = Annotated[int, Kind("whole number", "a whole number"), BeforeValidator(parsers.parse_whole)]
Minutes = Annotated[int, Kind("minutes", "whole minutes"), BeforeValidator(parsers.parse_minutes)]
"""Whole minutes."""
Hours = Annotated[int, Kind("hours", "decimal hours, such as 37.5"), BeforeValidator(parsers.parse_hours)]
"""Written in hours, held in minutes."""
Pounds = Annotated[int, Kind("pounds", "pounds, such as 12.71"), BeforeValidator(parsers.parse_pounds)]
"""Written in pounds, held in pence."""
Date = Annotated[date, Kind("date", "YYYY-MM-DD"), BeforeValidator(parsers.parse_date)]
Moment = Annotated[
    date | datetime,
    Kind("date or time", "YYYY-MM-DD or YYYY-MM-DD HH:MM"),
    BeforeValidator(parsers.parse_moment),
]
EndMoment = Annotated[
    date | datetime,
    Kind("date or time", "YYYY-MM-DD or YYYY-MM-DD HH:MM, at the latest 24:00"),
    BeforeValidator(parsers.parse_end_moment),
]
Time = Annotated[int, Kind("time", "HH:MM"), BeforeValidator(parsers.parse_time)]
"""Minute of the day."""
EndTime = Annotated[int, Kind("time", "HH:MM, at the latest 24:00"), BeforeValidator(parsers.parse_end)]
"""Minute of the day, or its end."""
Weekdays = Annotated[
    tuple[int, ...],
    Kind("weekdays", "daily, Mon-Fri or Mon;Wed;Sun"),
    BeforeValidator(parsers.parse_weekdays),
]
"""Days of the week, Monday 0."""

CHOICE = Kind("choice", "one of the choices")
FOLD = BeforeValidator(parsers.parse_choice)
"""To be put on a `Literal` or a `StrEnum`."""
COUNT = Kind("whole number", "a whole number")
WHOLE = BeforeValidator(parsers.parse_whole)
"""To be put on a `Literal` of numbers."""
