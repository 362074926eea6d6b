"""`careround template --out FILE`: an empty workbook to fill in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from scheduler.errors import OutputError


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "template", help="write an empty workbook with notes, drop-downs and one example row a sheet"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the .xlsx file to write")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Write it, unless something is there."""
    from scheduler.intake.template import write_template

    if given.out.suffix.lower() != ".xlsx":
        raise OutputError(f"{given.out}: the template is a workbook; give a name that ends in .xlsx.")
    if given.out.exists():
        raise OutputError(f"{given.out} is there already: give another name, so that nothing is lost.")
    write_template(given.out)
    print(f"Written: {given.out}. Fill it in, then: careround plan {given.out} --out results")
    return 0
