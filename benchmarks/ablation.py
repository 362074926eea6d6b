"""What each part of the engine is worth: a plan with all of them, and one without each, by the same budget."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import mean
from typing import Any

from benchmarks.agencies import Agency, add_agencies, agencies
from benchmarks.budget import add_budget, budget_words, choices
from benchmarks.engine_parts import WHOLE, Part, parts
from benchmarks.machine import stamp
from benchmarks.results import add_results, append_row, write_text
from benchmarks.tables import markdown_table
from scheduler.problem import Problem
from scheduler.solve import Options, solve
from scheduler.units import pence

NAME = "ablation"
SMOKE = ("--iterations", "200", "--seeds", "1", "--only", "core teams", "tails")


@dataclass(frozen=True, slots=True)
class Run:
    """One plan without `part` (none: with all). `price_pence` counts unallocated visits at their price;
    `cpu_seconds` are of all threads."""

    agency: str
    visits: int
    part: str
    search: str
    seed: int
    unallocated: int
    price_pence: int
    cpu_seconds: float


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="plan without each part of the engine: what it is worth")
    add_agencies(parser, ("demo",))
    add_budget(parser, 60.0)
    names = [part.name for part in parts()]
    parser.add_argument(
        "--only", nargs="+", metavar="PART", choices=names, default=names, help=", ".join(names)
    )
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Plan with everything and without each part; a row a plan in ablation.csv, the table in ablation.md."""
    asked_parts = (WHOLE, *(part for part in parts() if part.name in given.only))
    before, tables = stamp(), []
    with agencies(given) as asked:
        for agency in asked:
            problem = agency.load()
            found = []
            for seed, part in ((seed, part) for seed in given.seeds for part in asked_parts):
                started = stamp()
                found.append(planned(agency, problem, part, seed, given))
                append_row(given.results / "ablation.csv", started | asdict(found[-1]))
                print(f"{agency.name}, seed {seed}, without: {part.name}", file=sys.stderr)
            tables.append(f"{agency.name}, {len(problem.visits):,} visits:\n\n{table(found)}\n")
    words = ", ".join(f"{key} {value}" for key, value in before.items())
    seeds = ", ".join(map(str, given.seeds))
    text = f"# What each part is worth\n\n{budget_words(given)} a plan, seeds {seeds}; {words}.\n\n"
    write_text(given.results / "ablation.md", text + "\n".join(tables))
    print("\n".join(tables))
    return 0


def planned(agency: Agency, problem: Problem, part: Part, seed: int, given: argparse.Namespace) -> Run:
    """A plan without the part."""
    begun = time.process_time()
    with part.missing():
        result = solve(problem, seed=seed, **part.choices(choices(given), given.workers or Options().workers))
    return Run(
        agency=agency.name,
        visits=len(problem.visits),
        part=part.name,
        search=budget_words(given),
        seed=seed,
        unallocated=result.unallocated,
        price_pence=pence(result.report.total),
        cpu_seconds=round(time.process_time() - begun, 1),
    )


def table(found: Sequence[Run]) -> str:
    """A line a part: how much dearer the rota is without it, in the mean and for each seed; unallocated visits."""
    whole = {one.seed: one for one in found if one.part == WHOLE.name}
    lines = []
    for name in dict.fromkeys(one.part for one in found):
        runs = [one for one in found if one.part == name]
        dearer = [one.price_pence / whole[one.seed].price_pence - 1 for one in runs]
        lines.append(
            (
                name,
                f"{mean(dearer):+.2%}",
                " ".join(f"{one:+.2%}" for one in dearer),
                " ".join(str(one.unallocated) for one in runs),
                f"{mean(one.cpu_seconds for one in runs):,.0f}",
            )
        )
    return markdown_table(("Without", "Dearer", "seed by seed", "Unallocated", "Processor s"), lines)
