"""Slack by a price: how many visits fewer are late, in lives that it was not chosen by, and what that costs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from benchmarks.agencies import add_agencies, agencies
from benchmarks.budget import add_budget, budget_words, choices
from benchmarks.machine import stamp
from benchmarks.results import add_results, append_row, write_text
from benchmarks.tables import markdown_table, text_table
from scheduler.problem import Problem
from scheduler.replay import curve, default_chances
from scheduler.solve import solve
from scheduler.units import pounds, sixtieths

NAME = "robust"
SMOKE = ("--iterations", "50", "--seeds", "1", "--prices", "20", "--lives", "20")
TITLES = (
    "Agency", "Seed", "Price of a late visit", "Money", "More money", "More of all prices", "Late visits", "Fewer late"
)  # fmt: skip


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="late visits against cost, with slack by a price")
    add_agencies(parser, ("demo",))
    add_budget(parser, 60.0)
    parser.add_argument(
        "--prices",
        type=int,
        nargs="+",
        default=[15],
        metavar="POUNDS",
        help="prices of a late visit (default: 15)",
    )
    parser.add_argument(
        "--lives", type=int, default=1_000, metavar="N", help="judged lives (default: %(default)s)"
    )
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Plan with each seed, put slack in by each price, print the table and write it."""
    before, rows = stamp(), []
    with agencies(given) as asked:
        for agency in asked:
            problem = agency.load()
            for row in _rows(problem, given):
                rows.append({"agency": agency.name, **row})
                append_row(given.results / "robust.csv", {**before, **rows[-1]})
                print(text_table(rows[-1:]), flush=True)
    lines = [[str(value) for value in row.values()] for row in rows]
    write_text(
        given.results / "robust.md",
        "\n".join(
            [
                "The rounds of a planned week stay, and starts are moved where a wait saves late visits (more than 30 "
                "minutes after the planned start) for its wages. Late visits are means a life, over lives that the "
                "slack was not chosen by.",
                "",
                markdown_table(TITLES, lines),
                "",
                f"Made by `python -m benchmarks robust`, plans of {budget_words(given)}, {given.lives:,} lives, on "
                f"{before['date']} ({before['processor']}, load {before['load']}).",
                "",
            ]
        ),
    )
    return 0


def _rows(problem: Problem, given: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """A row for each seed and price: the rota as it was planned first."""
    chances = default_chances(problem.start)
    prices = [sixtieths(100 * price) for price in given.prices]
    for seed in given.seeds:
        rota = solve(problem, seed=seed, **choices(given)).rota
        none = None
        for point in curve(rota, problem, chances, prices, given.lives, seed):
            none = none or point
            yield {
                "seed": seed,
                "price": pounds(point.price),
                "money": pounds(point.money),
                "more": f"{point.money / none.money - 1:+.1%}",
                "more_of_all": f"{point.total / none.total - 1:+.1%}",
                "late": f"{point.lived.late:.1f}",
                "fewer": f"{point.lived.late / max(none.lived.late, 1e-9) - 1:+.1%}",
            }
