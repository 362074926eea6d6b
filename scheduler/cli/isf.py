"""`careround isf SOURCE ROTA --out DIR`: the ledger of each Individual Service Fund."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from scheduler.cli.counting import counting
from scheduler.cli.papers import add_paper, pdf_wanted, refuse_folder
from scheduler.cli.source import load_source
from scheduler.units import pounds, sixtieths


def register(commands: Any) -> None:
    """Add the command."""
    parser = add_paper(
        commands,
        "isf",
        "each Individual Service Fund: money, visits, what is banked, year-end forecast, and the person's choices",
        "Write a statement for each Individual Service Fund: budget less contribution, management fee "
        "apart, care asked for, planned and delivered, what is banked and until when, and the forecast to the end of "
        "the year. Where the wishes exceed the money it offers the choices, and cuts nothing.",
        pdf=True,
    )
    parser.add_argument(
        "--actuals",
        type=Path,
        metavar="FILE",
        help="clocked visits, as for careround delivered: what was delivered",
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load all, write, say."""
    from scheduler.delivered import deliveries
    from scheduler.intake.actual_rows import load_actuals
    from scheduler.intake.rota_rows import load_rota
    from scheduler.report.folder import write_folder
    from scheduler.report.isf_papers import isf_files
    from scheduler.statement import statements

    problem = load_source(given).problem
    rota = load_rota(given.rota, problem)
    found = deliveries(rota, load_actuals(given.actuals, problem), problem) if given.actuals else None
    refuse_folder(given, "isf")
    files = isf_files(rota, problem, found, pdf_wanted(given), counting(sys.stderr, "PDFs"))
    write_folder(given.out, files)
    for one in statements(rota, problem, found):
        over = f"   wishes {pounds(sixtieths(one.over))} a week beyond the money" if one.over else ""
        name = problem.client(one.fund.client).name
        print(f"  {name:<32} {pounds(sixtieths(one.closing)):>12} at the end{over}")
    print(f"Written: {given.out / 'isf.html'} and clients/ beside it.")
    return 0
