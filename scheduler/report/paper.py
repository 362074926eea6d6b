"""A plain report of sentences and tables, as a page that fetches nothing and as a workbook of the same tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.problem import Problem
from scheduler.report.export import to_xlsx
from scheduler.report.html import render, static, trusted
from scheduler.report.table import Table
from scheduler.report.words import period


@dataclass(frozen=True)
class Section:
    """A heading with sentences and the tables below them."""

    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


def paper_page(title: str, problem: Problem, sections: Sequence[Section]) -> str:
    """The report as one HTML file."""
    return render(
        "paper.html",
        styles=trusted(static("page.css")),
        title=title,
        agency=problem.settings.agency,
        period=period(problem),
        sections=sections,
    )


def paper_files(name: str, title: str, problem: Problem, sections: Sequence[Section]) -> dict[str, bytes]:
    """The report as `name`.html and `name`.xlsx."""
    tables = [table for section in sections for table in section.tables]
    return {
        f"{name}.html": paper_page(title, problem, sections).encode(),
        f"{name}.xlsx": to_xlsx(tables, problem),
    }
