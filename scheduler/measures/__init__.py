"""What can be counted about a rota: one register, each measure with its unit and what exactly it counts.

`measure(rota, problem)` gives them all under their keys; `continuity(rota, problem)` the table of each client's
carers behind some of them. A share of nothing is 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.check import check
from scheduler.measures import about_carers, about_money, about_time, about_visits
from scheduler.measures.about_visits import SHORT, longest_night
from scheduler.measures.continuity import CORE_TEAM, CORE_TEAM_DOUBLE, ClientContinuity, coc, continuity
from scheduler.measures.measure import Measure, Number
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding

__all__ = [
    "CORE_TEAM", "CORE_TEAM_DOUBLE", "GROUPS", "MEASURES", "SHORT", "ClientContinuity", "Measure", "Number", "coc",
    "continuity", "longest_night", "measure",
]  # fmt: skip

GROUPS: dict[str, tuple[Measure, ...]] = {
    "Visits": about_visits.MEASURES,
    "Who comes": about_carers.MEASURES,
    "Time": about_time.MEASURES,
    "Money": about_money.MEASURES,
}
"""What they are about, in words for people -> the measures."""
MEASURES: tuple[Measure, ...] = tuple(one for group in GROUPS.values() for one in group)


def measure(rota: Rota, problem: Problem, findings: Sequence[Finding] | None = None) -> dict[str, Number]:
    """All measures by key. `findings` are those of `check`, where the caller has them already."""
    known = check(rota, problem).findings if findings is None else findings
    return {one.name: one.function(rota, problem, known) for one in MEASURES}
