"""What a carer's hour really earns, by pay period, under the agency's terms and under others; and what is missing.

The law averages over the pay period (at most a calendar month): pay, without premiums and less what the work cost the
carer, divided by contact, travel between visits and counted waiting. Sources: National Minimum Wage Regulations 2015,
regs. 4B, 7, 13 and 30 to 34; HMRC NMWM09070 (premiums), NMWM11170 (expenses). Money is in sixtieths of a penny.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from scheduler.domain import Carer, PayBasis
from scheduler.pay import (
    PayWeek,
    counted,
    hourly,
    minimum_wage_of,
    pay_periods,
    pay_weeks,
    unreimbursed,
    wage_day,
)
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import Stop, rounds
from scheduler.settings import Settings
from scheduler.units import HOUR, SIXTIETHS, WEEK_DAYS


@dataclass(frozen=True, slots=True)
class Cause:
    """One visit of a period in which pay falls short: `unpaid` minutes of the way to it and the wait before it, and
    what is `missing` for it (the minimum wage for all its minutes, less its pay, plus what its miles cost)."""

    stop: Stop
    unpaid: int
    missing: int


@dataclass(frozen=True)
class TruePay:
    """One carer's pay period: the weeks of it that are planned. `first` is its first day in the period, `wage_day` that
    whose minimum wage and Living Wage count for all of it."""

    carer: Carer
    first: int
    wage_day: date
    weeks: tuple[PayWeek, ...]
    stops: tuple[Stop, ...]
    settings: Settings

    def sum(self, field: str) -> int:
        """A field of the weeks added up."""
        return sum(int(getattr(week, field)) for week in self.weeks)

    @cached_property
    def counted(self) -> int:
        """Minutes that the minimum wage is due for."""
        return self.sum("counted")

    @cached_property
    def required(self) -> int:
        """The minimum wage for them."""
        return self.sum("required")

    @cached_property
    def reckoned(self) -> int:
        """The pay that the law compares: without premiums, less the cost that nobody pays back."""
        return self.sum("pay") - self.sum("unreimbursed")

    @cached_property
    def payslip(self) -> int:
        """All that the carer can expect: pay, premiums and mileage."""
        return self.sum("pay") + self.sum("premium") + self.sum("mileage")

    def under(self, basis: PayBasis) -> int:
        """What the same work would be reckoned at under another basis: same rate, same contracted hours."""
        field = {PayBasis.CONTACT: "contact_only", PayBasis.CONTACT_TRAVEL: "contact_travel"}.get(
            basis, "shift"
        )
        hour = hourly(self.carer, self.settings)
        pay = sum(max(int(getattr(week, field)), week.contracted * hour) for week in self.weeks)
        return pay - self.sum("unreimbursed")

    def an_hour(self, reckoned: int) -> int | None:
        """A period's pay as pay for each counted hour (sixtieths of a penny); None without work."""
        return round(reckoned * HOUR / self.counted) if self.counted else None

    @property
    def true_hourly(self) -> int | None:
        """What an hour of visits, travel and counted waiting really earns."""
        return self.an_hour(self.reckoned)

    @property
    def wage(self) -> int:
        """The minimum wage an hour, for this carer's age."""
        return minimum_wage_of(self.carer, self.settings, self.wage_day) * SIXTIETHS

    @property
    def margin(self) -> int | None:
        """True pay an hour above the minimum wage; below zero where it is missing."""
        return None if self.true_hourly is None else self.true_hourly - self.wage

    def missing(self, reckoned: int) -> int:
        """What such a pay lacks to the minimum wage, rounded up to the penny."""
        return _whole_pence(self.required - reckoned)

    @property
    def lacking(self) -> int:
        """What the agency's terms lack to the minimum wage, to the sixtieth of a penny."""
        return max(0, self.required - self.reckoned)

    @property
    def shortfall(self) -> int:
        """What the agency's terms lack to the minimum wage, rounded up to the penny: a part of one is missing too."""
        return self.missing(self.reckoned)

    @property
    def below_living_wage(self) -> int | None:
        """What is lacking to the real Living Wage, which is for those of 18 and over."""
        rate = self.settings.rate("living_wage", self.wage_day)
        if self.carer.young or not rate:
            return None
        return _whole_pence(self.counted * rate - self.reckoned)

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """The visits for which something is missing, most first; none where the period as a whole does not lack."""
        if not self.shortfall:
            return ()
        found = [cause for stop in self.stops if (cause := self._cause(stop)).missing > 0]
        return tuple(sorted(found, key=lambda cause: (-cause.missing, cause.stop.leg.start)))

    def _cause(self, stop: Stop) -> Cause:
        terms = counted(self.carer.pay.basis, self.settings)
        waiting = min(stop.waiting, self.settings.waiting_cap)
        paid_way = (stop.travel if terms.travel else 0) + min(stop.waiting, terms.waiting_cap)
        due = (stop.leg.minutes + stop.travel + waiting) * (self.wage // SIXTIETHS)
        paid = (stop.leg.minutes + paid_way) * hourly(self.carer, self.settings)
        cost = unreimbursed(stop, self.carer, self.settings)
        return Cause(stop, max(0, stop.travel + waiting - paid_way), due - paid + cost)


def _whole_pence(amount: int) -> int:
    return max(0, -(-amount // SIXTIETHS)) * SIXTIETHS


@lru_cache(maxsize=16)
def true_pay(rota: Rota, problem: Problem) -> tuple[TruePay, ...]:
    """Every carer's pay periods in order, also those without work."""
    return tuple(_periods(rota, problem))


def _periods(rota: Rota, problem: Problem) -> Iterator[TruePay]:
    periods = pay_periods(problem)
    number_of = [number for number, period in enumerate(periods) for _ in period]
    weeks: dict[tuple[str, int], list[PayWeek]] = defaultdict(list)
    stops: dict[tuple[str, int], list[Stop]] = defaultdict(list)
    for week in pay_weeks(rota, problem):
        weeks[week.carer.id, number_of[week.week]].append(week)
    for work in rounds(rota, problem):
        stops[work.carer.id, number_of[work.day // WEEK_DAYS]].extend(work.stops)
    for (carer, number), found in weeks.items():
        yield TruePay(
            carer=problem.carer(carer),
            first=periods[number].start * WEEK_DAYS,
            wage_day=wage_day(periods[number], problem),
            weeks=tuple(found),
            stops=tuple(stops.get((carer, number), ())),
            settings=problem.settings,
        )
