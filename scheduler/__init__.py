"""Careround: home care visit planning. `load`, `solve`, `check`, `cost`, `explain`, `to_map` are the whole road.

Each name is imported when it is first used, so that looking at a rota never waits for the solver.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "load": "scheduler.intake.load",
    "solve": "scheduler.solve.solve",
    "check": "scheduler.check",
    "cost": "scheduler.cost",
    "measure": "scheduler.measures",
    "explain": "scheduler.explain",
    "to_map": "scheduler.report.map",
    "Problem": "scheduler.problem",
    "Rota": "scheduler.rota",
}

__all__ = ["Problem", "Rota", "check", "cost", "explain", "load", "measure", "solve", "to_map"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'scheduler' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
