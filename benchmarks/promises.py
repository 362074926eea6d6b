"""What the promises change: an agency planned as it is, and without one promise at a time; same seeds, same budget.

Every rota, also one that was planned without a promise, is judged by the agency's own problem.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.agencies import add_agencies, agencies
from benchmarks.budget import add_budget, budget_words, choices
from benchmarks.judge import judged
from benchmarks.machine import stamp
from benchmarks.promises_table import SIDE_EFFECTS, promise_table, side_effects_table
from benchmarks.results import add_results, write_text
from benchmarks.variants import VARIANTS
from scheduler.measures import Number
from scheduler.problem import Problem
from scheduler.solve import solve

NAME = "promises"
SMOKE = ("--seconds", "0.3", "--seeds", "1")
Runs = dict[str, list[dict[str, Number]]]
"""Variant -> the numbers of its rota with each seed."""


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        NAME, help="plan with and without each promise, judge alike, print the README's table"
    )
    add_agencies(parser, ("demo",))
    add_budget(parser, 60.0)
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Compare each agency; print the tables and write promises.md and promises.json."""
    from scheduler.solve.warm import warm_up

    warm_up(lambda line: print(line, file=sys.stderr))
    before, parts, told = stamp(), [], []
    with agencies(given) as asked:
        for agency in asked:
            problem = agency.load()
            runs = compare(problem, given.seeds, choices(given))
            parts.append(section(agency.name, problem, runs, given.seeds, budget_words(given)))
            told.append(
                {"agency": agency.name, "search": budget_words(given), "seeds": given.seeds, "runs": runs}
            )
    machine = f"{before['processor']}, {before['cores']} cores"
    made = f"Made by `python -m benchmarks promises` on {before['date']} ({machine}).\n"
    text = "\n".join([*parts, made])
    write_text(given.results / "promises.md", text)
    write_text(given.results / "promises.json", json.dumps({**before, "agencies": told}, indent=2) + "\n")
    print(text, end="")
    return 0


def compare(problem: Problem, seeds: Sequence[int], budget: Mapping[str, Any]) -> Runs:
    """Plan every variant with each seed, and judge all rotas by `problem`. The variants take turns, so that a machine
    that is slower for a while is slower for all."""
    found: Runs = {variant.name: [] for variant in VARIANTS}
    planned = {variant.name: variant.off(problem) for variant in VARIANTS}
    for seed in seeds:
        for variant in VARIANTS:
            result = solve(planned[variant.name], seed=seed, **budget)
            found[variant.name].append({"seed": seed, **judged(result.rota, problem)})
            print(f"{variant.name}, seed {seed}: done", file=sys.stderr)
    return found


def section(agency: str, problem: Problem, runs: Runs, seeds: Sequence[int], search: str) -> str:
    """One agency's two tables in Markdown."""
    means = {name: mean(rows) for name, rows in runs.items()}
    mean_of = f"mean of seeds {', '.join(map(str, seeds))}" if len(seeds) > 1 else f"seed {seeds[0]}"
    about = (
        f"Agency `{agency}` ({len(problem.clients):,} clients, {len(problem.carers):,} carers, "
        f"{len(problem.visits):,} visits in {problem.days} days), {search} of search a plan, {mean_of}."
    )
    same = (
        "Each row compares a rota planned with all promises to one planned without that promise. "
        "All are judged by the agency's own settings."
    )
    beside = f"What else changes ({len(SIDE_EFFECTS)} numbers of the same rotas):"
    return "\n".join([about, same, "", promise_table(means), "", beside, "", side_effects_table(means), ""])


def mean(rows: Sequence[Mapping[str, Number]]) -> dict[str, float]:
    """Key -> mean over seeds."""
    return {key: sum(row[key] for row in rows) / len(rows) for key in rows[0] if key != "seed"}
