"""What one measure is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding

Number = int | float


@dataclass(frozen=True, slots=True)
class Measure:
    """One number about a rota, under its key `name`; `label` is its name for people, `doc` what exactly it counts."""

    name: str
    label: str
    unit: str
    doc: str
    function: Callable[[Rota, Problem, Sequence[Finding]], Number]
