"""`careround continuity SOURCE ROTA --out DIR`: how many carers each client has, over rolling weeks."""

from __future__ import annotations

import argparse
from typing import Any

from scheduler.cli.papers import add_paper, write_paper
from scheduler.cli.source import load_source


def register(commands: Any) -> None:
    """Add the command."""
    parser = add_paper(
        commands,
        "continuity",
        "report how many carers each client has over 14 and 28 days, from history and rota",
        "Count each client's carers over the 14 and the 28 days that end with the rota, history included: different "
        "carers, share of the core team, UPC, COC and first visits, beside what is published.",
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load both, count, write."""
    from scheduler.intake.rota_rows import load_rota
    from scheduler.report.continuity import continuity_paper, continuity_summary

    problem = load_source(given).problem
    rota = load_rota(given.rota, problem)
    paper, summary = continuity_paper(rota, problem), continuity_summary(rota, problem)
    return write_paper(given, "continuity", paper, problem, summary)
