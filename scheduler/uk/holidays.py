"""Bank holidays by nation, from the `holidays` package (no network)."""

from __future__ import annotations

from datetime import date

import holidays

from scheduler.errors import UnknownName

_CODES = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern ireland": "NIR"}
_SATURDAY = 5


def bank_holidays(nation: str, start: date, end: date) -> frozenset[date]:
    """The bank holidays of England, Wales, Scotland or Northern Ireland from `start` to `end`, both included.

    These are the days that GOV.UK lists: where Christmas falls on a weekend, the substitute day is the bank
    holiday and the weekend day is not. An agency that pays more on the day itself says so in its pay terms.
    """
    code = _CODES.get(nation.strip().lower())
    if code is None:
        raise UnknownName("nation", nation, (name.title() for name in _CODES))
    calendar = holidays.country_holidays("GB", subdiv=code, years=range(start.year, end.year + 1))
    # The package lists the weekend day beside its substitute; every bank holiday in law is a working day.
    return frozenset(day for day in calendar if start <= day <= end and day.weekday() < _SATURDAY)
