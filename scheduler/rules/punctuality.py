"""A visit starts when the person would like it to, to the minute where the time is critical."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Visit
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs
from scheduler.units import clock, hours


class Punctuality(Rule):
    name = "punctuality"
    label = "Visits at the preferred time"
    level = Level.SOFT
    unit = "minutes"
    source = "House rule; EHRC, Close to home (2011): people's lack of control over the timing of visits"
    prices = (
        Price(
            "punctuality.minute",
            3,
            "What we would pay to start a visit one minute nearer to its preferred time.",
        ),
        Price(
            "punctuality.critical_minute",
            15,
            "What we would pay to start a time-critical visit one minute nearer to its preferred time.",
        ),
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for visit in problem.visits:
            legs = rota.of_visit(visit.id)
            off = legs[0].start - visit.preferred if legs else 0
            if off:
                critical = ", and the time is critical" if visit.time_critical else ""
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{problem.client(visit.client).name} is visited at {clock(legs[0].start)}, "
                    f"{hours(abs(off))} {'after' if off > 0 else 'before'} the preferred "
                    f"{clock(visit.preferred)}{critical}.",
                    amount=abs(off),
                    price=abs(off) * self._per_minute(visit, problem),
                    visit=visit.id,
                    client=visit.client,
                    carer=legs[0].carer,
                    day=visit.day,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for v, visit in enumerate(problem.visits):
            verbs.charge_start_off(v, visit.preferred, self._per_minute(visit, problem))

    def _per_minute(self, visit: Visit, problem: Problem) -> int:
        return self.price(
            "punctuality.critical_minute" if visit.time_critical else "punctuality.minute", problem
        )
