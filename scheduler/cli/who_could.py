"""`careround who-could SOURCE ROTA VISIT`: who could go to one visit now, ranked exactly."""

from __future__ import annotations

import argparse
from typing import Any

from scheduler.cli.arguments import a_moment
from scheduler.cli.repair import minute_of
from scheduler.cli.source import add_source, load_source


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "who-could",
        help="who could go to one visit now: every carer ranked, exactly",
        description="Rank every carer who could do the visit, cheapest first, with arrival time and continuity; where "
        "a carer cannot come as things are, one other visit is tried elsewhere. For two carers: pairs.",
    )
    add_source(parser, rota=True)
    parser.add_argument("visit", metavar="VISIT", help="the dated visit, as C01-am:2026-11-24")
    parser.add_argument(
        "--now",
        type=a_moment,
        metavar="MOMENT",
        help="nobody starts before this moment, as '2026-11-24 07:00'",
    )
    parser.add_argument(
        "--lock", action="append", default=[], metavar="VISIT", help="this visit stays (may be given again)"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load both, ask, say."""
    from scheduler.intake.rota_rows import load_rota
    from scheduler.repair.who_now import WhoCould

    problem = load_source(given).problem
    rota = load_rota(given.rota, problem)
    for id in (given.visit, *given.lock):
        problem.visit(id)
    who = WhoCould(problem, rota)
    if who.as_they_are:
        print(
            f"Visits of the rota that are taken as they are: {len(who.as_they_are)}, the first {who.as_they_are[0]}. "
            "(A rule is against them, or they last otherwise than the engine would plan.)"
        )
    found = who.ask(given.visit, minute_of(given.now, problem) or 0, given.lock)
    if found:
        print("Cheapest first: money, and what we would pay to avoid the rest. Indented: against the rota.")
    for rank, one in enumerate(found, 1):
        print(f"{rank:>3}. {one}")
        if one.verdict is not None and one.verdict.reasons:
            print("     " + "; ".join(f"{label} {_signed(amount)}" for label, amount in one.verdict.reasons))
    if not found:
        print("Nobody can go; `careround explain --visit` says why, and what would help.")
    return 0


def _signed(amount: int) -> str:
    from scheduler.units import pounds

    return f"{'+' if amount >= 0 else ''}{pounds(amount)}"
