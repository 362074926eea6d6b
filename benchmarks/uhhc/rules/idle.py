"""The carer with the most idle time: shift less visits, journeys and lunch. Without a visit the whole shift is idle."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.days import Day, days, shift_of
from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Verbs


class WorstIdle(CaseRule):
    name = "max_idle_time"
    label = "Largest idle time"
    unit = "ticks"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        price = self.case.per_tick(self.name)
        if not price:
            return
        idle = {k: self._idle(k, day) for k, day in enumerate(days(rota, self.case))}
        worst = max(idle, key=lambda k: idle[k], default=None)
        if worst is not None:
            carer = problem.carers[worst].id
            yield self.priced(
                f"{carer} is idle for {idle[worst]} ticks.", idle[worst], idle[worst] * price, carer=carer
            )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        price = self.case.per_tick(self.name)
        for k in range(len(problem.carers)):
            if price:
                verbs.charge_worst_idle(k, 0, self._spell(k), price)

    def _idle(self, carer: int, day: Day | None) -> int:
        if day is None:
            return self._spell(carer)
        lunch = day.lunch.ticks if day.lunch else 0
        return self._spell(carer) + day.over - day.work - lunch

    def _spell(self, carer: int) -> int:
        """Ticks of the carer's shift."""
        shift = shift_of(self.case, carer)
        return shift[1] - shift[0] if shift else 0
