"""Many published instances, one after the other, each run in a process of its own (a search uses two cores itself).

It can be stopped and started again: a run whose row is there (same instance, seed, budget and commit) is not repeated.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from benchmarks.machine import commit
from benchmarks.results import ROOT, add_results
from benchmarks.uhhc.best_known import Published, published
from benchmarks.uhhc.command import TABLE, add_best
from benchmarks.uhhc.instance import THIRDS, read_instance
from benchmarks.uhhc.suite_table import class_table
from scheduler.errors import CareroundError

NAME = "suite"
EXAMPLE = Path(__file__).with_name("example")
SMOKE = ("--iterations", "300", "--seeds", "1")
PUBLISHED = "published"
WITHOUT_SECONDS = 20.0
"""Of search, where nobody has published the seconds of a run."""
MANKOWSKA_SECONDS = 60.0
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Task:
    """One run that is asked for. `budget` is how the command line says it, `search` how the results do."""

    path: Path
    seed: int
    budget: tuple[str, str]
    search: str

    def is_in(self, row: Row) -> bool:
        """Is this the row of this run, by this version of the program?"""
        mine = (self.path.parent.name, self.path.stem, str(self.seed), self.search, commit())
        return mine == tuple(row[name] for name in ("set", "instance", "seed", "search", "commit"))

    def command(self, given: argparse.Namespace) -> list[str]:
        """What runs it in a process of its own."""
        words = [sys.executable, "-m", "benchmarks", "uhhc", str(self.path), *self.budget]
        words += ["--seed", str(self.seed), "--results", str(given.results.resolve())]
        if given.best:
            words += ["--best", *(str(path.resolve()) for path in given.best)]
        if given.solutions:
            name = f"{self.path.stem}-{self.seed}.json"
            words += ["--out", str(given.solutions.resolve() / self.path.parent.name / name)]
        return words


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="plan all published instances of a folder, with some seeds")
    parser.add_argument("folder", type=Path, metavar="DIR", help="instances, also in folders within")
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument(
        "--seconds",
        type=_seconds,
        default=60.0,
        metavar="S",
        help=f"of search a run, or '{PUBLISHED}': the published mean of each instance, {WITHOUT_SECONDS:g} where there "
        f"is none, {MANKOWSKA_SECONDS:g} for Mankowska (default: 60)",
    )
    budget.add_argument("--iterations", type=int, help="search by work: the same again on any machine")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], metavar="N", help="default: 1 2 3")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="instances of such names: '*_100_*'")
    parser.add_argument("--solutions", type=Path, metavar="DIR", help="keep the solutions here")
    add_best(parser)
    add_results(parser)
    parser.set_defaults(run=run)


def _seconds(text: str) -> float | None:
    """Seconds, or None where each instance has its own."""
    return None if text == PUBLISHED else float(text)


def run(given: argparse.Namespace) -> int:
    """Do what is not done yet, then print the table by class; 1 if a run failed or found an error."""
    if given.seconds is None and not given.best:
        raise CareroundError(
            f"--seconds {PUBLISHED} needs --best: the tables that say how many seconds those are."
        )
    table, asked, failed = given.results.resolve() / TABLE, list(tasks(given)), 0
    done = rows_in(table)
    left = [task for task in asked if not any(task.is_in(row) for row in done)]
    print(f"{len(asked)} runs, {len(asked) - len(left)} of them done before", file=sys.stderr)
    for task in left:
        print(f"{task.path.stem}, seed {task.seed}, {task.search}", file=sys.stderr, flush=True)
        failed += _told(task.command(given)) != 0
    rows = [row for row in rows_in(table) if any(task.is_in(row) for task in asked)]
    print(class_table(rows))
    return int(failed > 0)


def rows_in(table: Path) -> list[Row]:
    """The rows of a results table; none if it is not there yet."""
    if not table.exists():
        return []
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tasks(given: argparse.Namespace) -> Iterator[Task]:
    """Every run that is asked for; the first seed of all instances first, so that a table is soon whole."""
    known = published(given.best)
    paths = [
        path for path in sorted(given.folder.resolve().rglob("*.json")) if fnmatch(path.stem, given.only)
    ]
    if not paths:
        raise CareroundError(f"There is no instance {given.only}.json in {given.folder}.")
    budgets = {path: _budget(path, given, known.get(path.stem, Published())) for path in paths}
    for seed in given.seeds:
        for path in paths:
            yield Task(path, seed, *budgets[path])


def _budget(path: Path, given: argparse.Namespace, known: Published) -> tuple[tuple[str, str], str]:
    if given.iterations:
        return ("--iterations", str(given.iterations)), f"{given.iterations:,} iterations"
    seconds = given.seconds
    if seconds is None:
        mankowska = read_instance(path).origin == THIRDS
        seconds = MANKOWSKA_SECONDS if mankowska else known.seconds or WITHOUT_SECONDS
    return ("--seconds", f"{seconds:g}"), f"{seconds:g} s"


def _told(command: Sequence[str]) -> int:
    """Run a process and pass on what it prints, line by line, to whoever reads standard error now; its exit code."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout or ():
            print(line, end="", file=sys.stderr, flush=True)
    return process.returncode
