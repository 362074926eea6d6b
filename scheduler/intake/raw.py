"""What all readers give: tables of text with the rows' numbers, before anything is understood."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from scheduler.errors import Fault
from scheduler.intake.columns import Table
from scheduler.intake.tables import TABLES_BY_NAME

MEGABYTE = 1_000_000
MOST_BYTES = 50 * MEGABYTE
MOST_WHOLE = 10**15
IGNORED = ("rota", "actuals", "events", "read_me", "faults", "setting_names")
"""Sheets and files that may lie beside the tables: a rota, and what our own workbooks carry."""

Record = tuple[int, Sequence[str]]
"""A row's number and its cells."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Refused(Exception):
    """A file that cannot be read at all; the reader's caller makes it a Fault of that file."""

    def __init__(
        self,
        problem: str,
        cure: str,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem, self.cure, self.row, self.column, self.value = problem, cure, row, column, value

    def fault(self, file: str) -> Fault:
        return Fault(file, self.row, self.column, self.value, self.problem, self.cure)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: its number as the spreadsheet shows it, and its cells that are not empty, by column."""

    number: int
    cells: Mapping[str, str]


@dataclass
class RawTable:
    """One table as text. `label` says where it stands: 'clients.csv', or 'week.xlsx, sheet clients'. An unreadable
    table has no columns."""

    name: str
    label: str
    columns: tuple[str, ...] = ()
    rows: list[RawRow] = field(default_factory=list)


@dataclass
class Source:
    """All that was found, in the words of the files. `name` is the file's or the folder's."""

    name: str
    tables: dict[str, RawTable] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add(self, table: Table, label: str, records: Iterable[Record]) -> None:
        """Take in one table; its first row that is not empty names the columns."""
        if table.name in self.tables:
            problem = (
                f"this is the second table of {table.name}; the first is {self.tables[table.name].label}."
            )
            self.faults.append(Fault(label, None, None, None, problem, "Keep one of them."))
            return
        filled = (record for record in records if any(cell for cell in record[1]))
        header = next(filled, None)
        if header is None:
            self.tables[table.name] = RawTable(table.name, label)
            if table.required:
                problem = "this is empty: not even the columns are named."
                cure = f"Name the columns in the first row: {', '.join(_required(table))} at the least."
                self.faults.append(Fault(label, None, None, None, problem, cure))
            return
        places = self._columns(table, label, header)
        raw = self.tables[table.name] = RawTable(table.name, label, tuple(places))
        if not places:
            return
        known: dict[str, str] = {}  # a word that stands in thousands of cells is kept once
        for number, cells in filled:
            self.faults.extend(_unreadable(label, number, header[1], cells))
            found = {
                column: known.setdefault(cells[i], cells[i])
                for column, i in places.items()
                if i < len(cells) and cells[i]
            }
            if found:
                raw.rows.append(RawRow(number, found))

    def pass_by(self, label: str, name: str) -> None:
        """Report a table that nobody knows."""
        self.unknown.append(name)
        near = nearest(name, TABLES_BY_NAME)
        cure = f"Call it {near!r} if it is that." if near else f"The tables are {', '.join(TABLES_BY_NAME)}."
        self.warnings.append(
            Fault(label, None, None, None, f"no table is called {name!r}; it is not read.", cure)
        )

    def _columns(self, table: Table, label: str, header: Record) -> dict[str, int]:
        """Where the known columns stand; everything odd about the header is reported."""
        number, titles = header[0] or None, header[1]
        keys = [key(title) for title in titles]
        known = {name: keys.index(name) for name in table.names if name in keys}
        unknown = [
            title for title, name in zip(titles, keys, strict=True) if name and name not in table.names
        ]
        if not known:
            problem, cure = "this row does not name the columns.", f"Name them: {', '.join(table.names)}."
            self.faults.append(Fault(label, number, None, titles[0][:60], problem, cure))
            return {}
        for name in (name for name, count in Counter(keys).items() if count > 1 and name):
            problem, cure = "two columns have this name.", "Keep one; rename or delete the other."
            self.faults.append(Fault(label, number, name, None, problem, cure))
        for name in (name for name in _required(table) if name not in known):
            near = nearest(name, unknown)
            cure = f"Is it {near!r}? Then call it {name!r}." if near else f"Add it: {table.column(name).note}"
            self.faults.append(Fault(label, number, name, None, "this column is missing.", cure))
        for title in unknown:
            near = nearest(title, [name for name in table.names if name not in known])
            cure = f"Call it {near!r} if it is that." if near else "Leave it or delete it."
            self.warnings.append(
                Fault(label, number, title, None, "this column is not known; it is not read.", cure)
            )
        return known


def _unreadable(label: str, number: int, titles: Sequence[str], cells: Sequence[str]) -> Iterator[Fault]:
    """Cells under no name, and cells with signs that nobody typed."""
    for i, cell in enumerate(cells):
        if cell and (i >= len(titles) or not titles[i]):
            problem = "this cell stands in a column that has no name."
            cure = "Name the column, or put text that has a comma in it between double quotes."
            yield Fault(label, number, letters(i), cell[:60], problem, cure)
        elif _CONTROL.search(cell):
            shown = _CONTROL.sub("?", cell)[:60]
            yield Fault(
                label, number, key(titles[i]), shown, "there is an invisible sign in it.", "Type it anew."
            )


def clean(cell: str) -> str:
    """A cell without the spaces around it; the space that does not break is a space."""
    return cell.replace("\xa0", " ").strip()


def number_text(value: float) -> str:
    """45.0 -> '45', 37.5 -> '37.5', and what floats add at the far end is dropped."""
    if isinstance(value, int) or (abs(value) < MOST_WHOLE and value == int(value)):
        return str(int(value))
    return f"{value:.12g}"


def key(title: str) -> str:
    """'Opt out 48h' -> 'opt_out_48h': how names of tables, columns and settings are compared."""
    return re.sub(r"[\s_\-]+", "_", title.strip().lower()).strip("_")


def letters(column: int) -> str:
    """0 -> 'A', 26 -> 'AA': a column as the spreadsheet calls it."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like this one, or ''; case, spaces and underscores do not count."""
    return next(iter(_nearest(name, known, 1)), "")


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """A cure that names up to three known names that look like this one, or the other cure."""
    near = _nearest(name, known, 3)
    return f"Did you mean {' or '.join(map(repr, near))}?" if near else otherwise


def _nearest(name: str, known: Iterable[str], most: int) -> list[str]:
    folded = {key(k): k for k in known}
    return [folded[found] for found in get_close_matches(key(name), folded, n=most, cutoff=0.6)]


def _required(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.required]
