"""What the planner says of a rota, worked out once for each state of it: every open board asks for the same sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from api.desk.memory import Memory
from api.desk.rotas import Opened
from scheduler.check import Report, check
from scheduler.cost import Cost, cost
from scheduler.measures import measure
from scheduler.report.carers import ForCarer, for_carers

KEPT = 16
Value = TypeVar("Value")
_reports: Memory[Report] = Memory(KEPT)
_costs: Memory[Cost] = Memory(KEPT)
_measures: Memory[Mapping[str, float]] = Memory(KEPT)
_carers: Memory[Sequence[ForCarer]] = Memory(KEPT)


def report_of(opened: Opened) -> Report:
    """The check of the whole rota."""
    return _once(_reports, opened, lambda: check(opened.rota, opened.problem))


def cost_of(opened: Opened) -> Cost:
    """What it costs, rule by rule."""
    return _once(_costs, opened, lambda: cost(opened.rota, opened.problem))


def measures_of(opened: Opened) -> Mapping[str, float]:
    """Every measure by its name."""
    return _once(_measures, opened, lambda: measure(opened.rota, opened.problem, report_of(opened).findings))


def carers_of(opened: Opened) -> Sequence[ForCarer]:
    """Each carer's rounds and sums, in the problem's order."""
    return _once(_carers, opened, lambda: for_carers(opened.rota, opened.problem))


def _once(memory: Memory[Value], opened: Opened, make: Callable[[], Value]) -> Value:
    return make() if opened.key is None else memory.get(opened.key, make)
