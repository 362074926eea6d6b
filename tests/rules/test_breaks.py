"""Aled may work six hours without a break of twenty minutes; Young Tom four and a half without thirty."""

from __future__ import annotations

from scheduler.rules.breaks import Breaks
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_shift, a_visit, found, told

VISITS = [a_visit(id, "12:00") for id in "abcd"]
PROBLEM = a_problem(VISITS, [a_carer("aled"), a_carer("tom", young=True)])


def test_six_hours_without_a_break_are_allowed():
    rota = a_rota(a_leg("a", start="08:00", minutes=180), a_leg("b", start="11:00", minutes=180))
    assert found(Breaks(), rota, PROBLEM) == []


def test_one_minute_more_is_not():
    rota = a_rota(a_leg("a", start="08:00", minutes=180), a_leg("b", start="11:00", minutes=181))
    [finding] = found(Breaks(), rota, PROBLEM)
    assert finding.sentence == "Aled works 08:00-14:01 without a break of 20 min: 1 min more than 6 h."
    assert (finding.amount, finding.carer, finding.day) == (1, "aled", 0)
    assert finding.cure == "leave Aled 20 min free before 14:00"


def test_twenty_minutes_are_a_break_and_nineteen_are_not():
    def work_on(start):
        return a_rota(a_leg("a", start="08:00", minutes=180), a_leg("b", start=start, minutes=200))

    assert found(Breaks(), work_on("11:20"), PROBLEM) == []
    assert [finding.amount for finding in found(Breaks(), work_on("11:19"), PROBLEM)] == [39]


def test_travel_is_not_a_break():
    """Half an hour lies between the visits, and the way takes 11 minutes of it: 19 are left."""
    clients = [a_client("mary", 0), a_client("nan", 11)]
    visits = [a_visit("a", "12:00", "mary"), a_visit("b", "12:00", "nan")]
    rota = a_rota(a_leg("a", start="08:00", minutes=180), a_leg("b", start="11:30", minutes=200))
    [finding] = found(Breaks(), rota, a_problem(visits, clients=clients))
    assert finding.amount == 50


def test_each_stretch_is_one_finding_with_its_largest_excess():
    rota = a_rota(
        a_leg("a", start="00:00", minutes=361),
        a_leg("b", start="06:10", minutes=30),
        a_leg("c", start="08:00", minutes=240),
        a_leg("d", start="12:00", minutes=130),
    )
    assert [finding.amount for finding in found(Breaks(), rota, PROBLEM)] == [40, 10]


def test_a_young_carer_needs_half_an_hour_after_four_and_a_half():
    def morning(carer, minutes):
        return a_rota(a_leg("a", carer, "08:00", minutes))

    assert found(Breaks(), morning("tom", 270), PROBLEM) == []
    [finding] = found(Breaks(), morning("tom", 271), PROBLEM)
    assert finding.sentence == "Tom works 08:00-12:31 without a break of 30 min: 1 min more than 4 h 30 min."
    assert found(Breaks(), morning("aled", 271), PROBLEM) == []


def test_a_new_round_begins_a_new_stretch():
    shifts = [a_shift("aled", "08:00", "12:00"), a_shift("aled", "12:00", "18:00")]
    problem = a_problem(VISITS, shifts=shifts)
    rota = a_rota(a_leg("a", start="08:00", minutes=240), a_leg("b", start="12:00", minutes=240))
    assert found(Breaks(), rota, problem) == []


def test_the_solver_is_told_the_same_minutes():
    assert told(Breaks(), PROBLEM) == [("break_inside", 0, 360, 20), ("break_inside", 1, 270, 30)]
