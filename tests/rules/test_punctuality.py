"""Punctuality: each minute away from the preferred start costs, more where the time is critical."""

from __future__ import annotations

import pytest

from scheduler.rules.punctuality import Punctuality
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit, found, told


@pytest.mark.parametrize(
    "start, critical, pence",
    [
        ("08:00", False, []),
        ("08:01", False, [3]),
        ("07:59", False, [3]),
        ("08:30", False, [90]),
        ("08:00", True, []),
        ("08:01", True, [15]),
        ("07:40", True, [300]),
    ],
)
def test_the_price_worked_by_hand(start, critical, pence):
    problem = a_problem([a_visit(time_critical=critical)])
    rota = a_rota(a_leg(start=start))
    assert [finding.pence for finding in found(Punctuality(), rota, problem)] == pence


def test_the_sentence():
    problem = a_problem([a_visit("tea", "Tue 17:00", time_critical=True)])
    (finding,) = found(Punctuality(), a_rota(a_leg("tea", start="Tue 16:48")), problem)
    assert finding.sentence == (
        "Mary is visited at 16:48, 12 min before the preferred 17:00, and the time is critical."
    )
    assert (finding.amount, finding.day) == (12, 1)


def test_a_double_up_counts_once_by_its_leading_carer():
    """In a rota typed by hand the two may even start apart, which another rule says."""
    problem = a_problem([a_visit(carers=2)], [a_carer("aled"), a_carer("beth")])
    rota = a_rota(a_leg(carer="aled", start="08:25", second=True), a_leg(carer="beth", start="08:05"))
    (finding,) = found(Punctuality(), rota, problem)
    assert (finding.pence, finding.carer) == (15, "beth")


def test_what_the_solver_is_told():
    problem = a_problem([a_visit(), a_visit("tea", "17:00", time_critical=True)])
    assert told(Punctuality(), problem) == [
        ("charge_start_off", 0, 480, 180),
        ("charge_start_off", 1, 1020, 900),
    ]
