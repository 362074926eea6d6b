"""From patterns to dates: on which days of the period a row comes, and when within the day.

Weeks run from Monday. A row that comes every second week comes in the week of its `from` and every second one after
it; without a `from`, in the week of 1 January 1970 and every second one after that, so the answer never depends on
the period that is planned. Times are wall-clock times: the days on which the clocks change are like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from scheduler.intake.tables import AbsenceRow, ExceptionRow, ShiftRow, VisitRow
from scheduler.units import DAY, HOUR, WEEK_DAYS

EPOCH = date(1970, 1, 1)
JOIN = 20
"""Two spells of one carer less than so many minutes apart are one: nobody drives home between them."""
CYCLE = 12 * WEEK_DAYS
"""Days after which every pattern begins anew: 12 weeks hold whole numbers of 1, 2, 3 and 4."""
_SLACK, _CRITICAL_SLACK = 30, 15
_PARTS = ((11 * HOUR, "morning"), (15 * HOUR, "lunch"), (18 * HOUR + 30, "tea"), (DAY, "bed"))


def comes_on(row: VisitRow | ShiftRow, day: date) -> bool:
    """Does the row come on this day?"""
    if (row.from_ and day < row.from_) or (row.until and day > row.until):
        return False
    if row.date:
        return day == row.date
    if day.weekday() not in (row.weekdays or ()):
        return False
    weeks = (monday(day) - monday(row.from_ or EPOCH)).days // WEEK_DAYS
    return weeks % row.every_weeks == 0


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def both_come(a: VisitRow | ShiftRow, b: VisitRow | ShiftRow) -> date | None:
    """A day on which both rows come, if there is one."""
    if a.date or b.date:
        days: Iterable[date] = [a.date or b.date or EPOCH]
    else:
        first = max(a.from_ or EPOCH, b.from_ or EPOCH)
        days = (first + timedelta(days=i) for i in range(CYCLE))
    return next((day for day in days if comes_on(a, day) and comes_on(b, day)), None)


def days_of(row: VisitRow | ShiftRow, start: date, days: int) -> Iterator[int]:
    """The days of the period on which the row comes, from 0."""
    return (i for i in range(days) if comes_on(row, start + timedelta(days=i)))


def is_excepted(exceptions: Iterable[ExceptionRow], visit: str, day: date) -> bool:
    """Is the visit left out on this day? The exceptions are the client's."""
    return any(e.from_ <= day <= e.until and e.visit in (None, visit) for e in exceptions)


def window(row: VisitRow) -> tuple[int, int]:
    """Earliest and latest start, in minutes of the day."""
    slack = _CRITICAL_SLACK if row.time_critical else _SLACK
    earliest = max(row.preferred - slack, 0) if row.earliest is None else row.earliest
    latest = min(row.preferred + slack, DAY - 1) if row.latest is None else row.latest
    return earliest, latest


def part_of_day(row: VisitRow) -> str:
    """What the row says, or else what its preferred start says."""
    return row.part or next(part for end, part in _PARTS if row.preferred < end)


Spell = tuple[int, int]
"""From a minute of the period to another."""


def absence(row: AbsenceRow, start: date) -> Spell:
    """A date alone begins with the day, and ends with it."""
    return minute_of(row.from_, start), minute_of(row.until, start) + (
        0 if isinstance(row.until, datetime) else DAY
    )


def nights(begin: int, end: int, days: int) -> list[Spell]:
    """Spells between these minutes of the day: the night before each of the days, and the one after the last."""
    return [((day - 1) * DAY + begin, day * DAY + end) for day in range(days + 1)]


def minute_of(moment: date | datetime, start: date) -> int:
    """A moment as a minute of the period; a date is its first one."""
    if isinstance(moment, datetime):
        return (moment.date() - start).days * DAY + moment.hour * HOUR + moment.minute
    return (moment - start).days * DAY


def join(spells: Iterable[Spell]) -> list[Spell]:
    """The spells of one day, those that are less than `JOIN` minutes apart as one."""
    joined: list[Spell] = []
    for begin, end in sorted(spells):
        if joined and begin - joined[-1][1] < JOIN:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def cut(spells: Iterable[Spell], absences: Iterable[Spell]) -> list[Spell]:
    """What is left of the spells outside the absences."""
    left = list(spells)
    for away, back in absences:
        pieces = [
            piece for begin, end in left for piece in ((begin, min(end, away)), (max(begin, back), end))
        ]
        left = sorted({(begin, end) for begin, end in pieces if begin < end})
    return left
