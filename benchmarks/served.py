"""Whoever is served worst: an agency planned with the promises to people at their prices, and without that of the worst
served; same seeds, same budget. What is compared is what the plan decides: the carers of the planned days.

The carers whom a person saw before the period are the same in both plans, so the days before it are shown beside and
not counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import mean
from typing import Any

from benchmarks.agencies import add_agencies, agencies
from benchmarks.budget import add_budget, budget_words, choices
from benchmarks.fewest import fewest_carers
from benchmarks.judge import judged
from benchmarks.machine import stamp
from benchmarks.results import add_results, write_text
from benchmarks.tables import markdown_table
from benchmarks.variants import without_prices
from scheduler.measures import Number, continuity
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import rule
from scheduler.rules.base import promised_carers
from scheduler.solve import solve

NAME = "served"
SMOKE = ("--seconds", "0.3", "--seeds", "1")
WITH, WITHOUT = "with", "without"
Row = dict[str, Number]


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        NAME,
        help="plan with and without the price of whoever is served worst, funds and pay floor kept in both",
    )
    add_agencies(parser, ("demo",))
    add_budget(parser, 60.0)
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Compare each agency; print the tables and write served.md and served.json."""
    from scheduler.solve.warm import warm_up

    warm_up(lambda line: print(line, file=sys.stderr))
    before, parts, told = stamp(), [], []
    with agencies(given) as asked:
        for agency in asked:
            problem = all_kept(agency.load())
            runs = compare(problem, given.seeds, choices(given))
            least = fewest_words(problem)
            parts.append(
                f"Agency `{agency.name}`, {budget_words(given)} of search a plan, pay floor and funds kept in both.\n\n"
                + table(runs)
                + "\n\n"
                + least
                + "\n"
            )
            told.append(
                {"agency": agency.name, "search": budget_words(given), "seeds": given.seeds, "runs": runs}
            )
    made = f"Made by `python -m benchmarks served` on {before['date']} ({before['processor']}).\n"
    text = "\n".join([*parts, made])
    write_text(given.results / "served.md", text)
    write_text(given.results / "served.json", json.dumps({**before, "agencies": told}, indent=2) + "\n")
    print(text, end="")
    return 0


def all_kept(problem: Problem) -> Problem:
    """No visit beyond a person's fund; the pay floor has its price anyway."""
    return problem.replace(settings=replace(problem.settings, isf_kept=True))


def fewest_words(problem: Problem) -> str:
    """Below what number the worst client's carers cannot be, whatever anything costs."""
    fewest = max(fewest_carers(problem).values(), default=0)
    return (
        "No plan that makes every visit has a worst client with fewer "
        f"than {fewest} carers (CP-SAT, each client alone)."
    )


def compare(problem: Problem, seeds: Sequence[int], budget: Mapping[str, Any]) -> dict[str, list[Row]]:
    """Both plans with each seed, in turn; both judged by the agency's own prices."""
    planned = {WITH: problem, WITHOUT: without_prices(problem, rule("worst_served").name)}
    found: dict[str, list[Row]] = {WITH: [], WITHOUT: []}
    for seed in seeds:
        for name, asked in planned.items():
            rota = solve(asked, seed=seed, **budget).rota
            found[name].append({"seed": seed, **numbers(rota, problem)})
            print(f"{name}, seed {seed}: done", file=sys.stderr)
    return found


def numbers(rota: Rota, problem: Problem) -> Row:
    """What is shown of one plan: `worst` and `over` are of the planned days alone, `worst_window` counts the carers of
    the days before as well; `money` is what leaves the agency and `price` all that the rules make of it but the price
    that one of the two plans does not have."""
    told = judged(rota, problem)
    people = continuity(rota, problem)
    return {
        "worst": max((one.distinct for one in people), default=0),
        "over": max(
            (one.distinct - promised_carers(problem.client(one.client), problem) for one in people), default=0
        ),
        "worst_window": told["distinct_carers_worst"],
        "mean": mean([one.distinct for one in people] or [0]),
        "shortfalls": told["minimum_wage_shortfalls"],
        "unallocated": told["unallocated"],
        "money": told["cost_pence"],
        "price": told["price_pence"] - told["cost.worst_served"],
    }


def table(runs: Mapping[str, Sequence[Row]]) -> str:
    """A line a seed, and their mean."""
    lines = [_line(str(w["seed"]), w, wo) for w, wo in zip(runs[WITH], runs[WITHOUT], strict=True)]
    if len(lines) > 1:
        lines.append(_line("mean", *(_mean(runs[name]) for name in (WITH, WITHOUT))))
    titles = (
        "Seed", "Shortfalls of pay", "Worst client's carers: without", "with", "change",
        "Most above the promise: without", "with", "Carers a client, mean: without", "with", "Unallocated: without",
        "with", "Money: change", "All costs: change",
    )  # fmt: skip
    return markdown_table(titles, lines)


def _mean(rows: Sequence[Row]) -> Row:
    return {key: sum(row[key] for row in rows) / len(rows) for key in rows[0]}


def _line(seed: str, now: Row, was: Row) -> tuple[str, ...]:
    def step(key: str) -> str:
        return f"{now[key] / was[key] - 1:+.1%}" if was[key] else "-"

    return (
        seed,
        f"{now['shortfalls']:g}",
        f"{was['worst']:.3g}",
        f"{now['worst']:.3g}",
        step("worst"),
        f"{was['over']:.3g}",
        f"{now['over']:.3g}",
        f"{was['mean']:.2f}",
        f"{now['mean']:.2f}",
        f"{was['unallocated']:.3g}",
        f"{now['unallocated']:.3g}",
        step("money"),
        step("price"),
    )
