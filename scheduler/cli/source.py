"""What several commands share: the arguments SOURCE, --from and --days, and the data behind them."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.errors import InputError, OutputError

if TYPE_CHECKING:
    from scheduler.intake.load import Loaded

WARNINGS_SHOWN = 10


def add_source(parser: argparse.ArgumentParser) -> None:
    """SOURCE and the period."""
    parser.add_argument(
        "source", metavar="SOURCE", type=Path, help="folder of CSV files, an .xlsx workbook or a .json file"
    )
    parser.add_argument(
        "--from",
        dest="start",
        metavar="DATE",
        type=_date,
        help="first day of the period, as 2026-11-23 (default: next Monday)",
    )
    parser.add_argument(
        "--days", type=int, default=7, metavar="N", help="length of the period (default: %(default)s)"
    )


def load_source(given: argparse.Namespace) -> Loaded:
    """The problem and its warnings, the latter told on standard error."""
    from scheduler.intake.load import load_with_warnings

    loaded = load_with_warnings(given.source, given.start, given.days)
    for warning in loaded.warnings[:WARNINGS_SHOWN]:
        print(f"Warning: {warning}", file=sys.stderr)
    more = len(loaded.warnings) - WARNINGS_SHOWN
    if more > 0:
        print(f"... and {more} more warnings (all of them are in report.html).", file=sys.stderr)
    return loaded


def mark(given: argparse.Namespace, error: InputError) -> None:
    """Give a workbook back as a copy with its bad cells marked."""
    source: Path | None = getattr(given, "source", None)
    if source is None or source.suffix.lower() != ".xlsx" or not source.is_file():
        return
    from scheduler.intake.mark import mark_workbook

    copy = source.with_name(f"{source.stem}-marked.xlsx")
    try:
        mark_workbook(source, error.faults, copy)
    except (OutputError, OSError):
        return
    print(f"A copy with the bad cells marked: {copy}", file=sys.stderr)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2026-11-23") from None
