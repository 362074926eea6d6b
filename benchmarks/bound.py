"""How far each day of a plan is from what was proved of it, and what of that is the bound's weakness.

A plan pays for what a bound by day knows nothing of (continuity, contracted hours), so its days are dearer than they
need be by themselves. Beside it a second plan is made by the rules without those prices: the rest of its gap is what
the search or the bound leaves open.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.agencies import Agency, add_agencies, agencies
from benchmarks.budget import add_budget, budget_words, choices
from benchmarks.machine import stamp
from benchmarks.results import add_results, append_row, write_text
from benchmarks.tables import markdown_table
from scheduler.problem import Problem
from scheduler.rules import RULES, rule
from scheduler.solve import solve
from scheduler.units import pounds

if TYPE_CHECKING:
    from scheduler.solve.gap import DayBound, DayGap

NAME = "bound"
SMOKE = ("--seconds", "0.5", "--seeds", "1")
SHARED = ("continuity", "worst_served", "contracted_hours", "wished_hours", "unpopular_spells")
"""Rules whose prices days share."""
TITLES = (
    "Day",
    "Bound",
    "Plan",
    "Alone",
    "Simple",
    "Unallocated",
    "Proved",
    "Columns",
    "Passes",
    "Seconds",
    "",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A day: `plan` and `alone` are the two rotas beside the bound; `simple` is the bound that costs no time."""

    agency: str
    plan: DayGap
    alone: DayGap
    simple: DayBound

    def told(self, problem: Problem) -> dict[str, Any]:
        """The line as it is kept: gaps in per cent of the plan's (or the other rota's) day."""
        bound = self.plan.bound
        return {
            "agency": self.agency,
            "day": problem.date_of(bound.day).isoformat(),
            "bound": pounds(bound.bound),
            "plan": f"{self.plan.share:.1%}",
            "alone": f"{self.alone.share:.1%}",
            "simple": f"{1 - self.simple.bound / self.alone.price:.1%}" if self.alone.price > 0 else "0.0%",
            "unallocated": str(self.plan.unallocated),
            "proved": str(bound.least_unallocated),
            "columns": f"{bound.columns:,}",
            "passes": str(bound.passes),
            "seconds": f"{bound.seconds:.1f}",
            "status": str(bound.status),
        }


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        NAME, help="prove how cheap each day could be, and how far two plans are from it"
    )
    add_agencies(parser, ("small", "demo", "branch"))
    add_budget(parser, 60.0)
    parser.add_argument(
        "--bound-seconds",
        type=float,
        metavar="S",
        help="for all bounds of an agency (default: as a plan has)",
    )
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Bound each agency's days with the first seed's plans beside them; print and write bound.md, add to bound.csv."""
    from scheduler.solve.warm import warm_up

    warm_up(lambda line: print(line, file=sys.stderr))
    before, parts = stamp(), []
    seconds = given.bound_seconds or (math.inf if given.iterations else given.seconds)
    with agencies(given) as asked:
        for agency in asked:
            problem = agency.load()
            told = [
                line.told(problem) for line in lines(agency, problem, given.seeds[0], choices(given), seconds)
            ]
            for row in told:
                append_row(given.results / "bound.csv", before | row)
            parts.append(section(agency, problem, told, budget_words(given), seconds))
    machine = f"{before['processor']}, {before['cores']} cores, load {before['load']}"
    text = "\n".join([*parts, f"Made by `python -m benchmarks bound` on {before['date']} ({machine}).\n"])
    write_text(given.results / "bound.md", text)
    print(text, end="")
    return 0


def lines(agency: Agency, problem: Problem, seed: int, budget: dict[str, Any], seconds: float) -> list[Line]:
    """A line a day."""
    from scheduler.solve.bound import day_bounds, gap_by_day
    from scheduler.solve.model import encode

    model = encode(problem)
    plan = solve(problem, seed=seed, **budget)
    alone = solve(problem, seed=seed, rules=[each for each in RULES if each.name not in SHARED], **budget)
    simple = day_bounds(model, seconds=0.0)
    bounds = day_bounds(
        model,
        seconds,
        tell=lambda bound: print(f"{agency.name}: day {bound.day} {bound.status}", file=sys.stderr),
    )
    return [
        Line(agency.name, *gaps)
        for gaps in zip(
            gap_by_day(model, plan.rota, bounds), gap_by_day(model, alone.rota, bounds), simple, strict=True
        )
    ]


def section(
    agency: Agency, problem: Problem, told: Sequence[dict[str, Any]], search: str, seconds: float
) -> str:
    """One agency's table in Markdown."""
    budget = "as long as it takes" if math.isinf(seconds) else f"{seconds:g} s for all bounds"
    left_out = ", ".join(rule(name).label.lower() for name in SHARED)
    about = (
        f"Agency `{agency.name}` ({len(problem.visits):,} visits, {len(problem.carers):,} carers), {search} of search "
        f"a plan, {budget}. Gaps are shares of the day's price without {left_out}: of the plan as it is, of a plan "
        "without those rules, and of that plan from the simple bound."
    )
    rows = [[value for name, value in row.items() if name != "agency"] for row in told]
    return "\n".join([about, "", markdown_table(TITLES, rows), ""])
