"""The one door for an agency's data: a folder, a workbook or a JSON file -> a Problem, or every fault at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from scheduler.errors import CareroundError, Fault, InputError, TravelError
from scheduler.intake.build import build
from scheduler.intake.checks.roads import road_warnings
from scheduler.intake.notes import notes
from scheduler.intake.patterns import monday
from scheduler.intake.places import locate_all
from scheduler.intake.read import read
from scheduler.intake.rows import Agency, parse
from scheduler.intake.settings_table import read_settings
from scheduler.intake.validate import faults_of, warnings_of
from scheduler.notes import Note
from scheduler.places.geocoder import Geocoder
from scheduler.problem import Problem
from scheduler.settings import default_settings
from scheduler.travel import STRAIGHT, Choice, Journeys
from scheduler.units import WEEK_DAYS

MOST_DAYS = 92
"""The longest period: a quarter of a year."""


@dataclass(frozen=True)
class Loaded:
    """A Problem and what its data made us doubt. `warnings` have the shape of faults; nothing was left out for them
    but what they say. `journeys` is where the travel times come from, `agency` the rows behind the problem; `notes` are
    what people said: no plan is made by them."""

    problem: Problem
    warnings: tuple[Fault, ...]
    journeys: Journeys
    agency: Agency
    notes: tuple[Note, ...] = ()


def load(source: str | Path, start: date | None = None, days: int = WEEK_DAYS) -> Problem:
    """The Problem of `days` days from `start` on (without it: from the next Monday). Raises `InputError`."""
    return load_with_warnings(source, start, days).problem


def load_with_warnings(
    source: str | Path,
    start: date | None = None,
    days: int = WEEK_DAYS,
    travel: Choice = STRAIGHT,
    geocoder: Geocoder | None = None,
) -> Loaded:
    """As `load`, and everything that is legal but looks wrong or cannot be met. `travel` chooses where travel times
    come from (TravelError where they do not come); `geocoder` is asked for postcodes that are not known offline."""
    start = start or next_monday(date.today())
    _require_period(start, days)
    found = read(Path(source))
    agency, cell_faults = parse(found)
    places = locate_all(agency, geocoder)
    values, setting_faults = read_settings(agency.settings)
    faults = [*found.faults, *cell_faults, *setting_faults, *faults_of(agency, places)]
    if faults:
        raise InputError(list(dict.fromkeys(faults)))
    try:
        problem, journeys = build(agency, places, values, start, days, travel)
    except TravelError:
        raise
    except CareroundError as error:
        raise InputError(
            [Fault(found.name, None, None, None, str(error), "Mend the row that it names.")]
        ) from error
    warnings = (*road_warnings(agency, journeys), *found.warnings, *warnings_of(agency, places, problem))
    return Loaded(problem, warnings, journeys, agency, notes(agency, start))


def next_monday(after: date) -> date:
    """The first Monday after this day."""
    return monday(after) + timedelta(days=WEEK_DAYS)


def _require_period(start: date, days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        cure = f"Plan from 1 to {MOST_DAYS} days at a time."
        raise InputError(
            [Fault("the period", None, "days", str(days), "a period cannot have so many days.", cure)]
        )
    try:
        default_settings(start)
    except CareroundError as error:
        cure = "Choose another first day."
        raise InputError([Fault("the period", None, "start", start.isoformat(), str(error), cure)]) from error
