"""Rates of pay that no rota can make good."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.errors import Fault
from scheduler.intake.rows import Agency
from scheduler.pay import hourly, minimum_wage_of
from scheduler.problem import Problem
from scheduler.units import pounds, sixtieths


def below_minimum_wage(agency: Agency, problem: Problem) -> Iterator[Fault]:
    """Warnings: a rate under the minimum wage falls short whatever is planned (an apprentice's may be lawful)."""
    settings = problem.settings
    for row in agency.carers.rows:
        carer = problem.carer(row.carer)
        wage = minimum_wage_of(carer, settings)
        if hourly(carer, settings) < wage:
            told = (
                f"{pounds(sixtieths(hourly(carer, settings)))} an hour is below the minimum wage of "
                f"{pounds(sixtieths(wage))}."
            )
            yield agency.carers.fault(row, "hourly_rate", told, "Raise it, or the setting hourly_rate.")
