"""Plan one published instance: solution file, verdict on the console, a row of results."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.budget import budget_words, choices
from benchmarks.machine import stamp
from benchmarks.results import add_results, append_row
from benchmarks.uhhc.best_known import Published, published
from benchmarks.uhhc.instance import THIRDS, Instance
from benchmarks.uhhc.judge import Verdict
from benchmarks.uhhc.solution import write_solution
from benchmarks.uhhc.solving import Solved, seconds_to_best, solved

NAME = "uhhc"
EXAMPLE = Path(__file__).with_name("example") / "tiny.json"
"""A made-up instance with a little of everything."""
SMOKE = ("--iterations", "300", "--seed", "1")
TABLE = "uhhc.csv"


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `set` is the instance's folder, `objective` as it is published (a third of the sum for Mankowska),
    `gap_percent` and `mean_percent` compare it with the best published value and with the published mean of single
    runs; `errors` counts what must not be; `seconds` and `iterations` are those of the whole plan."""

    set: str
    instance: str
    clients: int
    seed: int
    search: str
    objective: float
    best_known: float | None
    gap_percent: float | None
    mean_percent: float | None
    errors: int
    unvisited: int
    seconds_to_best: float
    seconds: float
    iterations: int


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="plan a published instance (UHHC JSON)")
    parser.add_argument("instance", type=Path, metavar="INSTANCE", help="the instance's JSON file")
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument("--seconds", type=float, default=60.0, help="of search (default: %(default)g)")
    budget.add_argument("--iterations", type=int, help="search by work: the same again on any machine")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="default: 1")
    parser.add_argument("--workers", type=int, metavar="N", help="searches side by side")
    parser.add_argument("--out", type=Path, metavar="SOLUTION", help="write the solution to this JSON file")
    add_best(parser)
    add_results(parser)
    parser.set_defaults(run=run)


def add_best(parser: argparse.ArgumentParser) -> None:
    """--best."""
    parser.add_argument(
        "--best", type=Path, nargs="+", default=[], metavar="CSV", help="tables of published values"
    )


def run(given: argparse.Namespace) -> int:
    """Plan, judge, write; 1 if the judge finds an error."""
    from scheduler.solve.warm import warm_up

    known = published(given.best)
    warm_up(lambda line: print(line, file=sys.stderr))
    before = stamp()
    done = solved(given.instance, seed=given.seed, **choices(given))
    if given.out:
        write_solution(given.out, done.solution, done.verdict)
    row = row_of(given.instance, done, budget_words(given), known.get(given.instance.stem, Published()))
    append_row(given.results / TABLE, before | asdict(row))
    print(told(done.case.instance, row, done.verdict))
    return int(bool(done.verdict.errors))


def row_of(path: Path, done: Solved, search: str, known: Published) -> Run:
    """The row of one run."""
    value = round(done.verdict.published, 4)
    return Run(
        set=path.resolve().parent.name,
        instance=path.stem,
        clients=len(done.case.instance.clients),
        seed=done.result.seed,
        search=search,
        objective=value,
        best_known=known.best,
        gap_percent=known.gap(value),
        mean_percent=known.against_mean(value),
        errors=len(done.verdict.errors),
        unvisited=int(done.verdict.values["optional_patients"]),
        seconds_to_best=seconds_to_best(done.result.progress, done.result.seconds),
        seconds=round(done.result.seconds, 1),
        iterations=done.result.iterations,
    )


def told(instance: Instance, row: Run, verdict: Verdict) -> str:
    """The verdict for a console."""
    lines = [f"{instance.name}: objective {verdict.objective:g}"]
    if instance.origin == THIRDS:
        lines[0] += f", as it is published {verdict.published:.3f}"
    if row.gap_percent is not None:
        lines[0] += f", {row.gap_percent:+.2f} % against the best published {row.best_known:g}"
    lines += [f"  {part:<22} {value:>12g}" for part, value in verdict.parts.items()]
    lines += [f"  ERROR: {error}" for error in verdict.errors]
    lines.append(
        f"{row.iterations:,} iterations in {row.seconds:g} s, the best after {row.seconds_to_best:g} s"
    )
    return "\n".join(lines)
