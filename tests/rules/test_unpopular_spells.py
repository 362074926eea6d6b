"""Unpopular spells: evenings, weekends and bank holidays are spread over the carers."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.unpopular_spells import UnpopularSpells
from scheduler.units import DAY
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_shift, a_visit, found, told


def evenings(n: int, end: str = "22:00") -> tuple[Rota, Problem]:
    """Aled works n evenings until `end`, from Monday on, of five shifts that he offers."""
    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    visits = [a_visit(day, f"{day} 18:00") for day in days]
    shifts = [a_shift(start=f"{day} 16:00", end=f"{day} {end}") for day in days]
    legs = [a_leg(day, start=f"{day} 18:00") for day in days[:n]]
    return a_rota(*legs), a_problem(visits, shifts=shifts)


@pytest.mark.parametrize("n, pence", [(0, []), (1, []), (2, [100]), (3, [300]), (4, [600]), (5, [1000])])
def test_each_further_evening_costs_more(n, pence):
    assert [finding.pence for finding in found(UnpopularSpells(), *evenings(n))] == pence


def test_a_shift_that_ends_at_eight_is_popular_and_a_minute_later_it_is_not():
    assert found(UnpopularSpells(), *evenings(2, "20:00")) == []
    assert len(found(UnpopularSpells(), *evenings(2, "20:01"))) == 1


def test_the_sentence():
    (finding,) = found(UnpopularSpells(), *evenings(3))
    assert finding.sentence == "Aled works 3 shifts in the evening, at a weekend or on a bank holiday."


def test_weekend_mornings_are_unpopular_and_two_visits_of_one_shift_count_once():
    visits = [a_visit("one", "Sat 08:00"), a_visit("two", "Sat 09:00"), a_visit("three", "Sun 08:00")]
    shifts = [a_shift(start=f"{day} 07:00", end=f"{day} 12:00") for day in ("Sat", "Sun")]
    problem = a_problem(visits, shifts=shifts)
    saturday = (a_leg("one", start="Sat 08:00"), a_leg("two", start="Sat 09:00"))
    assert found(UnpopularSpells(), a_rota(*saturday), problem) == []
    sunday = a_leg("three", start="Sun 08:00")
    assert [f.amount for f in found(UnpopularSpells(), a_rota(*saturday, sunday), problem)] == [2]


def test_a_bank_holiday_is_unpopular():
    """Friday 25 December 2026, and the Monday after it, the substitute for the 26th."""
    start = date(2026, 12, 25)
    visits = [a_visit("one", 480), a_visit("two", 3 * DAY + 480)]
    shifts = [a_shift(start=day * DAY + 420, end=day * DAY + 720) for day in (0, 3)]
    problem = a_problem(visits, shifts=shifts, start=start)
    rota = a_rota(a_leg("one", start=480), a_leg("two", start=3 * DAY + 480), start=start)
    assert [finding.pence for finding in found(UnpopularSpells(), rota, problem)] == [100]


def test_what_the_solver_is_told():
    _, problem = evenings(0)
    starts = [day * DAY + 960 for day in range(5)]
    assert told(UnpopularSpells(), problem) == [
        ("charge_rounds", 0, starts, [0, 0, 6000, 18_000, 36_000, 60_000])
    ]


def test_two_carers_share_evenings_for_nothing():
    _, problem = evenings(0)
    both = problem.replace(
        carers=(a_carer("aled"), a_carer("beth")),
        shifts=(*problem.shifts, *(a_shift("beth", s.start, s.end) for s in problem.shifts)),
        travel=a_problem(problem.visits, [a_carer("aled"), a_carer("beth")]).travel,
    )
    legs = (a_leg("Mon", "aled", "Mon 18:00"), a_leg("Tue", "beth", "Tue 18:00"))
    assert found(UnpopularSpells(), a_rota(*legs), both) == []
