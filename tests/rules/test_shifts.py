"""Aled works 07:00-11:00 and 16:00-21:00 on Tuesday."""

from __future__ import annotations

import pytest

from scheduler.rules.shifts import Shifts
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_shift, a_visit, found, some_settings, told

SHIFTS = [a_shift("aled", "Tue 07:00", "Tue 11:00"), a_shift("aled", "Tue 16:00", "Tue 21:00")]
PROBLEM = a_problem([a_visit("bed", "Tue 20:00"), a_visit("wash", "Wed 08:00")], shifts=SHIFTS)


@pytest.mark.parametrize("start", ["Tue 07:00", "Tue 10:30", "Tue 16:00", "Tue 20:30"])
def test_kept_up_to_both_edges(start):
    assert found(Shifts(), a_rota(a_leg("bed", start=start, minutes=30)), PROBLEM) == []


def test_broken_by_one_minute_at_the_end():
    [finding] = found(Shifts(), a_rota(a_leg("bed", start="Tue 20:31", minutes=30)), PROBLEM)
    assert (
        finding.sentence == "Aled is planned 20:31-21:01 on Tue and is on shift 07:00-11:00 and 16:00-21:00."
    )
    assert (finding.amount, finding.cure) == (1, "ask Aled to work until 21:01 on Tue")


def test_broken_by_one_minute_at_the_start():
    [finding] = found(Shifts(), a_rota(a_leg("bed", start="Tue 15:59", minutes=30)), PROBLEM)
    assert (finding.amount, finding.cure) == (1, "ask Aled to work from 15:59 on Tue")


def test_between_the_shifts_the_nearer_one_is_stretched():
    [finding] = found(Shifts(), a_rota(a_leg("bed", start="Tue 11:15", minutes=30)), PROBLEM)
    assert (finding.amount, finding.cure) == (30, "ask Aled to work until 11:45 on Tue")


def test_longer_than_the_shift_stretches_both_ends():
    [finding] = found(Shifts(), a_rota(a_leg("bed", start="Tue 15:50", minutes=315)), PROBLEM)
    assert (finding.amount, finding.cure) == (15, "ask Aled to work from 15:50 and until 21:05 on Tue")


def test_an_hour_far_from_every_shift_asks_for_a_spell_of_its_own():
    [finding] = found(Shifts(), a_rota(a_leg("bed", start="Tue 13:10", minutes=30)), PROBLEM)
    assert (finding.amount, finding.cure) == (30, "ask Aled for an extra spell 13:10-13:40 on Tue")


def test_a_free_day_asks_for_a_spell_of_its_own():
    [finding] = found(Shifts(), a_rota(a_leg("wash", start="Wed 08:00", minutes=30)), PROBLEM)
    assert finding.sentence == "Aled is planned 08:00-08:30 on Wed and is not on shift that day."
    assert (finding.amount, finding.cure) == (30, "ask Aled for an extra spell 08:00-08:30 on Wed")


def test_a_visit_does_not_run_through_two_shifts_that_touch():
    shifts = [a_shift("aled", "07:00", "11:00"), a_shift("aled", "11:00", "14:00")]
    problem = a_problem([a_visit("brunch", "10:45")], shifts=shifts)
    [finding] = found(Shifts(), a_rota(a_leg("brunch", start="10:45", minutes=30)), problem)
    assert finding.amount == 15


def test_the_solver_is_told_the_spells():
    assert told(Shifts(), PROBLEM) == [("shift", 0, 1, 1860, 2100), ("shift", 0, 1, 2400, 2700)]


def test_nobody_under_18_is_asked_to_stay_into_the_night():
    sam = a_carer("sam", young=True)
    problem = a_problem(
        [a_visit("bed", "Tue 21:45")], [sam], shifts=[a_shift("sam", "Tue 14:00", "Tue 22:00")]
    )
    rota = a_rota(a_leg("bed", "sam", "Tue 21:45", minutes=30))
    [finding] = found(Shifts(), rota, problem)
    assert finding.cure == "give the visit to somebody of 18 or over: nobody younger may work then"
    assert Shifts().relaxed(finding, rota, problem) is None
    contract = problem.replace(settings=some_settings(young_night=(1380, 420)))
    [finding] = found(Shifts(), rota, contract)
    assert finding.cure == "ask sam to work until 22:15 on Tue".replace("sam", sam.name)
    assert Shifts().relaxed(finding, rota, contract) is not None
