"""The clock of those who work with rotas: London's, wherever the server stands and however its clock is set."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from api.database.base import now as utc_now
from scheduler.report.calendars import ZONE


def now() -> datetime:
    """This minute as a clock in London shows it, without a zone: as the times of a rota are."""
    return utc_now().astimezone(ZoneInfo(ZONE)).replace(second=0, microsecond=0, tzinfo=None)


def today() -> date:
    """The day that it is in London."""
    return now().date()
