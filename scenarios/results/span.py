"""The planned days in words: amounts are those of the whole period, which mostly is a week."""

from __future__ import annotations

from scheduler.units import WEEK_DAYS


def each(days: int) -> str:
    """What an amount is told with: 'a week', 'in 14 days'."""
    if days == WEEK_DAYS:
        return "a week"
    return "in one day" if days == 1 else f"in {days} days"


def noun(days: int) -> str:
    """What is planned: a 'week', or a 'period' of other length."""
    return "week" if days == WEEK_DAYS else "period"
