"""What a fund's visits cost, week by week, and how far the money goes. Money is whole pence.

A visit costs what the price list says for the shortest listed length that holds its commissioned minutes; a longer one
than any costs the longest's rate by the minute, a second carer's too. Minutes that nobody ordered are the agency's,
not the person's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import cached_property, lru_cache

from scheduler.domain import Purpose, Visit
from scheduler.funds import EntryKind, Fund, FundPrice
from scheduler.pay import premium_days
from scheduler.problem import Problem
from scheduler.uk.holidays import bank_holidays
from scheduler.units import WEEK_DAYS

_SATURDAY = 5


class Ledger:
    """One fund beside the problem's visits."""

    def __init__(self, fund: Fund, problem: Problem) -> None:
        self.fund, self.problem = fund, problem

    def price(self, visit: Visit, carers: int | None = None, minutes: int | None = None) -> int:
        """What the visit costs the fund; `carers` and `minutes` ask for another number or length than ordered."""
        length = visit.commissioned if minutes is None else minutes
        listed = sorted(self.fund.prices, key=lambda price: price.minutes)
        found = next((price for price in listed if price.minutes >= length), listed[-1])
        day = _kind_of_day(self.problem)[visit.day]
        one: int = getattr(found, day)
        cost = _by_minute(one, length, found)
        if (visit.carers if carers is None else carers) < 2:
            return cost
        stays = min(visit.together or length, length)
        if found.second is None:
            return cost + self.price(visit, carers=1, minutes=stays)
        return cost + _by_minute(found.second, stays, found)

    @property
    def kept(self) -> bool:
        """Is no visit planned beyond the fund? The person's own word wins over the agency's setting."""
        return self.problem.settings.isf_kept if self.fund.kept is None else self.fund.kept

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """The person's visits of the period, as ordered."""
        return tuple(self.problem.visits[i] for i in self.problem.visits_of(self.fund.client))

    def of(self, visits: Iterable[Visit]) -> int:
        """What these visits cost."""
        return sum(self.price(visit) for visit in visits)

    def entries(self, kind: EntryKind, within: range | None = None) -> int:
        """The entries of a kind within the period, or within some days of it."""
        days = range(self.problem.days) if within is None else within
        return sum(entry.pence for entry in self.fund.entries if entry.kind is kind and entry.day in days)

    def days(self, week: int) -> range:
        """The days of a week that lie in the period."""
        return range(week * WEEK_DAYS, min((week + 1) * WEEK_DAYS, self.problem.days))

    def limit(self, week: int) -> int:
        """What the visits of a week may cost: its share of budget less contribution and fee, less what else was spent,
        and what was paid in or agreed to be used of what was banked."""
        days = self.days(week)
        share = self.fund.weekly * len(days) // WEEK_DAYS
        spent, banked = self.entries(EntryKind.SPENT, days), self.entries(EntryKind.BANKED, days)
        added = self.entries(EntryKind.PAID_IN, days) + self.entries(EntryKind.USED, days)
        return max(0, share - spent - banked + added)

    def over(self, week: int) -> int:
        """By how much the visits asked for exceed the limit of a week. One that the period cuts short is not judged,
        since a week's money is not for each day the same; only a fund that is kept to goes by its days."""
        days = self.days(week)
        if len(days) < WEEK_DAYS and not self.kept:
            return 0
        return max(0, self.of(visit for visit in self.visits if visit.day in days) - self.limit(week))

    @cached_property
    def beyond(self) -> frozenset[str]:
        """The visits for which the money of their week does not reach, if each is paid for in order of priority. A
        family carer's respite counts as the highest priority and comes before others of it: it is never the first to
        go. A visit that does not fit is passed over for a cheaper one after it."""
        if self.fund.beyond is not None:
            return self.fund.beyond
        found = set()
        for week in range(self.problem.weeks):
            left = self.limit(week)
            for visit in sorted((v for v in self.visits if v.day in self.days(week)), key=_order):
                cost = self.price(visit)
                if cost > left:
                    found.add(visit.id)
                else:
                    left -= cost
        return frozenset(found)


def _by_minute(pence: int, minutes: int, listed: FundPrice) -> int:
    """A listed price; for more minutes than listed its rate by the minute, up to a whole penny."""
    return pence if minutes <= listed.minutes else -(-pence * minutes // listed.minutes)


def _order(visit: Visit) -> tuple[int, bool, int, str]:
    respite = visit.purpose is Purpose.RESPITE
    return 1 if respite else visit.priority, not respite, visit.preferred, visit.id


@lru_cache(maxsize=16)
def _kind_of_day(problem: Problem) -> tuple[str, ...]:
    """Which price each day of the period has."""
    dates = [problem.date_of(day) for day in range(problem.days)]
    bank = bank_holidays(problem.settings.nation, dates[0], dates[-1])
    premium = premium_days(problem)
    return tuple(
        "bank_holiday" if on in bank else "weekend" if day in premium else "weekday"
        for day, on in enumerate(dates)
    )


@lru_cache(maxsize=16)
def ledgers(problem: Problem) -> dict[str, Ledger]:
    """Client -> ledger, for every client with a fund."""
    return {fund.client: Ledger(fund, problem) for fund in problem.funds}


def funds_within(problem: Problem, clients: Collection[str]) -> tuple[Fund, ...]:
    """The funds of these clients, for a part of the problem that may lack some of their visits: what the money does not
    reach in the whole, it does not reach in the part."""
    found = ledgers(problem)
    return tuple(
        replace(fund, beyond=found[fund.client].beyond) for fund in problem.funds if fund.client in clients
    )
