"""`careround delivered SOURCE ROTA ACTUALS --out DIR`: what was delivered of what was planned."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from scheduler.cli.papers import add_paper
from scheduler.cli.source import load_source


def register(commands: Any) -> None:
    """Add the command."""
    parser = add_paper(
        commands,
        "delivered",
        "actual visits against the rota: late, early, short, missed, and who bore it",
        "Read when carers clocked in and out and set it beside the rota: late, early, short (clipped) and "
        "missed visits by client, carer and group, and the plan's own measures of what was delivered.",
    )
    help = "a .csv, or an .xlsx with a sheet Actuals: columns visit, carer, clock_in, clock_out"
    parser.add_argument("actuals", metavar="ACTUALS", type=Path, help=help)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load all, write, say."""
    from scheduler.intake.actual_rows import load_actuals
    from scheduler.intake.rota_rows import load_rota
    from scheduler.report.delivered_papers import delivered_files
    from scheduler.report.folder import write_folder

    problem = load_source(given).problem
    rota = load_rota(given.rota, problem)
    actuals = load_actuals(given.actuals, problem)
    files = delivered_files(rota, actuals, problem)
    write_folder(given.out, files)
    print(_said(files["summary.json"]))
    print(f"Written: {given.out / 'delivered.html'}")
    return 0


def _said(summary: bytes) -> str:
    """The counts in a line each."""
    import json

    told = json.loads(summary)["all"]
    return "\n".join(f"  {name.replace('_', ' '):<20} {count:>8,}" for name, count in told.items())
