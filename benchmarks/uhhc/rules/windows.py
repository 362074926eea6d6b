"""A service starts in or after one of the client's windows; after it every tick is late."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Verbs


class Windows(CaseRule):
    """The window that counts is the last that has opened by the start. Lateness has a price, or must not be."""

    name = "total_tardiness"
    label = "Windows"
    unit = "ticks late"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        price = self.case.per_tick(self.name)
        for leg in rota.legs:
            v = problem.visit_index[leg.visit]
            early = self.case.spans[v][0][0] - leg.start
            late = self.case.lateness(v, leg.start)
            if early > 0:
                yield self.broken(f"{leg.visit} starts {early} ticks early.", early, visit=v, carer=leg.carer)
            elif late and self.case.is_strict:
                yield self.broken(f"{leg.visit} is {late} ticks late.", late, visit=v, carer=leg.carer)
            elif late and price:
                yield self.priced(
                    f"{leg.visit} is {late} ticks late.", late, late * price, visit=v, carer=leg.carer
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        per_late = None if self.case.is_strict else self.case.per_tick(self.name)
        for v, spans in enumerate(self.case.spans):
            verbs.start_within(v, spans, per_late)
