"""Dates and numbers as people type them on the command line, refused with their cure."""

from __future__ import annotations

import math
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date, datetime


def a_date(text: str) -> date:
    """'2026-11-23'; the order of day and month in '03/04/2026' would be a guess."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date; write it as 2026-11-23") from None


def a_moment(text: str) -> datetime:
    """'2026-11-24 14:00'; a date alone could mean its beginning or its end."""
    try:
        if len(text) < len("2026-11-24 14:00"):
            raise ValueError
        return datetime.fromisoformat(text).replace(tzinfo=None, second=0, microsecond=0)
    except ValueError:
        raise ArgumentTypeError(
            f"{text!r} is not a date with a time; write it as '2026-11-24 14:00'"
        ) from None


def a_whole_number(least: int, most: int) -> Callable[[str], int]:
    """A whole number within bounds."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            raise ArgumentTypeError(f"{text!r} cannot be used; give a whole number from {least} to {most:,}")
        return number

    return read


def some_seconds(text: str) -> float:
    """More than none, and not for ever."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise ArgumentTypeError(f"{text!r} cannot be used; give a number of seconds above 0")
    return seconds
