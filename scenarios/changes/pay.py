"""What carers are paid, and for which minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from scenarios.changes.base import Change, per_cent
from scenarios.changes.edit import with_carers
from scheduler.domain import Carer, PayBasis
from scheduler.errors import DomainError
from scheduler.pay import wage_days
from scheduler.problem import Problem
from scheduler.uk import figure
from scheduler.units import WEEK_DAYS, pounds, sixtieths

_BASES = {
    "contact": "Carers are paid for the minutes with clients only.",
    "contact and travel": "Carers are paid for contact, travel between visits and short waits.",
    "shift": "Carers are paid from the start of their first visit of a round to the end of its last.",
}


class PayTravel(Change):
    """Which minutes are paid, for every carer."""

    name: ClassVar[str] = "pay_travel"
    figures: ClassVar[tuple[str, ...]] = ("pay.counted_waiting",)

    basis: Literal["contact", "contact and travel", "shift"]

    @property
    def sentence(self) -> str:
        return _BASES[self.basis]

    def apply(self, problem: Problem) -> Problem:
        basis = PayBasis(self.basis)
        return with_carers(problem, lambda carer: replace(carer, pay=replace(carer.pay, basis=basis)))


class Wage(Change):
    """Nobody earns less than this an hour; who earns more keeps it."""

    name: ClassVar[str] = "wage"

    pence: Annotated[int, Field(ge=500, le=5000)]

    @property
    def sentence(self) -> str:
        return f"No carer earns less than {pounds(sixtieths(self.pence))} an hour."

    def apply(self, problem: Problem) -> Problem:
        return _at_least(problem, self.pence)


class LivingWage(Change):
    """The voluntary rate of the Living Wage Foundation that is in force on the first day, for carers of 18 and over."""

    name: ClassVar[str] = "living_wage"

    place: Literal["uk", "london"] = "uk"

    @property
    def sentence(self) -> str:
        where = " (London's rate)" if self.place == "london" else ""
        return f"Every carer of 18 and over earns at least the real Living Wage{where}."

    def apply(self, problem: Problem) -> Problem:
        living = int(figure(f"living_wage.{self.place}", problem.start).value)
        return _at_least(problem, max(living, _minimum_wage(problem)), young_too=False)


class Mileage(Change):
    """What is paid back for a mile by car."""

    name: ClassVar[str] = "mileage"
    figures: ClassVar[tuple[str, ...]] = ("mileage.car",)

    pence: Annotated[int, Field(ge=0, le=100)]

    @property
    def sentence(self) -> str:
        return f"Carers who drive are paid {self.pence}p a mile between visits."

    def apply(self, problem: Problem) -> Problem:
        def edit(carer: Carer) -> Carer:
            if carer.mode != "car":
                return carer
            return replace(carer, pay=replace(carer.pay, mileage=self.pence))

        return with_carers(problem, edit)


class GuaranteedHours(Change):
    """Contracts in place of zero hours: carers without contracted hours get a share of the hours that they offer."""

    name: ClassVar[str] = "guaranteed_hours"
    limits: ClassVar[str] = "What hours carers would ask for is not known: a share of their shifts is taken."

    percent: Annotated[float, Field(gt=0, le=100)] = 60

    @property
    def sentence(self) -> str:
        return f"Carers without contracted hours are guaranteed {per_cent(self.percent)} of the hours of their shifts."

    def apply(self, problem: Problem) -> Problem:
        def edit(carer: Carer) -> Carer:
            offered = sum(shift.end - shift.start for shift in problem.shifts_of(carer.id))
            weekly = int(offered * WEEK_DAYS / problem.days * self.percent / 100)
            most = problem.settings.weekly_limit if carer.most is None else carer.most
            return carer if carer.contracted else replace(carer, contracted=min(weekly, most))

        return with_carers(problem, edit)


def _minimum_wage(problem: Problem) -> int:
    """The highest that is due within the planned days: from one April to the next May it can be above the Living Wage
    of the year before."""
    return max(problem.settings.rate("minimum_wage", day) for day in wage_days(problem))


def _at_least(problem: Problem, pence: int, young_too: bool = True) -> Problem:
    least = _minimum_wage(problem)
    if pence < least:
        raise DomainError(
            f"A wage of {pounds(sixtieths(pence))} an hour is below the minimum wage of "
            f"{pounds(sixtieths(least))}: give that or more."
        )

    def edit(carer: Carer) -> Carer:
        earns = carer.pay.hourly or problem.settings.hourly
        if earns >= pence or (carer.young and not young_too):
            return carer
        return replace(carer, pay=replace(carer.pay, hourly=pence))

    return with_carers(problem, edit)
