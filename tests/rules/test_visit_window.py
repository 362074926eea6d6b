"""Mary's breakfast starts between 07:30 and 08:30."""

from __future__ import annotations

import pytest

from scheduler.rules.visit_window import VisitWindow
from scheduler.units import DAY
from tests.builders import a_leg, a_problem, a_rota, a_visit, found, told

PROBLEM = a_problem([a_visit("breakfast", "Tue 08:00", slack=30)])


@pytest.mark.parametrize("start", ["Tue 07:30", "Tue 08:00", "Tue 08:30"])
def test_kept_up_to_both_edges(start):
    assert found(VisitWindow(), a_rota(a_leg(start=start)), PROBLEM) == []


def test_broken_by_one_minute_before():
    [finding] = found(VisitWindow(), a_rota(a_leg(start="Tue 07:29")), PROBLEM)
    assert finding.sentence == "The visit to Mary starts at 07:29, 1 min before its window 07:30-08:30."
    assert (finding.amount, finding.day, finding.cure) == (1, 1, "let it start at 07:29")


def test_broken_by_one_minute_after():
    [finding] = found(VisitWindow(), a_rota(a_leg(start="Tue 08:31")), PROBLEM)
    assert finding.sentence == "The visit to Mary starts at 08:31, 1 min after its window 07:30-08:30."
    assert finding.amount == 1


def test_another_day_is_a_day_off():
    [finding] = found(VisitWindow(), a_rota(a_leg(start="Wed 08:00")), PROBLEM)
    assert finding.amount == DAY - 30


def test_the_solver_is_told_the_window():
    assert told(VisitWindow(), PROBLEM) == [("start_between", 0, 1440 + 450, 1440 + 510)]
