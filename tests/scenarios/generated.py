"""The shipped agencies, made and loaded once, and how to read their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import scenarios
from scenarios.generate import SHIPPED, Tables, generate
from scheduler.intake.load import load_with_warnings
from scheduler.problem import Problem
from scheduler.units import WEEKDAYS

AGENCIES = Path(scenarios.__file__).parent / "agencies"

PLANNABLE = ("demo", "branch")


@cache
def made(name: str) -> Tables:
    return generate(SHIPPED[name])


@cache
def loaded(name: str) -> Problem:
    return load_with_warnings(AGENCIES / name, SHIPPED[name].start).problem


def days_of(row: dict[str, str]) -> list[int]:
    """The weekdays of a row, as the generator writes them."""
    if row["weekdays"] == "daily":
        return list(range(7))
    if "-" in row["weekdays"]:
        first, last = (WEEKDAYS.index(day) for day in row["weekdays"].split("-"))
        return list(range(first, last + 1))
    return [WEEKDAYS.index(day) for day in row["weekdays"].split("; ")]


def a_week(name: str) -> Iterator[tuple[dict[str, str], float]]:
    """The rows of the care plans and how many visits each means in a week."""
    for row in made(name)["visits"]:
        yield row, len(days_of(row)) / int(row["every_weeks"] or 1)


def shares(weights: Iterator[tuple[object, float]]) -> dict[object, float]:
    found: Counter[object] = Counter()
    for key, weight in weights:
        found[key] += weight  # type: ignore[assignment]  # a Counter of parts
    total = sum(found.values())
    return {key: weight / total for key, weight in found.items()}
