"""The week's pay is not below the minimum wage for the minutes that the law counts."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.pay import PayWeek, pay_weeks
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.units import METRES_PER_MILE, WEEK_DAYS, hours, pounds, sixtieths


class MinimumWage(Rule):
    """Paying for contact only is lawful as long as the pay, spread over contact, travel between visits and
    counted waiting, averages the minimum wage. The week stands for the pay period, which may be a month.
    """

    name = "minimum_wage"
    label = "True pay against the minimum wage"
    level = Level.NOTE
    unit = "pence"
    source = (
        "National Minimum Wage Regulations 2015, regs. 7, 13, 30 to 34; waiting: see Settings.waiting_cap"
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for week in pay_weeks(rota, problem):
            if week.shortfall:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=_sentence(week, problem),
                    amount=week.shortfall_pence,
                    carer=week.carer.id,
                    day=week.week * WEEK_DAYS,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        """A note asks nothing of the solver."""


def _sentence(week: PayWeek, problem: Problem) -> str:
    miles = week.unpaid_metres / METRES_PER_MILE
    driven = (
        f" The cost of {miles:.0f} miles driven without mileage would come off on top." if miles >= 1 else ""
    )
    return (
        f"{week.carer.name} earns {pounds(week.pay)} for {hours(week.counted)} of visits, travel and waiting "
        f"in the week from {problem.date_of(week.week * WEEK_DAYS):%d/%m/%Y}: "
        f"{pounds(sixtieths(week.true_hourly))} an hour, and "
        f"{pounds(sixtieths(week.shortfall_pence))} are missing to the minimum wage.{driven}"
    )
