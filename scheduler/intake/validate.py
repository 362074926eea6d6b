"""Everything that is wrong between rows and tables, all at once; and what is legal but worth a warning."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.errors import Fault
from scheduler.intake.checks import dates, funds, needs, notes, pay, people, references, visits, young
from scheduler.intake.places import Places, place_faults, place_warnings
from scheduler.intake.rows import Agency
from scheduler.problem import Problem

Check = Callable[[Agency], Iterator[Fault]]

FAULTS: tuple[Check, ...] = (
    references.duplicate_ids,
    references.unknown_ids,
    dates.pattern_faults,
    dates.shift_faults,
    visits.window_faults,
    visits.length_faults,
    visits.task_faults,
    visits.exception_faults,
    visits.link_faults,
    people.client_faults,
    people.carer_faults,
    people.relation_faults,
    funds.fund_faults,
    funds.price_faults,
    funds.entry_faults,
    notes.note_faults,
)
"""What makes the input unusable."""

WARNINGS: tuple[Check, ...] = (
    references.unknown_in_history,
    dates.shiftless_warnings,
    visits.link_warnings,
    people.skill_warnings,
)
"""What is legal and probably not meant."""

UNMET: tuple[Callable[[Agency, Problem], Iterator[Fault]], ...] = (
    needs.empty_period_warning,
    needs.unmeetable_visits,
    needs.idle_shifts,
    needs.law_of_wales,
    pay.below_minimum_wage,
    young.young_at_night,
    young.young_on_long_days,
    funds.beyond_the_budget,
    funds.used_beyond_banked,
)
"""What is legal and cannot be met; the rest of the period is planned."""


def faults_of(agency: Agency, places: Places) -> list[Fault]:
    """Every fault between the rows."""
    return [*place_faults(agency, places), *(fault for check in FAULTS for fault in check(agency))]


def warnings_of(agency: Agency, places: Places, problem: Problem) -> list[Fault]:
    """Every warning, for an agency without faults."""
    return [
        *place_warnings(agency, places),
        *dates.history_warnings(agency, problem.start),
        *(fault for check in WARNINGS for fault in check(agency)),
        *(fault for unmet in UNMET for fault in unmet(agency, problem)),
    ]
