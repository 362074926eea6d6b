"""What somebody may have meant: the spelling offered as a cure. A guess is shown, never used as the value."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta

from scheduler.units import DAY, HOUR

_EXCEL_EPOCH = date(1899, 12, 30)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = {"quarter of an hour": 15, "half an hour": 30, "half hour": 30, "three quarters of an hour": 45}
_WORDS |= {"an hour": 60, "one hour": 60, "hour and a half": 90, "an hour and a half": 90, "two hours": 120}


def guess_date(text: str) -> str:
    """'11/23/2026' -> a cure with the ISO spelling; both spellings where day and month could be exchanged."""
    if re.fullmatch(r"[345]\d{4}", text):
        return f"If this is a date as Excel keeps it, write '{_EXCEL_EPOCH + timedelta(days=int(text))}'."
    found = re.search(r"(\d{1,4})[/.\- ](\d{1,2}|[A-Za-z]{3,9})[/.\-, ]+(\d{1,4})", text)
    if not found:
        return "Write it like '2026-11-23'."
    first, middle, last = found.groups()
    month = next((i for i, name in enumerate(_MONTHS, 1) if middle.lower().startswith(name)), 0)
    if month:
        readings = [(last, month, first)]
    elif not middle.isdigit():
        return "Write it like '2026-11-23'."
    elif len(first) == 4:
        readings = [(first, int(middle), last)]
    else:
        readings = [(last, int(middle), first), (last, int(first), middle)]
    days = []
    for year, month, day in readings:
        with suppress(ValueError):
            days.append(date(int(year) + (2000 if len(year) <= 2 else 0), month, int(day)))
    days = list(dict.fromkeys(days))
    if not days:
        return "Write it like '2026-11-23'."
    if len(days) == 1:
        return f"Write '{days[0].isoformat()}'."
    return f"Write {' or '.join(f'{d.isoformat()!r} for {d.day} {d:%B}' for d in days)}."


def guess_time(text: str) -> str:
    """'8.30', '0830', '8am', '8:30 pm' -> a cure with the time as we write it."""
    found = re.fullmatch(r"(\d{1,2})(?:[:.h ]?(\d{2}))?(?::\d\d)?\s*([ap]\.?m\.?)?", text.strip().lower())
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3]:
            hour = hour % 12 + (12 if found[3].startswith("p") else 0)
        if hour < 24 and minute < HOUR:
            return f"Write '{hour:02d}:{minute:02d}'."
    if re.fullmatch(r"0?\.\d+", text):
        minute = round(float(text) * DAY)
        return f"If this is a time as Excel keeps it, write '{minute // HOUR:02d}:{minute % HOUR:02d}'."
    return "Write it like '08:30'."


def guess_minutes(text: str) -> int | None:
    """'half an hour', '1 h 30', '45 min' -> the minutes; None for what needs no guess, such as '45'."""
    if text.isdigit():
        return None
    words = " ".join(text.lower().split())
    if words in _WORDS:
        return _WORDS[words]
    if found := re.fullmatch(r"(\d+) ?(?:m|mins?|minutes?)\.?", words):
        return int(found[1])
    if found := re.fullmatch(
        r"(\d+(?:\.\d+)?) ?(?:h|hrs?|hours?)\.?(?: ?(\d+) ?(?:m|mins?|minutes?)?\.?)?", words
    ):
        return round(float(found[1]) * HOUR) + int(found[2] or 0)
    if found := re.fullmatch(r"(\d{1,2}):([0-5]\d)", words):
        return int(found[1]) * HOUR + int(found[2])
    return None
