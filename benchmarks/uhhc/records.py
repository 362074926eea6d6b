"""Solutions of ours that cost less than anything published: kept, and listed in a table."""

from __future__ import annotations

import argparse
import json
import math
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.results import add_results, write_text
from benchmarks.tables import markdown_table
from benchmarks.uhhc.command import TABLE
from benchmarks.uhhc.instance import THIRDS
from benchmarks.uhhc.suite import Row, rows_in
from benchmarks.uhhc.suite_table import SAME

NAME = "records"
EXAMPLE = Path(__file__).with_name("example")
SMOKE: tuple[str, ...] = ()
KEPT = "solutions"
TITLES = ("Set", "Instance", "People", "Ours", "Published", "Against it", "Seconds", "Seed", "Day", "Commit")


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="keep and list the solutions that are better than any published")
    parser.add_argument("folder", type=Path, metavar="DIR", help="what `suite --solutions DIR` wrote")
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Copy the cheapest solution of each instance into the results if it is below the published value; list them."""
    kept, lines = given.results / KEPT, []
    for rows in below_published(rows_in(given.results / TABLE)):
        found = next(((row, path) for row in rows for path in solutions(row, given.folder, kept)), None)
        if found is None:
            continue
        row, path = found
        place = kept / f"{row['instance']}.json"
        if path != place:
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
        lines.append(line_of(row))
    text = markdown_table(TITLES, lines, text_columns=2)
    write_text(
        given.results / "records.md",
        f"# Better than anything published: {len(lines)}\n\n{text}\n",
    )
    print(f"better than anything published: {len(lines)}")
    return 0


def below_published(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """For each instance the runs that ended below the published value, the cheapest first; small instances first."""
    found: dict[tuple[str, int, str], list[Row]] = {}
    for row in rows:
        if row["errors"] == "0" and row["gap_percent"] and float(row["gap_percent"]) < -SAME:
            found.setdefault((row["set"], int(row["clients"]), row["instance"]), []).append(row)
    for key in sorted(found):
        yield sorted(found[key], key=lambda row: float(row["objective"]))


def solutions(row: Row, folder: Path, kept: Path) -> Iterator[Path]:
    """The files that can be the solution of a run: of its value, as a solution is written."""
    value = float(row["objective"]) * (3 if row["set"] == THIRDS else 1)
    for path in (
        kept / f"{row['instance']}.json",
        folder / row["set"] / f"{row['instance']}-{row['seed']}.json",
    ):
        if path.exists():
            objective = json.loads(path.read_text(encoding="utf-8"))["cost"]["objective"]
            if math.isclose(objective, value, abs_tol=0.001):
                yield path


def line_of(row: Row) -> tuple[str, ...]:
    """A run as a line of the table."""
    return (
        row["set"],
        row["instance"],
        row["clients"],
        f"{float(row['objective']):,.2f}",
        f"{float(row['best_known']):,.2f}",
        f"{float(row['gap_percent']):+.2f} %",
        row["search"].removesuffix(" s"),
        row["seed"],
        row["date"][:10],
        row["commit"],
    )
