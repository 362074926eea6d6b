"""The register of columns and settings as Markdown, for the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduler.intake.columns import Table
from scheduler.intake.settings_table import known_settings
from scheduler.intake.tables import TABLES


def tables_markdown() -> str:
    """Every table with every column: how it is written, what an empty cell means, and what it holds."""
    return "\n".join(line for table in TABLES for line in _table(table))


def settings_markdown() -> str:
    """Every setting with its default and its meaning."""
    rows = (
        (f"`{s.name}`", ", ".join(s.choices) or " ", s.default, s.note) for s in known_settings().values()
    )
    return "\n".join(_grid(("setting", "choices", "default", "meaning"), rows))


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.name}{'' if table.required else ' (may be left out)'}\n\n{table.note}\n"
    rows = (
        (f"`{c.name}`", c.written, "**required**" if c.required else c.default, c.note) for c in table.columns
    )
    yield from _grid(("column", "written", "empty means", "what it holds"), rows)
    yield ""


def _grid(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = list(titles)
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
