"""Travel: a carer is at a visit before it starts, and each minute of every journey has its price."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.days import EVER, days
from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Verbs


class Road(CaseRule):
    """Also from where the carer leaves and to where the carer returns. A day ends at the case's horizon."""

    name = "travel_time"
    label = "Travel"
    unit = "ticks"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        price = self.case.per_tick(self.name)
        for day in filter(None, days(rota, self.case)):
            carer = problem.carers[day.carer].id
            for leg, v, gap in zip(day.legs, day.visits, day.gaps, strict=True):
                if gap < 0:
                    yield self.broken(
                        f"{carer} comes {-gap} ticks late to {leg.visit}.", -gap, visit=v, carer=carer
                    )
                if leg.start < 0 or leg.end > self.case.horizon:
                    yield self.broken(f"{leg.visit} lies outside every day.", visit=v, carer=carer)
            if day.travel and price:
                yield self.priced(
                    f"{carer} travels {day.travel} ticks.", day.travel, day.travel * price, carer=carer
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        price = self.case.per_tick(self.name)
        minutes = problem.travel["car"].minutes
        for k in range(len(problem.carers)):
            verbs.travel(k, minutes)
            verbs.shift(k, 0, 0, self.case.horizon)
            verbs.pay(k, 0, contact=0, travel=price, waiting=0, waiting_cap=EVER)
            verbs.charge_home(k, price)
