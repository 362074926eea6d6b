"""The pay floor on a shipped agency that pays for contact only: nothing but the floor keeps its carers from waiting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from benchmarks.results import ROOT
from scheduler.check import check
from scheduler.domain import PayBasis
from scheduler.intake.load import load
from scheduler.measures import measure
from scheduler.solve import solve


def test_with_the_floor_nobody_is_planned_below_the_minimum_wage_and_without_it_everybody_is():
    """At £15.50 for contact alone 82 % of the hours that count must be contact for £12.71 an hour."""
    problem = load(ROOT / "scenarios" / "agencies" / "small", date(2026, 11, 23))
    carers = tuple(
        replace(carer, pay=replace(carer.pay, basis=PayBasis.CONTACT, hourly=1550))
        for carer in problem.carers
    )
    told = {}
    for penny in (0, 10):
        prices = {**problem.settings.prices, "unpaid_time.minute": 0, "minimum_wage.penny": penny}
        agency = problem.replace(carers=carers, settings=replace(problem.settings, prices=prices))
        rota = solve(agency, iterations=3000, workers=1, seed=1).rota
        assert not check(rota, agency).hard
        told[penny] = measure(rota, agency)
    assert [told[penny]["unallocated"] for penny in (0, 10)] == [0, 0]
    assert told[0]["minimum_wage_shortfalls"] == len(carers)
    assert told[10]["minimum_wage_shortfalls"] == 0
    assert told[10]["cost_pence"] < 1.02 * told[0]["cost_pence"]
