"""What a table is, be it written to a workbook, a CSV file or the page.

Amounts stay whole inside (minutes, metres, sixtieths of a penny): a column's kind says how they are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scheduler.units import HOUR, METRES_PER_MILE, pence


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    LONG = "long text"
    COUNT = "whole number"
    MINUTES = "minutes"
    HOURS = "minutes, shown as hours"
    MILES = "metres, shown as miles"
    MONEY = "sixtieths of a penny, shown as pounds"
    SHARE = "share, shown as per cent"
    NUMBER = "number"
    MEASURE = "number of the unit that its row names"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, and what its cells hold."""

    title: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name, a sentence on what it shows, columns and rows. An empty cell is None."""

    name: str
    note: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]]

    def only(self, name: str, *titles: str) -> Table:
        """The same rows with these columns alone, in this order."""
        at = [[column.title for column in self.columns].index(title) for title in titles]
        rows = [tuple(row[i] for i in at) for row in self.rows]
        return Table(name, self.note, tuple(self.columns[i] for i in at), rows)


TEXT, LONG, COUNT, MINUTES = Kind.TEXT, Kind.LONG, Kind.COUNT, Kind.MINUTES
HOURS, MILES, MONEY, SHARE, NUMBER = Kind.HOURS, Kind.MILES, Kind.MONEY, Kind.SHARE, Kind.NUMBER
MEASURE = Kind.MEASURE


def columns(*given: tuple[str, Kind]) -> tuple[Column, ...]:
    """('visit', TEXT), ... -> columns."""
    return tuple(Column(title, kind) for title, kind in given)


def plain(value: Any, kind: Kind) -> Any:
    """A whole amount as the number that people read: hours, miles, pounds."""
    match kind:
        case Kind.HOURS:
            return round(value / HOUR, 2)
        case Kind.MILES:
            return round(value / METRES_PER_MILE, 1)
        case Kind.MONEY:
            return pence(value) / 100
    return value
