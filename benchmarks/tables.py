"""Tables for a console and for a README."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def text_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """Aligned columns under the keys of the first row; text to the left, numbers to the right."""
    if not rows:
        return ""
    titles = list(rows[0])
    cells = [titles, *([shown(row[title]) for title in titles] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    left = [isinstance(rows[0][title], str) for title in titles]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if to_left else cell.rjust(width)
            for cell, width, to_left in zip(line, widths, left, strict=True)
        ).rstrip()
        for line in cells
    )


def shown(value: Any) -> str:
    """A value as text: thousands with commas, two decimals of a broken number, '-' for None."""
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def markdown_table(titles: Sequence[str], rows: Iterable[Sequence[str]], text_columns: int = 1) -> str:
    """A table for GitHub: so many columns of text, the others numbers to the right."""
    rule = [":--" if i < text_columns else "--:" for i in range(len(titles))]
    return "\n".join(f"| {' | '.join(line)} |" for line in (titles, rule, *rows))
