"""Tables -> a folder of CSV files."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

Tables = dict[str, list[dict[str, str]]]
"""Table name -> rows, each column name -> text. An empty cell may be left out."""


def write_csv(tables: Mapping[str, Sequence[Mapping[str, str]]], folder: Path) -> None:
    """One file a table that has rows, UTF-8 with LF line ends; a column appears if any row uses it, in the order of
    first use. The file of a table without rows is removed, so that the folder holds this agency and no other."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        if not rows:
            (folder / f"{name}.csv").unlink(missing_ok=True)
            continue
        used = {column for row in rows for column, value in row.items() if value}
        columns = [column for column in dict.fromkeys(c for row in rows for c in row) if column in used]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
