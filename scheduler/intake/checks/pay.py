"""Rates of pay that no rota can make good."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.errors import Fault
from scheduler.intake.rows import Agency
from scheduler.pay import hourly, minimum_wage_of, wage_days
from scheduler.problem import Problem
from scheduler.units import pounds, sixtieths


def below_minimum_wage(agency: Agency, problem: Problem) -> Iterator[Fault]:
    """Warnings: a rate under the minimum wage falls short whatever is planned (an apprentice's may be lawful)."""
    settings = problem.settings
    for row in agency.carers.rows:
        carer = problem.carer(row.carer)
        earned, first = hourly(carer, settings), wage_days(problem)[0]
        for day in wage_days(problem):
            wage = minimum_wage_of(carer, settings, day)
            if earned >= wage:
                continue
            told = (
                f"{pounds(sixtieths(earned))} an hour is below the minimum wage of {pounds(sixtieths(wage))}"
                + ("." if day == first else f" in pay periods from {day:%d/%m/%Y} on.")
            )
            yield agency.carers.fault(row, "hourly_rate", told, "Raise it, or the setting hourly_rate.")
            break
