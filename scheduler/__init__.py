"""Careround: home care visit planning. `load`, `solve`, `check`, `cost`, `explain`, `to_map` are the whole road.

Functions that share their name with their module are bound here at once (that is cheap), the others when they are first
used: looking at a rota never waits for the solver or for maps.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from scheduler.check import check
from scheduler.cost import cost
from scheduler.explain import explain
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.solve import solve

_LATER = {"load": "scheduler.intake.load", "measure": "scheduler.measures", "to_map": "scheduler.report.map"}

__all__ = ["Problem", "Rota", "check", "cost", "explain", "load", "measure", "solve", "to_map"]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'scheduler' has no attribute {name!r}")
    return getattr(import_module(_LATER[name]), name)
