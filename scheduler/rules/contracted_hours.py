"""Contracted hours are paid whether they are worked or not."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.pay import minute_cost, pay_weeks, prorated
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.units import WEEK_DAYS, hours


class ContractedHours(Rule):
    name = "contracted_hours"
    label = "Contracted hours paid but not worked"
    level = Level.SOFT
    unit = "minutes"
    source = "The carers' contracts"
    money = True

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for week in pay_weeks(rota, problem):
            if week.guaranteed:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{week.carer.name} works {hours(week.paid)} of the "
                    f"{hours(week.paid + week.guaranteed)} contracted: the other "
                    f"{hours(week.guaranteed)} are paid all the same.",
                    amount=week.guaranteed,
                    price=week.guaranteed * minute_cost(week.carer, problem.settings),
                    carer=week.carer.id,
                    day=week.week * WEEK_DAYS,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for k, carer in enumerate(problem.carers):
            for week in range(problem.weeks):
                contracted = prorated(carer.contracted, week, problem)
                if contracted:
                    per_minute = minute_cost(carer, problem.settings)
                    verbs.charge_paid(k, week, contracted, per_minute, 0, 0)
