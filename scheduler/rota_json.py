"""A Rota as JSON, both ways. Starts are wall-clock times, so that the file can be read by people.

{"careround": "rota", "version": 1, "start": "2026-11-23", "days": 7, "legs": [
  {"visit": "C01-am:2026-11-23", "carer": "K01", "start": "2026-11-23T08:30", "minutes": 45, "second": false}]}
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

from scheduler.errors import Fault, InputError
from scheduler.rota import Leg, Rota
from scheduler.units import DAY, HOUR

VERSION = 1


def to_json(rota: Rota) -> str:
    """The rota as text, one leg a line."""
    head = {"careround": "rota", "version": VERSION, "start": rota.start.isoformat(), "days": rota.days}
    legs = ",\n".join(f"  {json.dumps(_plain(leg, rota.start))}" for leg in rota.legs)
    return json.dumps(head)[:-1] + ', "legs": [' + (f"\n{legs}\n" if legs else "") + "]}\n"


def from_json(text: str | bytes, file: str = "rota.json") -> Rota:
    """The rota of that text; raises `InputError`. Whether its visits and carers exist is not asked here."""
    try:
        found = json.loads(text)
        start, days = header(found, file)
        return Rota(start, days, tuple(_leg(leg, start) for leg in found["legs"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        cure = "Give a file that careround wrote, or a CSV with the columns visit, carer and start."
        problem = f"this is not a rota in JSON ({type(error).__name__}: {error})."
        raise InputError([Fault(file, None, None, None, problem, cure)]) from error


def header(found: Any, file: str) -> tuple[date, int]:
    """Start and days of what was read; raises `InputError` where it is no rota of a version that we know."""
    if not isinstance(found, dict) or found.get("careround") != "rota":
        cure = 'A rota begins with {"careround": "rota", "version": 1, "start": ..., "days": ..., "legs": [...]}.'
        raise InputError([Fault(file, None, "careround", None, "this JSON is not a rota.", cure)])
    if found.get("version") != VERSION:
        cure = f"This careround reads version {VERSION}."
        raise InputError(
            [Fault(file, None, "version", str(found.get("version")), "this version is not known.", cure)]
        )
    try:
        start, days = date.fromisoformat(found["start"]), int(found["days"])
    except (ValueError, KeyError, TypeError) as error:
        cure = 'Write "start": "2026-11-23" and "days": 7.'
        raise InputError(
            [Fault(file, None, "start", None, "it is not said which days these are.", cure)]
        ) from error
    return start, days


def _plain(leg: Leg, start: date) -> dict[str, Any]:
    at = datetime(start.year, start.month, start.day) + timedelta(minutes=leg.start)
    return {
        "visit": leg.visit,
        "carer": leg.carer,
        "start": at.isoformat(timespec="minutes"),
        "minutes": leg.minutes,
        "second": leg.second,
    }


def _leg(plain: dict[str, Any], start: date) -> Leg:
    at = datetime.fromisoformat(plain["start"])
    minute = (at.date() - start).days * DAY + at.hour * HOUR + at.minute
    return Leg(
        minute, str(plain["carer"]), str(plain["visit"]), int(plain["minutes"]), plain.get("second") is True
    )
