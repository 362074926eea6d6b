"""Paracetamol at least four hours apart; at most thirteen hours in bed."""

from __future__ import annotations

import pytest

from scheduler.domain import Link
from scheduler.rules.links import Links
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit, found, told

VISITS = [
    a_visit("morning", "08:00"),
    a_visit("noon", "12:00"),
    a_visit("bed", "20:00", minutes=30, carers=2),
    a_visit("up", "Tue 09:00"),
]
DOSE = Link("morning", "noon", at_least=240, reason="paracetamol")
NIGHT = Link("bed", "up", at_most=780, offset=30, reason="not left in bed")
PROBLEM = a_problem(VISITS, [a_carer("aled"), a_carer("bethan")], links=(DOSE, NIGHT))


def test_kept_to_the_minute():
    rota = a_rota(
        a_leg("morning", start="08:00"),
        a_leg("noon", start="12:00"),
        a_leg("bed", start="20:00"),
        a_leg("up", start="Tue 09:30"),
    )
    assert found(Links(), rota, PROBLEM) == []


def test_one_minute_too_early():
    [finding] = found(Links(), a_rota(a_leg("morning", start="08:00"), a_leg("noon", start="11:59")), PROBLEM)
    assert finding.sentence == (
        "Mary's visit at 11:59 on Mon comes 1 min too early after the one at 08:00 on Mon: "
        "at least 4 h between their starts (paracetamol)."
    )
    assert (finding.amount, finding.visit, finding.client) == (1, "noon", "mary")
    assert finding.cure == "let the second visit start at 12:00 or later, or move the first"


def test_one_minute_too_long_in_bed():
    """In bed from 20:30 for at most 13 h: up by 09:30."""
    [finding] = found(Links(), a_rota(a_leg("bed", start="20:00"), a_leg("up", start="Tue 09:31")), PROBLEM)
    assert finding.sentence == (
        "Mary's visit at 09:31 on Tue comes 1 min too late after the one at 20:00 on Mon: "
        "at most 13 h from 20:30 (not left in bed)."
    )
    assert (finding.amount, finding.cure) == (
        1,
        "let the second visit start at 09:30 or earlier, or move the first",
    )


def test_the_planned_length_of_the_first_visit_does_not_matter():
    rota = a_rota(a_leg("bed", start="20:00", minutes=60), a_leg("up", start="Tue 09:31"))
    assert [finding.amount for finding in found(Links(), rota, PROBLEM)] == [1]


@pytest.mark.parametrize("first", [True, False])
def test_the_leading_carers_start_counts(first):
    """The second carer comes at another time, which is the double-up's matter."""
    link = Link("bed", "up", at_most=720) if first else Link("noon", "bed", at_most=480)
    problem = a_problem(VISITS, [a_carer("aled"), a_carer("bethan")], links=(link,))
    bed = [a_leg("bed", "aled", "18:00" if first else "22:00", second=True), a_leg("bed", "bethan", "20:00")]
    other = a_leg("up", "aled", "Tue 08:00") if first else a_leg("noon", "aled", "12:00")
    assert found(Links(), a_rota(*bed, other), problem) == []


@pytest.mark.parametrize("visit", ["morning", "noon", "bed", "up"])
def test_an_unallocated_visit_asks_nothing(visit):
    assert found(Links(), a_rota(a_leg(visit)), PROBLEM) == []


def test_the_wrong_order_is_too_early():
    [finding] = found(Links(), a_rota(a_leg("morning", start="12:30"), a_leg("noon", start="12:00")), PROBLEM)
    assert finding.amount == 270


def test_the_solver_is_told_the_same_distances():
    both = Link("morning", "noon", at_least=200, at_most=300, offset=30)
    assert told(Links(), PROBLEM.replace(links=(DOSE, NIGHT, both))) == [
        ("gap_between", 0, 1, 240, 10**6),
        ("gap_between", 2, 3, -(10**6), 810),
        ("gap_between", 0, 1, 230, 330),
    ]
