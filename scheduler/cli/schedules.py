"""`careround schedules SOURCE ROTA --out DIR`: what each carer does when, and what it pays."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from scheduler.cli.counting import counting
from scheduler.cli.papers import add_paper, pdf_wanted, refuse_folder
from scheduler.cli.source import load_source
from scheduler.units import pence, pounds, sixtieths


def register(commands: Any) -> None:
    """Add the command."""
    parser = add_paper(
        commands,
        "schedules",
        "each carer's schedule: visits, travel and rest breaks told apart, hours, miles and expected pay",
        "Write each carer's schedule of visits, as regulation 41 asks in Wales: a page, a PDF and a "
        "calendar a carer, and all lines in one workbook.",
        pdf=True,
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load both, write, say."""
    from scheduler.intake.rota_rows import load_rota
    from scheduler.report.folder import write_folder
    from scheduler.report.schedule_papers import schedule_files
    from scheduler.report.schedules import schedules

    problem = load_source(given).problem
    rota = load_rota(given.rota, problem)
    refuse_folder(given, "schedules")
    files = schedule_files(rota, problem, pdf_wanted(given), counting(sys.stderr, "PDFs"))
    write_folder(given.out, files)
    for one in schedules(rota, problem):
        pay = pounds(one.expected_pay) if one.lines else "no visits"
        visits = "visit" if one.person.visits == 1 else "visits"
        print(f"  {one.person.label:<32} {one.person.visits:>4} {visits:<6} {pay:>12}")
    total = sum(sixtieths(pence(one.expected_pay)) for one in schedules(rota, problem))
    print(
        f"Expected pay together: {pounds(total)}. Written: {given.out / 'schedules.html'} and carers/ beside it."
    )
    return 0
