"""`careround letters SOURCE ROTA --out DIR`: a letter for each client."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.cli.arguments import a_date
from scheduler.cli.counting import counting
from scheduler.cli.papers import add_paper, pdf_wanted, refuse_folder
from scheduler.cli.roads import choice_of, geocoder_of
from scheduler.cli.source import load_source, period_of
from scheduler.errors import CareroundError

if TYPE_CHECKING:
    from scheduler.problem import Problem
    from scheduler.report.letters import Earlier

VERB = "letters"
KINDS = ("standard", "large-print", "easy-read")


def register(commands: Any) -> None:
    """Add the command."""
    parser = add_paper(
        commands,
        VERB,
        "write each client a letter: who comes, when, for how long, what for and what changed",
        "Write each client a letter about the rota, in standard print, large print and easy read, as a web "
        "page and as a tagged PDF, with a calendar file for the family.",
        pdf=True,
    )
    parser.add_argument(
        "--before",
        type=Path,
        metavar="ROTA",
        help="last week's rota, or an earlier one of the same days: what is different is told, and why",
    )
    parser.add_argument(
        "--before-from",
        type=a_date,
        metavar="DATE",
        help="first day of that rota (default: its own, where it is known, or that of ROTA)",
    )
    parser.add_argument(
        "--client",
        action="append",
        default=[],
        metavar="ID",
        help="only this client's letter (may be repeated)",
    )
    parser.add_argument(
        "--version",
        action="append",
        choices=KINDS,
        help="only this version (may be repeated; default: all three)",
    )
    parser.add_argument(
        "--phone", default="", metavar="NUMBER", help="the number to ask under, for the letter's end"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Load, write, say."""
    from scheduler.intake.rota_rows import load_rota
    from scheduler.report.folder import with_summary, write_folder
    from scheduler.report.letters import letters
    from scheduler.report.letters.folder import letter_files, letters_summary

    problem = load_source(given).problem
    rota = load_rota(given.rota, problem)
    earlier = _earlier(given, problem)
    for id in given.client:
        problem.client(id)
    refuse_folder(given, VERB)
    found = letters(rota, problem, earlier)
    found = [letter for letter in found if not given.client or letter.client.id in given.client]
    if not found:
        raise CareroundError("There is no letter to write: nobody has a visit in these days.")
    pdf = pdf_wanted(given)
    files = letter_files(
        found,
        problem,
        given.version or KINDS,
        given.phone,
        pdf,
        on_pdf=counting(sys.stderr, "PDFs"),
    )
    told = letters_summary(found, problem)
    write_folder(given.out, with_summary(files, told, VERB))
    print(f"{told['letters']} letters about {told['visits']} visits: {given.out}")
    print(
        f"  unallocated visits {told['unallocated']}, new faces {told['new_faces']}, changes {told['changes']}"
    )
    return 0


def _earlier(given: argparse.Namespace, problem: Problem) -> Earlier | None:
    """The rota to compare with, read against the agency's data for its own days."""
    from scheduler.intake.load import load_with_warnings
    from scheduler.intake.rota_rows import load_rota
    from scheduler.report.letters import Earlier

    if given.before is None:
        if given.before_from is not None:
            raise CareroundError("--before-from is the first day of an earlier rota: name it with --before.")
        return None
    start, days = period_of(given.before)
    start, days = given.before_from or start or problem.start, days or problem.days
    same = (start, days) == (problem.start, problem.days)
    then = (
        problem
        if same
        else load_with_warnings(given.source, start, days, choice_of(given), geocoder_of(given)).problem
    )
    found = Earlier(load_rota(given.before, then, may_have_gone=True), then)
    found.shift(problem)
    return found
