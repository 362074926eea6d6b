"""Where results go: tables that grow by a row a measurement, and files that the newest run replaces."""

from __future__ import annotations

import argparse
import csv
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"


def add_results(parser: argparse.ArgumentParser) -> None:
    """--results."""
    parser.add_argument(
        "--results", type=Path, default=RESULTS, metavar="DIR", help="where to (default: benchmarks/results)"
    )


def append_row(path: Path, row: Mapping[str, Any]) -> None:
    """Add a row to a CSV table, which is made if need be. A column that is new is empty in the rows before."""
    rows: list[dict[str, Any]] = []
    columns: list[str] = []
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, columns = list(reader), list(reader.fieldnames or [])
    rows.append(dict(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.new")
    with half.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys([*columns, *row])), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    os.replace(half, path)


def write_text(path: Path, text: str) -> None:
    """Write a file whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
