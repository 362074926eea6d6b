"""Shifts of carers of 16 and 17 that the law does not allow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from scheduler.errors import Fault
from scheduler.intake.patterns import comes_on, days_of
from scheduler.intake.rows import Agency
from scheduler.problem import Problem
from scheduler.uk import figure
from scheduler.units import clock, end_clock, hours


def young_at_night(agency: Agency, problem: Problem) -> Iterator[Fault]:
    """Warnings: shifts of which the part in the night is cut off."""
    names = {row.carer: row.name for row in agency.carers.rows if row.young}
    evening, morning = problem.settings.young_night
    for row in agency.shifts.rows:
        at_night = row.carer in names and (row.start < morning or row.end > evening)
        if at_night and any(days_of(row, problem.start, problem.days)):
            told = (
                f"{names[row.carer]} is under 18 and on shift {clock(row.start)}-{end_clock(row.end)}: the time "
                f"between {clock(evening)} and {clock(morning)} is left out (Working Time Regulations, regulation 6A)."
            )
            cure = f"Let it begin at {clock(morning)} or later and end by {clock(evening)}; plan an adult at night."
            yield agency.shifts.fault(row, "end" if row.end > evening else "start", told, cure)


def young_on_long_days(agency: Agency, problem: Problem) -> Iterator[Fault]:
    """Warnings: days on which the shifts of one carer are longer in all than the law allows; told once each."""
    most = int(figure("wtr.young_daily_limit", problem.start).value)
    on_shift: Counter[tuple[str, int]] = Counter()
    for shift in problem.shifts:
        on_shift[shift.carer, shift.day] += shift.end - shift.start
    for carer in (carer for carer in problem.carers if carer.young):
        long = [day for day in range(problem.days) if on_shift[carer.id, day] > most]
        if not long:
            continue
        first, others = problem.date_of(long[0]), len(long) - 1
        more = f" and {others} more day{'s' * (others > 1)}" * (others > 0)
        row = next(row for row in agency.shifts.rows if row.carer == carer.id and comes_on(row, first))
        told = (
            f"{carer.name} is under 18 and on shift {hours(on_shift[carer.id, long[0]])} on {first:%Y-%m-%d}{more}: "
            f"the law allows {hours(most)} of work a day, and the planner does not see to it."
        )
        cure = f"Let the shifts of a day be {hours(most)} in all at the most."
        yield agency.shifts.fault(row, "end", told, cure)
