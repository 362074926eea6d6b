"""What others have published for an instance: CSV tables with the columns `instance` and `best_known`, and, where
there are such, `sa_mean_10_runs` and `sa_mean_time_s` (means of logged runs of simulated annealing)."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scheduler.errors import CareroundError


@dataclass(frozen=True, slots=True)
class Published:
    """Best value, mean of single runs, and the mean seconds of those; None where nobody says."""

    best: float | None = None
    mean: float | None = None
    seconds: float | None = None

    def gap(self, objective: float) -> float | None:
        """Per cent above the best value."""
        return round(100 * (objective - self.best) / self.best, 3) if self.best else None

    def against_mean(self, objective: float) -> float | None:
        """Per cent above the mean of single runs."""
        return round(100 * (objective - self.mean) / self.mean, 3) if self.mean else None


def published(paths: Iterable[Path]) -> dict[str, Published]:
    """Instance -> what is published. Raises CareroundError if a table cannot be read."""
    found: dict[str, Published] = {}
    for path in paths:
        try:
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    columns = ("best_known", "sa_mean_10_runs", "sa_mean_time_s")
                    found[row["instance"]] = Published(*(_number(row.get(name)) for name in columns))
        except (OSError, KeyError, ValueError) as error:
            raise CareroundError(f"{path} is no table of published values: {error}") from error
    return found


def _number(cell: str | None) -> float | None:
    return float(cell) if cell else None
