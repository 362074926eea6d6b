"""Waiting between visits has a price; before the first visit only where carers leave at the shift's start."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.days import EVER, days
from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Verbs


class Waiting(CaseRule):
    name = "total_waiting_time"
    label = "Waiting"
    unit = "ticks"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        price = self.case.per_tick(self.name)
        for day in filter(None, days(rota, self.case)):
            carer = problem.carers[day.carer].id
            if day.waiting and price:
                yield self.priced(
                    f"{carer} waits {day.waiting} ticks.", day.waiting, day.waiting * price, carer=carer
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        price = self.case.per_tick(self.name)
        for k in range(len(problem.carers)):
            verbs.pay(k, 0, contact=0, travel=0, waiting=price, waiting_cap=EVER)
