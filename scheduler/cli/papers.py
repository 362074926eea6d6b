"""What the commands that write one report share: SOURCE, ROTA, --out, and saying where it is."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.cli.source import add_source

if TYPE_CHECKING:
    from scheduler.problem import Problem
    from scheduler.report.paper import Section


def add_paper(commands: Any, verb: str, help: str, description: str) -> Any:
    """A command that reads an agency and a rota and writes a report."""
    parser = commands.add_parser(verb, help=help, description=description)
    add_source(parser, rota=True)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the report")
    return parser


def write_paper(
    given: argparse.Namespace,
    verb: str,
    title: str,
    problem: Problem,
    sections: Sequence[Section],
    summary: Mapping[str, Any],
) -> int:
    """Write page, workbook and summary; print the first section and where the rest is."""
    from scheduler.report.paper import paper_files
    from scheduler.report.write import write_folder

    write_folder(given.out, paper_files(verb, title, problem, sections), summary, verb)
    for sentence in sections[0].sentences:
        print(sentence)
    print(f"\n  {given.out / f'{verb}.html'} (and .xlsx, summary.json)")
    return 0
