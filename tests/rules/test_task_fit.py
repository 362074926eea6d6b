"""Task fit: tasks that take longer than the visit, and personal care in a quarter of an hour."""

from __future__ import annotations

import pytest

from scheduler.domain import Purpose
from scheduler.rules.task_fit import TaskFit
from tests.builders import a_leg, a_problem, a_rota, a_visit, found, told


@pytest.mark.parametrize("needed, missing", [(0, []), (30, []), (31, [1]), (55, [25])])
def test_the_missing_minutes(needed, missing):
    problem = a_problem([a_visit(needed=needed)])
    assert [finding.amount for finding in found(TaskFit(), a_rota(a_leg()), problem)] == missing


def test_the_planned_minutes_count_not_the_commissioned_ones():
    problem = a_problem([a_visit(needed=45)])
    assert found(TaskFit(), a_rota(a_leg(minutes=45)), problem) == []


def test_a_visit_that_nobody_is_planned_for_says_nothing_here():
    assert found(TaskFit(), a_rota(), a_problem([a_visit(needed=45)])) == []


def test_the_case_of_warrington():
    """Two carers had a quarter of an hour to wake her, wash, change, feed and tidy up."""
    tasks = ("full_wash", "pad_change", "feeding", "medication_administer", "tidy")
    problem = a_problem([a_visit(minutes=15, needed=58, tasks=tasks)])
    missing, short = found(TaskFit(), a_rota(a_leg(minutes=15)), problem)
    assert missing.sentence == (
        "The tasks (full_wash, pad_change, feeding, medication_administer, tidy) of this visit to Mary take "
        "58 min and 15 are planned: 43 are missing."
    )
    assert short.sentence == (
        "Mary gets personal care in 15 min: the Care Act guidance calls visits of 15 min or less not appropriate "
        "for it, and the Ombudsman found fault with such visits in Warrington."
    )


@pytest.mark.parametrize(
    "minutes, changes, flagged",
    [
        (15, {}, 1),
        (16, {}, 0),
        (15, {"personal_care": False}, 0),
        (15, {"purpose": Purpose.CHECK}, 0),
        (10, {"purpose": Purpose.TIME_LIMITED}, 1),
    ],
)
def test_personal_care_in_15_minutes_or_less_is_flagged(minutes, changes, flagged):
    problem = a_problem([a_visit(minutes=10, **changes)])
    assert len(found(TaskFit(), a_rota(a_leg(minutes=minutes)), problem)) == flagged


def test_a_note_asks_nothing_of_the_solver():
    assert told(TaskFit(), a_problem([a_visit(needed=45)])) == []
