"""The files of all letters: each version as page and PDF, a calendar for each client, and a list of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from scheduler.problem import Problem
from scheduler.report.calendars import file_names
from scheduler.report.export import to_xlsx
from scheduler.report.letters.calendars import client_calendar
from scheduler.report.letters.letter import Letter
from scheduler.report.letters.pages import VERSIONS, letter_page
from scheduler.report.pdfs import OnDone, nobody, to_pdfs
from scheduler.report.table import COUNT, TEXT, Table, columns
from scheduler.report.words import labels


def letter_files(
    letters: Sequence[Letter],
    problem: Problem,
    versions: Sequence[str] = tuple(VERSIONS),
    phone: str = "",
    pdf: bool = True,
    stamp: datetime | None = None,
    on_pdf: OnDone = nobody,
) -> dict[str, bytes]:
    """File name -> content. OutputError where PDFs cannot be made."""
    names = file_names(letter.client.id for letter in letters)
    files: dict[str, bytes] = {}
    pages: dict[str, str] = {}
    for letter in letters:
        name = names[letter.client.id].removesuffix(".ics")
        for version in versions:
            page = letter_page(letter, version, phone)
            files[f"{version}/{name}.html"] = page.encode()
            pages[f"{version}/{name}.pdf"] = page
        files[f"calendars/{name}.ics"] = client_calendar(letter, problem, stamp)
    files |= to_pdfs(pages, on_pdf) if pdf else {}
    files["letters.xlsx"] = to_xlsx([letters_table(letters, problem)], problem)
    return files


def letters_table(letters: Sequence[Letter], problem: Problem) -> Table:
    """One row a letter: the numbers that it tells."""
    names, files = labels(problem.clients), file_names(letter.client.id for letter in letters)
    return Table(
        "Letters",
        "The numbers that each letter tells.",
        columns(
            ("Id", TEXT), ("Client", TEXT), ("File", TEXT), ("Visits", COUNT), ("Unallocated", COUNT),
            ("Carers", COUNT), ("New faces", COUNT), ("Changes", COUNT),
        ),
        [
            (
                letter.client.id, names[letter.client.id], files[letter.client.id].removesuffix(".ics"),
                letter.visits, letter.unallocated, len(letter.faces), letter.new_faces,
                None if letter.changes is None else len(letter.changes),
            )
            for letter in letters
        ],
    )  # fmt: skip


def letters_summary(letters: Sequence[Letter], problem: Problem) -> dict[str, Any]:
    """The same numbers for all letters together, for `summary.json`."""
    return {
        "agency": problem.settings.agency,
        "from": problem.start.isoformat(),
        "days": problem.days,
        "letters": len(letters),
        "visits": sum(letter.visits for letter in letters),
        "unallocated": sum(letter.unallocated for letter in letters),
        "new_faces": sum(letter.new_faces for letter in letters),
        "changes": sum(len(letter.changes or ()) for letter in letters),
    }
