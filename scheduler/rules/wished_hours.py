"""Nobody works more than they wish to, if it can be helped."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.pay import pay_weeks, prorated
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs
from scheduler.units import WEEK_DAYS, hours


class WishedHours(Rule):
    name = "wished_hours"
    label = "Hours that carers wish for"
    level = Level.SOFT
    unit = "minutes"
    source = "House rule: the carer's own wish"
    prices = (
        Price(
            "wished_hours.minute",
            2,
            "What we would pay to keep a carer one minute nearer to the weekly hours that they wish for.",
        ),
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        per_minute = self.price("wished_hours.minute", problem)
        for week in pay_weeks(rota, problem):
            if week.carer.wished is None:
                continue
            wished = prorated(week.carer.wished, week.week, problem)
            if week.paid > wished:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{week.carer.name} is planned for {hours(week.paid)}, "
                    f"{hours(week.paid - wished)} more than the {hours(wished)} wished for.",
                    amount=week.paid - wished,
                    price=(week.paid - wished) * per_minute,
                    carer=week.carer.id,
                    day=week.week * WEEK_DAYS,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        per_minute = self.price("wished_hours.minute", problem)
        for k, carer in enumerate(problem.carers):
            if carer.wished is None:
                continue
            for week in range(problem.weeks):
                wished = prorated(carer.wished, week, problem)
                verbs.charge_paid(k, week, 0, 0, wished, per_minute)
