"""What several commands share: the arguments SOURCE, ROTA, --from and --days, and the data behind them."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.cli.arguments import a_date, a_whole_number
from scheduler.cli.roads import add_travel, choice_of, geocoder_of, tell
from scheduler.errors import Fault, InputError, OutputError
from scheduler.units import WEEK_DAYS

if TYPE_CHECKING:
    from scheduler.intake.load import Loaded

WARNINGS_SHOWN = 10
MOST_DAYS = 92
"""The longest period, as `load` has it (which is not asked: the help should come at once)."""


def add_source(parser: argparse.ArgumentParser, rota: bool = False) -> None:
    """SOURCE, if wanted ROTA, and the period."""
    parser.add_argument(
        "source", metavar="SOURCE", type=Path, help="folder of CSV files, an .xlsx workbook or a .json file"
    )
    if rota:
        help = "rota.json, a .csv, or an .xlsx with a sheet Rota"
        parser.add_argument("rota", metavar="ROTA", type=Path, help=help)
    own = "the rota's own, where it is known, or " if rota else ""
    help = f"first day of the period, as 2026-11-23 (default: {own}next Monday)"
    parser.add_argument("--from", dest="start", metavar="DATE", type=a_date, help=help)
    help = f"length of the period in days (default: {own}{WEEK_DAYS})"
    parser.add_argument("--days", metavar="N", type=a_whole_number(1, MOST_DAYS), help=help)
    add_travel(parser)


def add_out(parser: argparse.ArgumentParser) -> None:
    """--out, the folder of the results."""
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")


def period_of(rota: Path) -> tuple[date | None, int | None]:
    """First day and days of a rota, as `plan` wrote them into rota.json, or into the summary beside another file."""
    for path, first in ((rota, "start"), (rota.with_name("summary.json"), "from")):
        if path.suffix.lower() == ".json":
            try:
                found = json.loads(path.read_bytes())
                return date.fromisoformat(found[first]), int(found["days"])
            except (OSError, ValueError, LookupError, TypeError):
                continue
    return None, None


def load_source(given: argparse.Namespace) -> Loaded:
    """The problem and its warnings, the latter told on standard error."""
    start, days = period_of(given.rota) if hasattr(given, "rota") else (None, None)
    days = given.days or (days if given.start in (None, start) else None) or WEEK_DAYS
    loaded = read_source(given, start, days)
    if hasattr(given, "rota"):
        _tell_other_roads(given.rota, loaded.problem.travel_source)
    for warning in loaded.warnings[:WARNINGS_SHOWN]:
        print(f"Warning: {warning}", file=sys.stderr)
    more = len(loaded.warnings) - WARNINGS_SHOWN
    if more > 0:
        print(f"... and {more} more warnings (a plan's report.html has all of them).", file=sys.stderr)
    return loaded


def read_source(given: argparse.Namespace, start: date | None = None, days: int = WEEK_DAYS) -> Loaded:
    """The problem, with the travel times that the command line chose; `start` and `days` where it says nothing."""
    from scheduler.intake.load import load_with_warnings

    choice = choice_of(given)
    loaded = load_with_warnings(
        given.source, given.start or start, given.days or days, choice, geocoder_of(given)
    )
    tell(loaded.journeys, choice)
    return loaded


def _tell_other_roads(rota: Path, source: str) -> None:
    """A rota that was planned with other travel times is late, or idle, for no fault of its own."""
    try:
        planned = json.loads(rota.with_name("summary.json").read_bytes())["travel_source"]
    except (OSError, ValueError, LookupError, TypeError):
        return
    if planned != source:
        print(
            f"Warning: the rota was planned with other travel times ({planned}) than are used now ({source}).",
            file=sys.stderr,
        )


def mark(given: argparse.Namespace, error: InputError) -> None:
    """Give each workbook with bad cells back as a copy with those marked."""
    names = ("source", "rota", "second", "before", "actuals", "events", "start_rota", "published")
    named = (getattr(given, name, None) for name in names)
    paths = (path for value in named for path in (value if isinstance(value, list) else [value]))
    for book in dict.fromkeys(path for path in paths if path is not None):
        faults = [fault for fault in error.faults if fault.file.partition(", sheet ")[0] == book.name]
        if book.suffix.lower() == ".xlsx" and book.is_file() and faults:
            _mark(book, faults)


def _mark(book: Path, faults: list[Fault]) -> None:
    from scheduler.intake.mark import mark_workbook

    copy = _unused(book.with_name(f"{book.stem}-marked.xlsx"))
    try:
        mark_workbook(book, faults, copy)
    except (OutputError, OSError) as error:
        print(f"The bad cells could not be marked: {error}", file=sys.stderr)
        return
    print(f"A copy with the bad cells marked: {copy}", file=sys.stderr)


def _unused(path: Path) -> Path:
    """The path or, where that is taken, the same with a number: somebody may be mending the last copy."""
    tries = (path if i == 1 else path.with_stem(f"{path.stem}-{i}") for i in count(1))
    return next(path for path in tries if not path.exists())
