"""A carer leaves home within the shift, and being back after it has a price or must not be. Without a shift the day
begins at 0 all the same, which is what the format's own model of a route says and what published values rest on."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.days import EVER, days, leaves_at_start, opens, shift_of
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
            carer = problem.carers[day.carer].id
            early = opens(self.case, day.carer) - day.leave
            if early > 0:
                yield self.broken(f"{carer} leaves {early} ticks too early.", early, carer=carer)
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
            back = shift[1] if shift else EVER
            verbs.away_between(k, 0, opens(self.case, k), back, per_over, leaves_at_start(self.case, k))
