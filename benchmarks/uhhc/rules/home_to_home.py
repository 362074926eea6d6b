"""A carer leaves home within the shift, and being back after it has a price or must not be."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.days import days, leaves_at_start, shift_of
from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Verbs


class HomeToHome(CaseRule):
    name = "total_extra_time"
    label = "Shifts, from home to home"
    unit = "ticks over"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        price, strict = self.case.per_tick(self.name), self.case.instance.hard(self.name)
        for day in filter(None, days(rota, self.case)):
            shift, carer = shift_of(self.case, day.carer), problem.carers[day.carer].id
            if shift and day.leave < shift[0]:
                early = shift[0] - day.leave
                yield self.broken(f"{carer} leaves {early} ticks before the shift.", early, carer=carer)
            if day.over and strict:
                yield self.broken(f"{carer} is back {day.over} ticks after the shift.", day.over, carer=carer)
            elif day.over and price:
                yield self.priced(
                    f"{carer} is back {day.over} ticks after the shift.",
                    day.over,
                    day.over * price,
                    carer=carer,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        per_over = None if self.case.instance.hard(self.name) else self.case.per_tick(self.name)
        for k in range(len(problem.carers)):
            shift = shift_of(self.case, k)
            if shift:
                verbs.away_between(k, 0, *shift, per_over, leaves_at_start(self.case, k))
