"""Individual Service Funds: money that a provider holds for one person, who decides what it is for.

Money is whole pence, days count from the first day of the period (those before are negative).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.errors import DomainError


class EntryKind(StrEnum):
    """What a line of the ledger is. `USED` takes from what was banked; `AGREED` moves no money."""

    PAID_IN = "paid in"
    SPENT = "spent"
    BANKED = "banked"
    USED = "used"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class FundPrice:
    """What a visit of up to so many minutes costs the fund, by the day; `second` is a second carer's share (None: the
    same again)."""

    minutes: int
    weekday: int
    weekend: int
    bank_holiday: int
    second: int | None = None


@dataclass(frozen=True, slots=True)
class FundEntry:
    """One line of the ledger beside the visits: on which day, what, how much, what for, who agreed. `expires` is the
    last day of what was banked (None: by the agency's rule)."""

    day: int
    kind: EntryKind
    pence: int
    purpose: str = ""
    expires: int | None = None
    agreed_by: str = ""


@dataclass(frozen=True, slots=True)
class Fund:
    """One person's fund. Budget, contribution and management fee are a week's; `opening` is the balance at the start
    of the period, banked money in it; `year_end` the last day of the budget's year. `team`, `hours_for` and `times`
    are the person's own choices. `kept`: is no visit planned beyond the fund (None: as the agency's setting `isf_kept`
    says)? `beyond` holds the visits that the money does not reach, where a part of a problem
    has not all the visits that it goes to (None: work it out)."""

    client: str
    budget: int
    contribution: int = 0
    fee: int = 0
    opening: int = 0
    year_end: int = 0
    team: tuple[str, ...] = ()
    hours_for: str = ""
    times: str = ""
    prices: tuple[FundPrice, ...] = ()
    entries: tuple[FundEntry, ...] = ()
    kept: bool | None = None
    beyond: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.contribution + self.fee > self.budget:
            raise DomainError(
                f"Fund of client {self.client}: contribution and fee are more than the budget of {self.budget} pence."
            )
        if not self.prices:
            raise DomainError(f"Fund of client {self.client}: there is no price list.")

    @property
    def weekly(self) -> int:
        """What a week has for care and everything else the person chooses: budget less contribution and fee."""
        return self.budget - self.contribution - self.fee
