"""`careround fairness SOURCE ROTA --out DIR`: is everybody served alike?"""

from __future__ import annotations

import argparse
from typing import Any

from scheduler.cli.papers import add_paper, write_paper
from scheduler.cli.source import load_source


def register(commands: Any) -> None:
    """Add the command."""
    parser = add_paper(
        commands,
        "fairness",
        "report whether any group of clients is served worse than the others",
        "Set each recorded group of clients (who speaks up, who pays, age, area, needs) beside all others: different "
        "carers, new faces, punctuality, short and unallocated visits, long nights. Small groups are not shown.",
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load both, compare, write."""
    from scheduler.intake.rota_rows import load_rota
    from scheduler.report.fairness import fairness_paper, fairness_summary

    problem = load_source(given).problem
    rota = load_rota(given.rota, problem)
    paper, summary = fairness_paper(rota, problem), fairness_summary(rota, problem)
    return write_paper(given, "fairness", paper, problem, summary)
