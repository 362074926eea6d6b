"""The few words and formats that map, page, workbook and calendars share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from scheduler.domain import Carer, Client, Visit
from scheduler.problem import Problem
from scheduler.units import DAY, HOUR, WEEKDAYS

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def labels(people: Sequence[Client | Carer]) -> dict[str, str]:
    """Id -> name as people are shown; where two share a name, the id is added in brackets."""
    times = Counter(person.name for person in people)
    return {p.id: p.name if p.name and times[p.name] == 1 else f"{p.name} ({p.id})".strip() for p in people}


def tasks(visit: Visit) -> str:
    """'medication assist, wash'."""
    return ", ".join(task.replace("_", " ") for task in visit.tasks)


def at(minute: int, problem: Problem) -> datetime:
    """Minute of the period -> the wall-clock moment."""
    day, within = divmod(minute, DAY)
    return datetime.combine(problem.date_of(day), time(within // HOUR, within % HOUR))


def weekday(on: date) -> str:
    """A date -> 'Mon'."""
    return WEEKDAYS[on.weekday()]


def short_date(on: date) -> str:
    """A date -> 'Mon 5 Jan'."""
    return f"{weekday(on)} {on.day} {MONTHS[on.month - 1]}"


def period(problem: Problem) -> str:
    """The planned days -> 'Mon 5 Jan - Sun 11 Jan 2026' (with an en dash)."""
    last = problem.start + timedelta(days=problem.days - 1)
    if last == problem.start:
        return f"{short_date(last)} {last.year}"
    year = f" {problem.start.year}" if problem.start.year != last.year else ""
    return f"{short_date(problem.start)}{year} \u2013 {short_date(last)} {last.year}"


def colours(count: int) -> list[str]:
    """So many different colours, calm, dark enough for white figures on them, none of them red: red is for what
    nobody does. Neighbours in the list lie a golden angle apart."""
    return [_oklch((0.55, 0.43, 0.5)[i % 3], 0.115, 55 + i * 137.508 % 310) for i in range(count)]


def contrast(one: str, other: str) -> float:
    """WCAG contrast ratio of two colours such as '#1d2733'."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklch(lightness: float, chroma: float, hue: float) -> str:
    """A colour by how people see it (Ottosson's OKLCH, https://bottosson.github.io/posts/oklab/) -> '#rrggbb'."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    shown = (
        12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055 for c in (max(c, 0.0) for c in linear)
    )
    return "#" + "".join(f"{round(min(c, 1.0) * 255):02x}" for c in shown)
