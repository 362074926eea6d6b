"""Care plans and links: windows, lengths, double-ups, tasks, and distances that the windows allow."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.errors import Fault
from scheduler.intake.patterns import window
from scheduler.intake.raw import did_you_mean
from scheduler.intake.rows import Agency
from scheduler.intake.tables import LinkRow, VisitRow
from scheduler.intake.words import known_tasks
from scheduler.uk import task_names
from scheduler.units import DAY, clock, hours


def window_faults(agency: Agency) -> Iterator[Fault]:
    """A window that ends before it starts, or does not hold the preferred start."""
    sheet = agency.visits
    for row in sheet.rows:
        earliest, latest = window(row)
        if row.earliest is not None and row.latest is not None and latest < earliest:
            problem = f"the window ends before it starts at {clock(earliest)}."
            yield sheet.fault(row, "latest", problem, "Exchange the two, or correct one.")
        elif not earliest <= row.preferred <= latest:
            problem = f"this is outside the window {clock(earliest)} to {clock(latest)}."
            yield sheet.fault(row, "preferred", problem, "Move it inside, or widen the window.")


def length_faults(agency: Agency) -> Iterator[Fault]:
    """Minutes that cannot be, and double-ups that contradict themselves."""
    sheet = agency.visits
    for row in sheet.rows:
        if not 1 <= row.minutes <= DAY:
            cure = "Write the commissioned minutes: 1 or more, and at most a day."
            yield sheet.fault(row, "minutes", "a visit cannot be so long.", cure)
        together = row.together_minutes
        if together is not None and row.carers == 1:
            cure = "Write 2 under carers, or empty this cell."
            yield sheet.fault(row, "together_minutes", "the visit has one carer only.", cure)
        elif together is not None and not 1 <= together <= row.minutes:
            cure = f"Write 1 to {row.minutes}, or nothing for all of it."
            yield sheet.fault(row, "together_minutes", f"the visit has {row.minutes} minutes.", cure)
        if len(row.fixed_carers) > row.carers:
            problem = f"{len(row.fixed_carers)} carers are locked to a visit that takes {row.carers}."
            yield sheet.fault(row, "fixed_carers", problem, "Name fewer, or write 2 under carers.")


def task_faults(agency: Agency) -> Iterator[Fault]:
    """Tasks that the list of tasks does not have."""
    sheet = agency.visits
    for row in sheet.rows:
        for task in known_tasks(row.tasks):
            if task not in task_names():
                cure = did_you_mean(task, task_names(), f"The tasks are {', '.join(task_names())}.")
                yield sheet.fault(row, "tasks", f"there is no task called {task!r}.", cure)


def exception_faults(agency: Agency) -> Iterator[Fault]:
    """An exception that names a visit of somebody else."""
    owner = {row.visit: row.client for row in agency.visits.rows}
    for row in agency.exceptions.rows:
        if row.visit in owner and owner[row.visit] != row.client:
            problem = f"this is a visit of client {owner[row.visit]}, not of {row.client}."
            yield agency.exceptions.fault(row, "visit", problem, "Correct one of the two.")


def link_faults(agency: Agency) -> Iterator[Fault]:
    """Links without a distance, that contradict themselves, or between two people."""
    sheet = agency.links
    owner = {row.visit: row.client for row in agency.visits.rows}
    for row in sheet.rows:
        if row.at_least is None and row.at_most is None:
            cure = "Write at_least or at_most, in minutes."
            yield sheet.fault(row, "at_least", "the link asks for no distance.", cure)
        if row.at_least is not None and row.at_most is not None and row.at_most < row.at_least:
            problem = f"this is less than at_least, {row.at_least}."
            yield sheet.fault(row, "at_most", problem, "Exchange the two, or correct one.")
        if row.first == row.second and row.days_after == 0:
            cure = "Name another visit, or write 1 under days_after."
            yield sheet.fault(row, "second", "a visit is linked to itself.", cure)
        elif row.first in owner and row.second in owner and owner[row.first] != owner[row.second]:
            problem = (
                f"{row.first} is a visit of client {owner[row.first]}, {row.second} of {owner[row.second]}."
            )
            yield sheet.fault(row, "second", problem, "Link visits of one client only.")


def link_warnings(agency: Agency) -> Iterator[Fault]:
    """Links that the windows of their visits can never keep."""
    plans = {row.visit: row for row in agency.visits.rows}
    for row in agency.links.rows:
        if row.first in plans and row.second in plans:
            nearest_apart, furthest_apart = _distances(row, plans[row.first], plans[row.second])
            if row.at_least is not None and furthest_apart < row.at_least:
                problem = f"the windows allow at most {hours(furthest_apart)} between the two visits."
                yield agency.links.fault(row, "at_least", problem, "Ask for less, or widen the windows.")
            if row.at_most is not None and nearest_apart > row.at_most:
                problem = f"the windows make it at least {hours(nearest_apart)} between the two visits."
                yield agency.links.fault(row, "at_most", problem, "Allow more, or widen the windows.")
            if row.at_least is None and furthest_apart < 0:
                problem = "the second visit always comes before the first has been."
                yield agency.links.fault(
                    row, "second", problem, "Exchange first and second, or check days_after."
                )


def _distances(row: LinkRow, first: VisitRow, second: VisitRow) -> tuple[int, int]:
    """The least and the greatest distance in minutes that the two windows allow."""
    offset = first.minutes if row.measured_from == "end" else 0
    (earliest, latest), (then_earliest, then_latest) = window(first), window(second)
    later = row.days_after * DAY - offset
    return then_earliest - latest + later, then_latest - earliest + later
