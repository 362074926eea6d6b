"""How far each carer's work is off the mean of all carers."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.days import days
from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Verbs


class Balance(CaseRule):
    """Visits and journeys, without lunch; a begun tick counts whole (a begun minute, where the file has whole numbers
    only: all published instances in which balance counts)."""

    name = "workload_balance"
    label = "Balance of work"
    unit = "ticks off the mean"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        price = self.case.per_tick(self.name)
        if not price:
            return
        work = [day.work if day else 0 for day in days(rota, self.case)]
        total, carers = sum(work), len(work)
        for carer, own in zip(problem.carers, work, strict=True):
            off = -(-abs(own * carers - total) // carers)
            if off:
                yield self.priced(
                    f"{carer.id} works {off} ticks off the mean.", off, off * price, carer=carer.id
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        price = self.case.per_tick(self.name)
        if price:
            verbs.charge_imbalance(price)
