"""The pay of each pay period is not below the minimum wage for the minutes that the law counts: what is missing has a
price, high enough for the planner to act before payroll has to make it good."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Carer
from scheduler.pay import (
    counted,
    hourly,
    left_to_pay,
    miles_of,
    minimum_wage_of,
    pay_periods,
    prorated,
    wage_day,
    wage_days,
)
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs
from scheduler.true_pay import TruePay, true_pay
from scheduler.units import SIXTIETHS, hours, pence, pounds

_PENNY = "minimum_wage.penny"


class MinimumWage(Rule):
    """Paying for contact only is lawful as long as the pay, spread over contact, travel between visits and
    counted waiting, averages the minimum wage. What is missing is priced to the sixtieth of a penny, and told rounded
    up to the penny: a part of one is missing too.
    """

    name = "minimum_wage"
    label = "True pay against the minimum wage"
    level = Level.SOFT
    unit = "pence"
    source = (
        "National Minimum Wage Regulations 2015, regs. 4B, 7, 13, 30 to 34; waiting: see Settings.waiting_cap"
    )
    prices = (
        Price(
            _PENNY,
            10,
            "What each penny that a carer's pay lacks to the minimum wage weighs: ten times what payroll would have to "
            "make good, so that the planner acts before.",
        ),
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        price = self._price(problem)
        for period in true_pay(rota, problem):
            if period.lacking:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=_sentence(period, problem),
                    amount=pence(period.shortfall),
                    price=period.lacking * price,
                    carer=period.carer.id,
                    day=period.first,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        settings, price = problem.settings, self._price(problem)
        costs: dict[tuple[str, int], NDArray[np.int32]] = {}
        for k, carer in enumerate(problem.carers):
            if not price or not _can_lack(carer, problem):
                continue
            kind = carer.mode, left_to_pay(carer, settings)
            if kind not in costs:
                costs[kind] = miles_of(problem.travel[carer.mode].metres, kind[1])
            earned = hourly(carer, settings)
            for weeks in pay_periods(problem):
                due = minimum_wage_of(carer, settings, wage_day(weeks, problem))
                least = [prorated(carer.contracted, week, problem) for week in weeks]
                verbs.pay_floor(k, weeks, due, earned, least, costs[kind], settings.waiting_cap, price)

    def _price(self, problem: Problem) -> int:
        """By the penny, and so by the sixtieth of one."""
        return self.price(_PENNY, problem) // SIXTIETHS


def _can_lack(carer: Carer, problem: Problem) -> bool:
    """Could any rota pay the carer less than the minimum wage? Not where each minute that the law counts is paid at
    that or more, and the miles are paid back: the search then need not look."""
    settings = problem.settings
    terms = counted(carer.pay.basis, settings)
    all_paid = terms.travel and terms.waiting_cap >= settings.waiting_cap
    most = max(minimum_wage_of(carer, settings, day) for day in wage_days(problem))
    enough = hourly(carer, settings) >= most
    return not (all_paid and enough and not left_to_pay(carer, settings))


def _sentence(period: TruePay, problem: Problem) -> str:
    cost = period.sum("unreimbursed")
    spent = f", less {pounds(cost)} of miles that nobody pays back," if cost else ""
    return (
        f"{period.carer.name} earns {pounds(period.sum('pay'))}{spent} for {hours(period.counted)} of visits, travel "
        f"and waiting in the {_span(len(period.weeks))} from "
        f"{problem.date_of(period.first):%d/%m/%Y}: {pounds(period.true_hourly or 0)} an hour, and "
        f"{pounds(period.shortfall)} are missing to the minimum wage."
    )


def _span(weeks: int) -> str:
    return "week" if weeks == 1 else f"{weeks} weeks"
