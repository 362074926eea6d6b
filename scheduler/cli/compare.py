"""`careround compare SOURCE ROTA_A ROTA_B --out DIR`: what is different, for whom, and what it costs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from scheduler.cli.papers import add_paper, write_paper
from scheduler.cli.source import load_source


def register(commands: Any) -> None:
    """Add the command."""
    parser = add_paper(
        commands,
        "compare",
        "say what is different between two rotas of the same days, for whom, and what it costs",
        "Set a second rota beside a first one of the same days: which visits differ, for whom, and what that costs.",
    )
    parser.add_argument("second", metavar="ROTA_B", type=Path, help="the second rota, of the same days")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load all three, compare, write."""
    from scheduler.intake.rota_rows import load_rota
    from scheduler.report.compare import compare_paper, compare_summary

    problem = load_source(given).problem
    first, second = load_rota(given.rota, problem), load_rota(given.second, problem)
    paper, summary = compare_paper(first, second, problem), compare_summary(first, second, problem)
    return write_paper(given, "compare", paper, problem, summary)
