"""The pay of each pay period is not below the minimum wage for the minutes that the law counts."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.true_pay import TruePay, true_pay
from scheduler.units import hours, pence, pounds


class MinimumWage(Rule):
    """Paying for contact only is lawful as long as the pay, spread over contact, travel between visits and
    counted waiting, averages the minimum wage. `unpaid_time` keeps the planner away from that edge.
    """

    name = "minimum_wage"
    label = "True pay against the minimum wage"
    level = Level.NOTE
    unit = "pence"
    source = (
        "National Minimum Wage Regulations 2015, regs. 7, 13, 30 to 34; waiting: see Settings.waiting_cap"
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for period in true_pay(rota, problem):
            if period.shortfall:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=_sentence(period, problem),
                    amount=pence(period.shortfall),
                    carer=period.carer.id,
                    day=period.first,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        """A note asks nothing of the solver: what makes pay fall short is priced by `unpaid_time`, minute by minute,
        because a week's average is not among the verbs."""


def _sentence(period: TruePay, problem: Problem) -> str:
    cost = period.sum("unreimbursed")
    spent = f", less {pounds(cost)} of miles that nobody pays back," if cost else ""
    weeks = problem.settings.pay_period_weeks
    return (
        f"{period.carer.name} earns {pounds(period.sum('pay'))}{spent} for {hours(period.counted)} of visits, travel "
        f"and waiting in the {'week' if weeks == 1 else f'{weeks} weeks'} from "
        f"{problem.date_of(period.first):%d/%m/%Y}: {pounds(period.true_hourly or 0)} an hour, and "
        f"{pounds(period.shortfall)} are missing to the minimum wage."
    )
