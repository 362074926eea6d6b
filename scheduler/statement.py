"""One person's fund over the period: what came in, what care cost as asked, planned and delivered, what is banked and
until when, and where the year will end. Money is whole pence.

What is banked is money first and hours second: an hour on a Sunday is not worth one on a Monday.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from scheduler.banked import Lacking, Lot, put_by
from scheduler.charges import Charge, charge
from scheduler.choices import Choice, choices
from scheduler.delivered import Delivery
from scheduler.domain import Visit
from scheduler.funds import EntryKind, Fund
from scheduler.ledger import Ledger, ledgers
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.units import HOUR, WEEK_DAYS


@dataclass(frozen=True)
class Statement:
    """A fund beside a rota and, where there are any, what was delivered of it."""

    ledger: Ledger
    rota: Rota
    problem: Problem
    deliveries: tuple[Delivery, ...] | None

    @property
    def fund(self) -> Fund:
        return self.ledger.fund

    # -- care ---------------------------------------------------------------------------------------------------------

    @cached_property
    def planned(self) -> tuple[Visit, ...]:
        """The visits that somebody is planned for."""
        return tuple(visit for visit in self.ledger.visits if self.rota.of_visit(visit.id))

    @cached_property
    def asked_cost(self) -> int:
        """All visits that the care plan asks for."""
        return self.ledger.of(self.ledger.visits)

    @cached_property
    def planned_cost(self) -> int:
        """The planned ones, for as many carers as are planned."""
        return sum(map(self._price_as_planned, self.planned))

    def _price_as_planned(self, visit: Visit) -> int:
        carers = len(self.rota.of_visit(visit.id))
        return self.ledger.price(visit, carers) if carers else 0

    @property
    def asked_minutes(self) -> int:
        """Carers' minutes that the care plan asks for."""
        return sum(_minutes(visit, visit.carers) for visit in self.ledger.visits)

    @property
    def planned_minutes(self) -> int:
        """Carers' minutes as ordered, of as many carers as are planned."""
        return sum(_minutes(visit, len(self.rota.of_visit(visit.id))) for visit in self.planned)

    @cached_property
    def charges(self) -> dict[str, Charge]:
        """Visit id -> what the fund pays for it; empty without actuals."""
        if self.deliveries is None:
            return {}
        by_visit: dict[str, list[Delivery]] = defaultdict(list)
        for one in self.deliveries:
            by_visit[one.visit.id].append(one)
        return {visit.id: charge(visit, by_visit[visit.id], self.ledger) for visit in self.ledger.visits}

    @cached_property
    def delivered_cost(self) -> int | None:
        """What was delivered at the price list, less what is owed for minutes not given, and as planned what nobody
        recorded; None without actuals."""
        if self.deliveries is None:
            return None
        return sum(one.cost for one in self.charges.values())

    @property
    def delivered_minutes(self) -> int:
        """Carers' minutes as clocked."""
        return sum(one.actual.minutes for one in self.deliveries or () if one.actual)

    @property
    def unrecorded(self) -> tuple[Charge, ...]:
        """The charges that go by the plan, since nobody recorded who came."""
        return tuple(one for one in self.charges.values() if one.unrecorded)

    # -- money --------------------------------------------------------------------------------------------------------

    def share(self, weekly: int, days: int | None = None) -> int:
        """A week's amount -> the period's, or that of its first days."""
        return weekly * (self.problem.days if days is None else days) // WEEK_DAYS

    @property
    def care(self) -> int:
        """What care cost: delivered where actuals were given, planned otherwise."""
        return self.care_of(self.problem.days)

    def care_of(self, days: int) -> int:
        """That of the first so many days."""
        own = [visit for visit in self.ledger.visits if visit.day < days]
        if self.deliveries is not None:
            return sum(self.charges[visit.id].cost for visit in own)
        return sum(map(self._price_as_planned, own))

    def balance(self, days: int) -> int:
        """What is there after so many days of the period, banked money in it."""
        fund, within = self.fund, range(days)
        came = (
            self.share(fund.budget, days) - self.share(fund.contribution, days) - self.share(fund.fee, days)
        )
        other = self.ledger.entries(EntryKind.PAID_IN, within) - self.ledger.entries(EntryKind.SPENT, within)
        return fund.opening + came + other - self.care_of(days)

    @cached_property
    def closing(self) -> int:
        """The balance at the end of the period."""
        return self.balance(self.problem.days)

    @property
    def allowed(self) -> int:
        """What the agreement lets the person save."""
        return self.problem.settings.isf_surplus_weeks * self.fund.budget

    @cached_property
    def _banked(self) -> tuple[tuple[Lot, ...], tuple[Lacking, ...]]:
        """Only what happened by the end of the period."""
        past = [entry for entry in self.fund.entries if entry.day < self.problem.days]
        return put_by(past, self.problem.settings.isf_keep_weeks * WEEK_DAYS)

    @property
    def lots(self) -> tuple[Lot, ...]:
        """What is left of banked money that had not expired before the period, the soonest to expire first."""
        return tuple(lot for lot in self._banked[0] if lot.expires >= 0)

    @property
    def lacking(self) -> tuple[Lacking, ...]:
        """What was used of banked money that was not there."""
        return self._banked[1]

    @property
    def banked(self) -> int:
        """All that is banked and can still be used at the end of the period."""
        return sum(lot.left for lot in self.lots if lot.expires >= self.problem.days)

    @cached_property
    def hour_price(self) -> int:
        """An hour of one carer on a weekday: what banked money is told in hours by."""
        listed = sorted(self.fund.prices, key=lambda price: price.minutes)
        found = next((price for price in listed if price.minutes >= HOUR), listed[-1])
        return found.weekday if found.minutes >= HOUR else found.weekday * HOUR // found.minutes

    def in_minutes(self, pence: int) -> int:
        """Money as minutes of care on a weekday."""
        return pence * HOUR // self.hour_price if self.hour_price else 0

    @cached_property
    def forecast(self) -> int | None:
        """The balance at the end of the year if every week were like these: same visits planned, nothing else spent.
        A year that ends within the period is reckoned to its last day; None where it ended before."""
        left = self.fund.year_end + 1 - self.problem.days
        if self.fund.year_end < 0:
            return None
        if left < 0:
            return self.balance(self.fund.year_end + 1)
        return self.closing + (
            self.fund.weekly * left - self.planned_cost * left * WEEK_DAYS // self.problem.days
        ) // (WEEK_DAYS)

    # -- the person's own choices -------------------------------------------------------------------------------------

    @property
    def team_share(self) -> float | None:
        """Share of the planned visits by the carers whom the person chose; None without a choice."""
        legs = [leg for visit in self.planned for leg in self.rota.of_visit(visit.id)]
        if not self.fund.team or not legs:
            return None
        return sum(leg.carer in self.fund.team for leg in legs) / len(legs)

    @property
    def off(self) -> float | None:
        """Mean minutes between the wished and the planned start."""
        gaps = [abs(self.rota.of_visit(visit.id)[0].start - visit.preferred) for visit in self.planned]
        return sum(gaps) / len(gaps) if gaps else None

    @cached_property
    def worst_week(self) -> int:
        """The week in which the visits asked for exceed the money most."""
        return max(range(self.problem.weeks), key=lambda week: (self.ledger.over(week), -week))

    @property
    def over(self) -> int:
        """By how much."""
        return self.ledger.over(self.worst_week)

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """What could be done in that week; nothing is done by itself."""
        return choices(self.ledger, self.worst_week)


def _minutes(visit: Visit, carers: int) -> int:
    """Carers' minutes that a visit is ordered for, by so many of them."""
    return visit.commissioned + ((visit.together or visit.commissioned) if carers == 2 else 0)


def statements(
    rota: Rota, problem: Problem, found: Sequence[Delivery] | None = None
) -> tuple[Statement, ...]:
    """One for each fund. `found`: all deliveries of the period, where actual visits are known."""
    by_client: dict[str, list[Delivery]] = defaultdict(list)
    for one in found or ():
        by_client[one.visit.client].append(one)
    return tuple(
        Statement(ledger, rota, problem, None if found is None else tuple(by_client[client]))
        for client, ledger in ledgers(problem).items()
    )
