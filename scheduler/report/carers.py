"""What the plan means for each carer: work, travel and true pay."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from scheduler.domain import Carer
from scheduler.pay import PayWeek, hourly, pay_weeks, prorated
from scheduler.problem import Problem
from scheduler.report.table import COUNT, HOURS, MILES, MONEY, TEXT, Table, columns
from scheduler.report.words import labels
from scheduler.rota import Rota
from scheduler.rounds import Round, rounds
from scheduler.true_pay import TruePay, true_pay
from scheduler.units import HOUR, pence, sixtieths


@dataclass(frozen=True)
class ForCarer:
    """One carer's period: the rounds, the pay week by week and by pay period, the contracted minutes, and the pence
    that an hour earns."""

    carer: Carer
    label: str
    rounds: tuple[Round, ...]
    weeks: tuple[PayWeek, ...]
    periods: tuple[TruePay, ...]
    contracted: int
    hourly: int

    def sum(self, field: str) -> int:
        """A field of the pay weeks added up."""
        return sum(getattr(week, field) for week in self.weeks)

    @property
    def visits(self) -> int:
        """Visits, double-ups included."""
        return sum(len(trip.stops) for trip in self.rounds)

    @property
    def metres(self) -> int:
        """Metres between visits."""
        return sum(trip.metres for trip in self.rounds)

    @property
    def true_hourly(self) -> int | None:
        """Sixtieths of a penny that an hour of visits, travel and counted waiting really earns."""
        counted = self.sum("counted")
        reckoned = self.sum("pay") - self.sum("unreimbursed")
        return round(reckoned * HOUR / counted) if counted else None

    @property
    def payslip(self) -> tuple[int, int, int, int]:
        """Pay for paid minutes, for contracted ones not worked, extras, and mileage: each to the whole penny."""
        paid, idle = (self.sum(minutes) * self.hourly for minutes in ("paid", "guaranteed"))
        return _whole(paid), _whole(idle), _whole(self.sum("premium")), _whole(self.sum("mileage"))

    @property
    def expected_pay(self) -> int:
        """All of the payslip: what is added up is what is shown, to the penny."""
        return sum(self.payslip)

    @property
    def shortfall(self) -> int:
        """Sixtieths of a penny missing to the minimum wage, each pay period rounded up to the penny."""
        return sum(period.shortfall for period in self.periods)


def _whole(amount: int) -> int:
    """To the whole penny, as a payslip has it."""
    return sixtieths(pence(amount))


@lru_cache(maxsize=4)
def for_carers(rota: Rota, problem: Problem) -> tuple[ForCarer, ...]:
    """Every carer, in the problem's order."""
    trips: dict[str, list[Round]] = defaultdict(list)
    weeks: dict[str, list[PayWeek]] = defaultdict(list)
    for trip in rounds(rota, problem):
        trips[trip.carer.id].append(trip)
    for week in pay_weeks(rota, problem):
        weeks[week.carer.id].append(week)
    periods: dict[str, list[TruePay]] = defaultdict(list)
    for period in true_pay(rota, problem):
        periods[period.carer.id].append(period)
    names = labels(problem.carers)
    return tuple(
        ForCarer(
            carer=c,
            label=names[c.id],
            rounds=tuple(trips[c.id]),
            weeks=tuple(weeks[c.id]),
            periods=tuple(periods[c.id]),
            contracted=sum(prorated(c.contracted, week, problem) for week in range(problem.weeks)),
            hourly=hourly(c, problem.settings),
        )
        for c in problem.carers
    )


def carers_table(rota: Rota, problem: Problem) -> Table:
    """One row a carer: work, travel, pay, and the minimum wage."""
    rows = [
        (
            one.carer.id,
            one.label,
            one.carer.mode,
            one.visits,
            len({trip.day for trip in one.rounds}),
            one.sum("contact"),
            one.sum("travel"),
            one.sum("waiting"),
            one.metres,
            one.contracted,
            one.carer.pay.basis.value,
            one.sum("paid"),
            one.sum("guaranteed"),
            one.sum("pay"),
            one.sum("contact_only"),
            one.true_hourly,
            one.sum("required"),
            one.shortfall,
        )
        for one in for_carers(rota, problem)
    ]
    return Table(
        "By carer",
        "Pay is without on-costs, weekend extras and mileage: what the minimum wage is compared with.",
        columns(
            ("Id", TEXT), ("Carer", TEXT), ("Goes by", TEXT), ("Visits", COUNT), ("Days", COUNT),
            ("Hours with clients", HOURS), ("Hours of travel", HOURS), ("Hours of waiting", HOURS),
            ("Miles", MILES), ("Contracted hours", HOURS), ("What is paid", TEXT), ("Paid hours", HOURS),
            ("Contracted, not worked", HOURS), ("Pay", MONEY), ("Pay for contact only", MONEY),
            ("True pay an hour", MONEY), ("Minimum wage due", MONEY), ("Missing to it", MONEY),
        ),
        rows,
    )  # fmt: skip
