"""How a page is made: Jinja2 with everything escaped, and what every page knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from api.database.models import JobState, RotaState
from api.security.guard import Desk
from api.security.rights import Right
from api.security.sign_in import Person
from api.web.measure_words import value_in_words
from api.web.shelf import asset
from scheduler.measures import GROUPS
from scheduler.report.calendars import ZONE
from scheduler.report.html import HERE as REPORTS
from scheduler.report.html import cell
from scheduler.report.words import short_date
from scheduler.units import SIXTIETHS, WEEKDAYS, clock, end_clock, hours, pounds

HERE = Path(__file__).parent
STATES = {
    RotaState.DRAFT: "draft",
    RotaState.PUBLISHED: "published",
    RotaState.SUPERSEDED: "superseded",
    JobState.QUEUED: "waiting",
    JobState.RUNNING: "running",
    JobState.DONE: "done",
    JobState.STOPPED: "stopped",
    JobState.FAILED: "failed",
    JobState.INTERRUPTED: "interrupted",
}


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader([HERE / "templates", REPORTS / "templates"]),  # their tables are ours too
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "clock": clock,
        "end_clock": end_clock,
        "hours": hours,
        "pounds": pounds,
        "cell": cell,
        "said": value_in_words,
        "pence": lambda amount: pounds(amount * SIXTIETHS),
        "day": lambda on: f"{WEEKDAYS[on.weekday()]} {on.day} {on:%B}",
        "short": short_date,
        "moment": lambda at: f"{at.astimezone(ZoneInfo(ZONE)):%d %b %Y, %H:%M}",
    }
    environment.globals |= {"Right": Right, "states": STATES, "asset": asset, "measure_groups": GROUPS}
    return environment


_pages = _environment()


def page(
    request: Request,
    template: str,
    desk: Desk | None = None,
    person: Person | None = None,
    status: int = 200,
    **known: Any,
) -> Response:
    """The page of that template, for whoever is there."""
    who = desk.person if desk else person
    everything = {
        "desk": desk,
        "person": who,
        "csrf": who.csrf if who else "",
        **known,
    }
    html = _pages.get_template(template).render(everything)
    return Response(html, status, media_type="text/html")
