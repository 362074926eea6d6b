"""`careround explain SOURCE ROTA`: why this carer, why this time, why nobody."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from scheduler.cli.source import add_source, load_source
from scheduler.explain import explain


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "explain",
        help="say why: one visit, a client, a carer or (without any) every unallocated visit",
    )
    add_source(parser)
    parser.add_argument(
        "rota", metavar="ROTA", type=Path, help="rota.json, a .csv, or an .xlsx with a sheet Rota"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--visit", metavar="ID", help="one visit, with a sentence on every other carer")
    which.add_argument("--client", metavar="ID", help="all visits of one client")
    which.add_argument("--carer", metavar="ID", help="one carer's rounds")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load both, explain, say."""
    from scheduler.intake.rota_rows import load_rota

    problem = load_source(given).problem
    rota = load_rota(given.rota, problem)
    told = explain(rota, problem, visit=given.visit, client=given.client, carer=given.carer)
    print(
        "\n\n".join(str(story) for story in told) or "Every visit is planned. Name a visit, client or carer."
    )
    return 0
