"""A paper: sentences first, then facts and tables, as one HTML file that fetches nothing and prints well.

Every report on people and money is one, so that a page, its PDF and its workbook are made from the same tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.problem import Problem
from scheduler.report.export import to_xlsx
from scheduler.report.html import render, static, trusted
from scheduler.report.table import Table
from scheduler.report.words import period


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a paper. `kind` names a style of `paper.css`; `sentences` stand before the tables, `points` is a
    list before them, `notes` stand after them in smaller print."""

    heading: str
    sentences: Sequence[str] = ()
    points: Sequence[str] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper. `lead` is what a reader must know first; `bad`: something in it must not stay so."""

    title: str
    lead: Sequence[str]
    sections: Sequence[Section]
    facts: Sequence[tuple[str, str]] = ()
    bad: bool = False
    footer: Sequence[str] = ("Made by Careround, an open home care visit planner.",)


def to_html(document: Document, problem: Problem) -> str:
    """The paper as a page."""
    return render(
        "paper.html",
        styles=trusted(static("page.css") + static("paper.css")),
        paper=document,
        agency=problem.settings.agency,
        period=period(problem),
    )


def to_files(name: str, document: Document, problem: Problem) -> dict[str, bytes]:
    """The paper as `name`.html, and its tables as `name`.xlsx."""
    tables = [table for section in document.sections for table in section.tables]
    return {
        f"{name}.html": to_html(document, problem).encode(),
        f"{name}.xlsx": to_xlsx(tables, problem),
    }
