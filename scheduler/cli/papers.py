"""What the commands that write about a rota share: SOURCE, ROTA, --out, whether PDFs are made, and the folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from scheduler.cli.source import add_out, add_source
from scheduler.errors import OutputError

if TYPE_CHECKING:
    from scheduler.problem import Problem
    from scheduler.report.document import Document


def add_paper(commands: Any, verb: str, help: str, description: str, pdf: bool = False) -> Any:
    """A command that reads an agency and a rota and writes a folder of papers; `pdf`: also as PDF, if wanted."""
    parser = commands.add_parser(verb, help=help, description=description)
    add_source(parser, rota=True)
    add_out(parser)
    if pdf:
        parser.add_argument(
            "--no-pdf", action="store_true", help="leave the PDF files out (up to a second each)"
        )
    return parser


def refuse_folder(given: argparse.Namespace, verb: str) -> None:
    """OutputError where the folder cannot be written, or holds what must not be lost: asked before the work."""
    from scheduler.report.folder import refuse_others, refuse_unwritable

    refuse_others(given.out.resolve(), verb)
    refuse_unwritable(given.out)


def pdf_wanted(given: argparse.Namespace) -> bool:
    """Should PDFs be made, and can they? Where not, the pages are written all the same, and the reason is told."""
    from scheduler.report.pdf import to_pdf

    if given.no_pdf:
        return False
    try:
        to_pdf("<!DOCTYPE html><html lang='en-GB'><title>Trial</title><p>Trial</p></html>")
    except OutputError as error:
        print(f"No PDFs were made: {error} The pages can be printed from a browser.", file=sys.stderr)
        return False
    return True


def write_paper(
    given: argparse.Namespace, verb: str, paper: Document, problem: Problem, summary: Mapping[str, Any]
) -> int:
    """Write page, workbook and summary; print what a reader must know first and where the rest is."""
    from scheduler.report.document import to_files
    from scheduler.report.folder import with_summary, write_folder

    write_folder(given.out, with_summary(to_files(verb, paper, problem), summary, verb))
    for sentence in paper.lead:
        print(sentence)
    print(f"\n  {given.out / f'{verb}.html'} (and .xlsx, summary.json)")
    return 0
