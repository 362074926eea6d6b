"""What a carer is paid, and what the law asks for: the arithmetic of wages, by week.

Money is in sixtieths of a penny, so that minutes x pence an hour is exact. Two pays are kept apart: what a
minute costs the AGENCY (`minute_cost`: with on-costs and the weekend extra) and what the CARER earns towards
the minimum wage (`PayWeek`: without either, as on-costs are not pay and premiums do not count: NMWM09070).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Carer, PayBasis
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import Round, Stop, rounds
from scheduler.settings import Settings
from scheduler.units import DAY, METRES_PER_MILE, SIXTIETHS, WEEK_DAYS, mileage

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """Which minutes beside contact are paid: travel between visits, and each gap up to `waiting_cap`."""

    travel: bool
    waiting_cap: int

    def minutes(self, work: Round) -> int:
        """The paid minutes of a round."""
        travel = work.travel if self.travel else 0
        return work.contact + travel + work.counted_waiting(self.waiting_cap)


def counted(basis: PayBasis, settings: Settings) -> Counted:
    """The minutes that a pay basis pays; a shift pays every gap, contact-only none."""
    if basis is PayBasis.CONTACT:
        return Counted(travel=False, waiting_cap=0)
    if basis is PayBasis.CONTACT_TRAVEL:
        return Counted(travel=True, waiting_cap=settings.waiting_cap)
    return Counted(travel=True, waiting_cap=DAY)


def hourly(carer: Carer, settings: Settings) -> int:
    """Pence an hour that the carer earns on an ordinary day."""
    return carer.pay.hourly or settings.hourly


def minimum_wage_of(carer: Carer, settings: Settings, on: date) -> int:
    """Pence an hour that the law asks for, by the carer's age, in a pay period whose `wage_day` this is."""
    return settings.rate("minimum_wage_young" if carer.young else "minimum_wage", on)


def minute_cost(carer: Carer, settings: Settings, premium: bool = False) -> int:
    """What a paid minute costs the agency (sixtieths): pay with on-costs, to the whole penny an hour."""
    hour = hourly(carer, settings) + (carer.pay.weekend_extra if premium else 0)
    return (hour * settings.on_cost_percent + 50) // 100


def wages(work: Round, basis: PayBasis, problem: Problem) -> int:
    """What a round costs the agency in wages on that basis (sixtieths), with on-costs and the weekend extra."""
    premium = work.day in premium_days(problem)
    return counted(basis, problem.settings).minutes(work) * minute_cost(work.carer, problem.settings, premium)


@lru_cache(maxsize=16)
def premium_days(problem: Problem) -> frozenset[int]:
    """The days of the period that are Saturdays, Sundays or bank holidays of the agency's nation."""
    from scheduler.uk.holidays import bank_holidays

    dates = [problem.date_of(day) for day in range(problem.days)]
    bank = bank_holidays(problem.settings.nation, dates[0], dates[-1])
    return frozenset(day for day, date in enumerate(dates) if date.weekday() >= _SATURDAY or date in bank)


def prorated(weekly: int, week: int, problem: Problem) -> int:
    """Minutes of a whole week -> minutes of that week of the period, of which a part may lie outside."""
    days = min(WEEK_DAYS, problem.days - week * WEEK_DAYS)
    return weekly * days // WEEK_DAYS


def left_to_pay(carer: Carer, settings: Settings) -> int:
    """What a mile costs the carer and nobody pays back (pence)."""
    return max(0, settings.mile_costs.get(carer.mode, 0) - carer.pay.mileage)


def unreimbursed(stop: Stop, carer: Carer, settings: Settings) -> int:
    """What the journey to a stop costs the carer and nobody pays back (sixtieths)."""
    return mileage(stop.metres, left_to_pay(carer, settings))


def miles_of(metres: NDArray[np.int32], rate: int) -> NDArray[np.int32]:
    """`units.mileage` of every journey at once, at `rate` pence a mile."""
    exact = metres.astype(np.int64) * (rate * SIXTIETHS) / METRES_PER_MILE
    found: NDArray[np.int32] = np.rint(exact).astype(np.int32)
    return found


def pay_periods(problem: Problem) -> tuple[range, ...]:
    """The weeks of the period over which pay is averaged together, in order: so many at a time, or all that end in
    the same calendar month (a part of a week ends with the period)."""
    settings = problem.settings

    def number(week: int) -> tuple[int, int]:
        if not settings.pay_monthly:
            return 0, week // settings.pay_period_weeks
        last = problem.date_of(min((week + 1) * WEEK_DAYS, problem.days) - 1)
        return last.year, last.month

    found = []
    for _, weeks in groupby(range(problem.weeks), key=number):
        first, *rest = weeks
        found.append(range(first, first + len(rest) + 1))
    return tuple(found)


def wage_day(weeks: range, problem: Problem) -> date:
    """The day whose minimum wage counts for a whole pay period (regulation 4B): its first, or that of its month."""
    if not problem.settings.pay_monthly:
        return problem.date_of(weeks.start * WEEK_DAYS)
    return problem.date_of(min((weeks.start + 1) * WEEK_DAYS, problem.days) - 1).replace(day=1)


@lru_cache(maxsize=16)
def wage_days(problem: Problem) -> tuple[date, ...]:
    """Of each week of the period the `wage_day` of its pay period."""
    return tuple(wage_day(weeks, problem) for weeks in pay_periods(problem) for _ in weeks)


@dataclass(frozen=True, slots=True)
class PayWeek:
    """One carer's week of the period: minutes, and pay in sixtieths of a penny without on-costs and premiums.

    `paid` minutes are what the carer's terms pay for work, `guaranteed` those paid up to the contracted hours
    although not worked. `contact_only`, `contact_travel` and `shift` are what each basis would have paid for
    the same work; `required` is the minimum wage for the minutes that the law counts: contact, travel between
    visits, and each gap up to `Settings.waiting_cap`.

    By regulation 13 what a carer spends on the agency's miles and does not get back (`unreimbursed`) comes off the
    pay; what a mile costs is `Settings.mile_costs`. A premium is pay all the same: `premium` and `mileage` are what
    the carer gets beside `pay`, and neither counts towards the minimum wage.
    """

    carer: Carer
    week: int
    contact: int
    travel: int
    waiting: int
    counted_waiting: int
    paid: int
    guaranteed: int
    pay: int
    contact_only: int
    contact_travel: int
    shift: int
    required: int
    contracted: int
    unreimbursed: int
    premium: int
    mileage: int
    metres: int

    @property
    def counted(self) -> int:
        """Minutes that the minimum wage is due for."""
        return self.contact + self.travel + self.counted_waiting

    @property
    def shortfall(self) -> int:
        """What is missing to the minimum wage."""
        return max(0, self.required - self.pay + self.unreimbursed)

    @property
    def shortfall_pence(self) -> int:
        """The shortfall in pence, rounded up: a part of a penny is missing all the same."""
        return -(-self.shortfall // SIXTIETHS)

    @property
    def true_hourly(self) -> int:
        """Pence that an hour of counted work really earns."""
        return round((self.pay - self.unreimbursed) / self.counted) if self.counted else 0


def pay_week(carer: Carer, week: int, work: Sequence[Round], problem: Problem) -> PayWeek:
    """The pay of one carer for the rounds of one week (which may be none)."""
    settings = problem.settings
    hour = hourly(carer, settings)

    def minutes(basis: PayBasis) -> int:
        return sum(counted(basis, settings).minutes(r) for r in work)

    contact, travel = sum(r.contact for r in work), sum(r.travel for r in work)
    waiting = sum(r.counted_waiting(settings.waiting_cap) for r in work)
    paid = minutes(carer.pay.basis)
    guaranteed = max(0, prorated(carer.contracted, week, problem) - paid)
    return PayWeek(
        carer=carer,
        week=week,
        contact=contact,
        travel=travel,
        waiting=sum(r.waiting for r in work),
        counted_waiting=waiting,
        paid=paid,
        guaranteed=guaranteed,
        pay=(paid + guaranteed) * hour,
        contact_only=minutes(PayBasis.CONTACT) * hour,
        contact_travel=minutes(PayBasis.CONTACT_TRAVEL) * hour,
        shift=minutes(PayBasis.SHIFT) * hour,
        required=(contact + travel + waiting) * minimum_wage_of(carer, settings, wage_days(problem)[week]),
        contracted=prorated(carer.contracted, week, problem),
        unreimbursed=sum(unreimbursed(stop, carer, settings) for r in work for stop in r.stops),
        premium=sum(
            counted(carer.pay.basis, settings).minutes(r) * carer.pay.weekend_extra
            for r in work
            if r.day in premium_days(problem)
        ),
        mileage=sum(mileage(stop.metres, carer.pay.mileage) for r in work for stop in r.stops),
        metres=sum(r.metres for r in work),
    )


@lru_cache(maxsize=16)
def pay_weeks(rota: Rota, problem: Problem) -> tuple[PayWeek, ...]:
    """Every carer's pay, week by week, also of weeks without work."""
    work: dict[tuple[str, int], list[Round]] = defaultdict(list)
    for r in rounds(rota, problem):
        work[r.carer.id, r.day // WEEK_DAYS].append(r)
    return tuple(
        pay_week(carer, week, work.get((carer.id, week), []), problem)
        for carer in problem.carers
        for week in range(problem.weeks)
    )
