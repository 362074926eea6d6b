"""Events from a file: a CSV, a JSON ({"events": [...]}), or the sheet "Events" of a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from scheduler.errors import Fault, InputError
from scheduler.intake.columns import Row, Table, column
from scheduler.intake.json_file import records_of
from scheduler.intake.kinds import (
    CHOICE,
    FOLD,
    EndMoment,
    Id,
    Minutes,
    Moment,
    Number,
    Postcode,
    Text,
    Texts,
    Time,
    Weekdays,
    Whole,
)
from scheduler.intake.one_table import read_one
from scheduler.intake.patterns import minute_of
from scheduler.intake.raw import Source
from scheduler.intake.rows import Sheet, parse_table
from scheduler.problem import Problem
from scheduler.repair.event import Event
from scheduler.units import DAY

WANTED = "Give a CSV, a JSON with a list called events, or an .xlsx with a sheet called Events."

KindName = Literal[
    "absent",
    "late",
    "cancelled",
    "hospital in",
    "hospital out",
    "new package",
    "longer",
    "roads",
    "never",
    "no reply",
]
"""The names of `KINDS` as a cell has them: case, spaces and underscores do not matter."""


class EventRow(Row):
    """One thing that happened, each told on a row of its own."""

    told: Moment = column("When we were told.", "2026-11-24 07:00")
    kind: Annotated[KindName, CHOICE, FOLD] = column("What happened.", "absent")
    carer: Id = column("The carer whom it is about.", "K01", "")
    client: Id = column("The client whom it is about; of a new package perhaps a new one.", "C01", "")
    visit: Id = column("The dated visit that it is about.", "C01-am:2026-11-24", "")
    minutes: Minutes | None = column("Minutes late, or how long a visit is in all.", "", None)
    percent: Whole | None = column("How much longer travel takes.", "", None)
    begins: Moment | None = column("From when on.", "2026-11-24 07:00", None, "when we were told")
    until: EndMoment | None = column(
        "Until when.", "2026-11-24 22:00", None, "the end of that day; for a new package, of the planned days"
    )
    time: Time | None = column("When a new visit is wished for.", "", None)
    weekdays: Weekdays = column("On which days a new visit is wished for.", "", (), "every day")
    carers: Whole = column("How many carers a new visit takes.", "", 1)
    skills: Texts = column("What a new visit's carers must know.", "", ())
    name: Text = column("The name of a new client.", "", "")
    postcode: Postcode = column("Where a new client lives.", "", "")
    lat: Number | None = column("Instead of a postcode.", "", None)
    lon: Number | None = column("Instead of a postcode.", "", None)


TABLE = Table("events", True, EventRow)


def load_events(path: str | Path, problem: Problem) -> tuple[Event, ...]:
    """The events of a file, in the order of its rows. Raises `InputError` with everything that a cell can be wrong in;
    whether the events fit the day is for `take_in` to say."""
    path = Path(path)
    sheet: Sheet[EventRow]
    sheet, faults = read_one(path, TABLE, WANTED, json=True)
    return _events(sheet, faults, problem)


def read_events(rows: Sequence[Mapping[str, str]], problem: Problem) -> tuple[Event, ...]:
    """As `load_events`, of what somebody typed: column -> text for each event; empty cells were left out."""
    source = Source("events")
    source.add(TABLE, source.name, records_of(list(rows), TABLE, source.name, source.faults))
    sheet: Sheet[EventRow] = parse_table(TABLE, source.tables[TABLE.name], source.faults)
    return _events(sheet, source.faults, problem)


def _events(sheet: Sheet[EventRow], faults: list[Fault], problem: Problem) -> tuple[Event, ...]:
    for row in sheet.rows:
        if not isinstance(row.told, datetime):
            cure = f"Write it like '{row.told:%Y-%m-%d} 07:00'."
            faults.append(sheet.fault(row, "told", "the time is missing.", cure))
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    return tuple(_event(row, problem) for row in sheet.rows)


def _event(row: EventRow, problem: Problem) -> Event:
    return Event(
        at=minute_of(row.told, problem.start),
        kind=row.kind.replace(" ", "_"),
        carer=row.carer,
        client=row.client,
        visit=row.visit,
        minutes=row.minutes,
        percent=row.percent,
        begins=None if row.begins is None else minute_of(row.begins, problem.start),
        until=_end(row.until, problem),
        client_time=row.time,
        days=row.weekdays,
        carers=row.carers,
        skills=frozenset(row.skills),
        name=row.name,
        postcode=row.postcode,
        lat=row.lat,
        lon=row.lon,
        row=row.at,
    )


def _end(until: date | datetime | None, problem: Problem) -> int | None:
    """A date alone ends with the day."""
    if until is None:
        return None
    return minute_of(until, problem.start) + (0 if isinstance(until, datetime) else DAY)
