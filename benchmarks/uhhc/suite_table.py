"""The rows of a suite by class of instances: Mankowska's by size, the others by set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import mean

from benchmarks.tables import text_table

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Class:
    """Runs of one class. Gaps are per cent above the best published value (below zero: better than it);
    `against_mean` is the mean of the same against the published mean of single runs, and `below_mean` counts the
    instances whose mean over seeds is below it. None: nothing is published. `errors`: runs that the judge rejects;
    their values are left out of all else."""

    name: str
    instances: int
    runs: int
    errors: int
    mean_gap: float | None
    worst_gap: float | None
    at_best: int
    below_best: int
    against_mean: float | None
    below_mean: int


SAME = 0.001
"""Per cent: values are published with three decimals at the most."""


def class_table(rows: Sequence[Row]) -> str:
    """The table as text."""
    return text_table([asdict(found) for found in classes(rows)])


def classes(rows: Sequence[Row]) -> list[Class]:
    """A class a row, smaller instances first within a set."""
    groups: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows:
        by_size = row["set"] == "mankowska"
        groups[row["set"], int(row["clients"]) if by_size else 0].append(row)
    return [_class(f"{name} {size}" if size else name, groups[name, size]) for name, size in sorted(groups)]


def _class(name: str, rows: Sequence[Row]) -> Class:
    good = [row for row in rows if row["errors"] == "0"]
    gaps = [float(row["gap_percent"]) for row in good if row["gap_percent"]]
    means = _by_instance(good, "mean_percent")
    return Class(
        name=name,
        instances=len({row["instance"] for row in rows}),
        runs=len(rows),
        errors=len(rows) - len(good),
        mean_gap=mean(gaps) if gaps else None,
        worst_gap=max(gaps, default=None),
        at_best=sum(gap <= SAME for gap in gaps),
        below_best=sum(gap < -SAME for gap in gaps),
        against_mean=mean(means.values()) if means else None,
        below_mean=sum(value < -SAME for value in means.values()),
    )


def _by_instance(rows: Sequence[Row], column: str) -> dict[str, float]:
    """Instance -> mean of a column over its runs; instances without a value are absent."""
    found: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row[column]:
            found[row["instance"]].append(float(row[column]))
    return {instance: mean(values) for instance, values in found.items()}
