"""Plan whole agencies: how good the rota is and how fast it comes, a row a plan."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.agencies import Agency, add_agencies, agencies
from benchmarks.budget import add_budget, budget_words, choices
from benchmarks.machine import stamp
from benchmarks.results import add_results, append_row
from benchmarks.tables import text_table
from scheduler.measures import measure
from scheduler.problem import Problem
from scheduler.solve import solve
from scheduler.units import pence

if TYPE_CHECKING:
    from scheduler.solve.result import Result

NAME = "weeks"
SMOKE = ("--seconds", "1", "--seeds", "1")
FEW = 0.01
"""Share of visits that may be unallocated in a rota that we call nearly whole."""


@dataclass(frozen=True, slots=True)
class Week:
    """One plan. `search` is what was asked for, `seconds` what the plan took from the encoded problem to the checked
    rota, and `iterations_a_second` counts all searches over all of that time. `first_rota` and `nearly_whole` are
    the seconds until the search first told of a rota, and of one with at most 1 % unallocated (None: never). No rota
    that it tells of breaks a hard rule; it tells about once a second."""

    agency: str
    clients: int
    carers: int
    visits: int
    search: str
    seed: int
    unallocated: int
    hard_findings: int
    price_pence: int
    distinct_carers_mean: float
    seconds: float
    iterations: int
    iterations_a_second: int
    first_rota: float | None
    nearly_whole: float | None


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="plan agencies with some seeds: quality and speed")
    add_agencies(parser, ("small", "demo", "branch"))
    add_budget(parser, 60.0)
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Plan each agency with each seed; print the table and add to weeks.csv."""
    from scheduler.solve.warm import warm_up

    warm_up(lambda line: print(line, file=sys.stderr))
    found = []
    with agencies(given) as asked:
        for agency in asked:
            problem = agency.load()
            for seed in given.seeds:
                before = stamp()
                found.append(
                    week(agency, problem, solve(problem, seed=seed, **choices(given)), budget_words(given))
                )
                append_row(given.results / "weeks.csv", before | asdict(found[-1]))
                print(f"{agency.name}, seed {seed}: done", file=sys.stderr)
    print(text_table([asdict(row) for row in found]))
    return 0


def week(agency: Agency, problem: Problem, result: Result, search: str) -> Week:
    """The row of one plan."""
    numbers = measure(result.rota, problem, result.report.findings)
    return Week(
        agency=agency.name,
        clients=len(problem.clients),
        carers=len(problem.carers),
        visits=len(problem.visits),
        search=search,
        seed=result.seed,
        unallocated=result.unallocated,
        hard_findings=len(result.report.hard),
        price_pence=pence(result.report.total),
        distinct_carers_mean=round(numbers["distinct_carers_mean"], 2),
        seconds=round(result.seconds, 1),
        iterations=result.iterations,
        iterations_a_second=round(result.iterations / result.seconds),
        first_rota=seconds_until(result, len(problem.visits)),
        nearly_whole=seconds_until(result, int(FEW * len(problem.visits))),
    )


def seconds_until(result: Result, most: int) -> float | None:
    """Seconds until there was a rota with at most so many unallocated visits; None if there never was."""
    told = [
        point.seconds for point in result.progress if point.stage == "searching" and point.unallocated <= most
    ]
    if told:
        return round(told[0], 1)
    return round(result.seconds, 1) if result.unallocated <= most else None
