"""Carers who should have lunch and do not: those without any visit miss it too."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.days import days, lunch_window, missed_price
from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Verbs


class LunchBreak(CaseRule):
    """Where it is taken: see `benchmarks.uhhc.days`."""

    name = "missed_lunch_break"
    label = "Lunch"
    unit = "carers"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        price = missed_price(self.case)
        for k, day in enumerate(days(rota, self.case)):
            missed = lunch_window(self.case, k) is not None and (day is None or day.lunch is None)
            if missed and price:
                carer = problem.carers[k].id
                yield self.priced(f"{carer} misses lunch.", 1, price, carer=carer)

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for k in range(len(problem.carers)):
            window = lunch_window(self.case, k)
            if window:
                verbs.pause(k, 0, *window, missed_price(self.case))
