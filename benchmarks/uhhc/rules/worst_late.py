"""The largest lateness of all visits has a price of its own."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Verbs


class WorstLate(CaseRule):
    name = "highest_tardiness"
    label = "Largest lateness"
    unit = "ticks late"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        price = self.case.per_tick(self.name)
        worst = max(
            (self.case.lateness(problem.visit_index[leg.visit], leg.start) for leg in rota.legs), default=0
        )
        if worst and price:
            yield self.priced(f"The latest visit is {worst} ticks late.", worst, worst * price)

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        verbs.charge_worst_late(self.case.per_tick(self.name))
