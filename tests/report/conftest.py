"""A small week that all tests of this folder look at, and one whose names are an attack."""

from __future__ import annotations

import pytest

from scheduler.problem import Problem
from scheduler.report.page import Judged
from scheduler.report.run import Gap, Progress, RunInfo
from scheduler.rota import Rota
from tests.report.weeks import a_week, hostile_week

RUN = RunInfo(
    seed=7,
    iterations=12_000,
    seconds=3.5,
    versions={"careround": "0.1.0", "ortools": "9.15"},
    warnings=("Nobody has a shift on Sunday.",),
    progress=(Progress(0.5, 2_000_000, 9), Progress(3.0, 1_500_000, 4)),
    gaps=(
        Gap("2026-11-02", 200_000, 180_000, 0.1, "converged", 3, 2),
        Gap("2026-11-03", 100_000, 85_700, 0.143, "lagrangian", 1, 1),
    ),
    command="careround plan week --out out",
)


def reasons_for(rota: Rota, problem: Problem) -> dict[str, list[str]]:
    return {visit.id: [f"All carers are busy around {visit.id}."] for visit in rota.unallocated(problem)}


@pytest.fixture(scope="session")
def week() -> tuple[Rota, Problem]:
    """Twelve clients, too few carers: some visits are unallocated, some rules are broken."""
    rota, problem = a_week(clients=12, carers=4, seed=3)
    assert rota.unallocated(problem)
    return rota, problem


@pytest.fixture(scope="session")
def judged(week: tuple[Rota, Problem]) -> Judged:
    rota, problem = week
    return Judged(rota, problem, RUN, reasons_for(rota, problem))


@pytest.fixture(scope="session")
def hostile() -> Judged:
    """Every text that people type, made to break out of the place where it is shown."""
    rota, problem = hostile_week()
    reasons = {visit.id: ["<script>alert('why')</script>", "=cmd()"] for visit in rota.unallocated(problem)}
    return Judged(rota, problem, RUN, reasons)
