"""The fund's money: which visits it reaches, and that nothing is cut unless the agency keeps to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scheduler.domain import Purpose
from scheduler.funds import EntryKind, Fund, FundEntry, FundPrice
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.isf_budget import IsfBudget
from tests.builders import a_leg, a_problem, a_rota, a_visit, found, some_settings, told

PRICES = (FundPrice(30, 1600, 1800, 2400),)


def a_week(
    budget: int, kept: bool = True, entries: tuple[FundEntry, ...] = (), **second: Any
) -> tuple[Rota, Problem]:
    """Mary's two visits of 30 min on Monday, £16 each; the later one has a lower priority."""
    problem = a_problem(
        [a_visit("one", "08:00", priority=2), a_visit("two", "12:00", **{"priority": 3, **second})],
        funds=(Fund("mary", budget, prices=PRICES, entries=entries),),
        settings=some_settings(isf_kept=kept),
    )
    return a_rota(a_leg("one"), a_leg("two", start="12:00")), problem


@pytest.mark.parametrize(
    "budget, beyond", [(3200, []), (3199, ["two"]), (1600, ["two"]), (1599, ["one", "two"])]
)
def test_the_money_reaches_by_priority_and_to_the_penny(budget, beyond):
    assert [finding.visit for finding in found(IsfBudget(), *a_week(budget))] == beyond


def test_the_sentence():
    (finding,) = found(IsfBudget(), *a_week(3000))
    assert finding.sentence == "The fund of Mary does not reach for the visit on Monday: it costs £16.00."
    assert (finding.amount, finding.client) == (1600, "mary")


def test_nothing_is_cut_by_itself():
    rota, problem = a_week(1000, kept=False)
    assert found(IsfBudget(), rota, problem) == []
    assert told(IsfBudget(), problem) == []


@pytest.mark.parametrize(
    "agency, person, cut", [(False, True, 1), (True, False, 0), (True, None, 1), (False, None, 0)]
)
def test_the_persons_own_word_wins_over_the_agencys(agency, person, cut):
    rota, problem = a_week(1600, kept=agency)
    problem = problem.replace(funds=tuple(replace(fund, kept=person) for fund in problem.funds))
    assert len(found(IsfBudget(), rota, problem)) == len(told(IsfBudget(), problem)) == cut


def test_a_visit_that_is_not_planned_breaks_nothing():
    rota, problem = a_week(1600)
    assert found(IsfBudget(), rota.without(["two"]), problem) == []


def test_respite_is_never_the_first_to_go():
    """Of priority 3 by the agency's word, it is paid for before the other of priority 2."""
    findings = found(IsfBudget(), *a_week(1600, purpose=Purpose.RESPITE))
    assert [finding.visit for finding in findings] == ["one"]


def test_other_spending_takes_from_the_week_and_what_is_used_adds_to_it():
    spent = FundEntry(2, EntryKind.SPENT, 100)
    assert [f.visit for f in found(IsfBudget(), *a_week(3200, entries=(spent,)))] == ["two"]
    used = FundEntry(0, EntryKind.USED, 100)
    assert found(IsfBudget(), *a_week(3200, entries=(spent, used))) == []


def test_what_the_solver_is_told():
    assert told(IsfBudget(), a_week(1600)[1]) == [("forbid", 1, 0)]


def test_a_visit_that_is_paid_for_elsewhere_takes_no_money_from_the_others():
    rota, problem = a_week(1600)
    (finding,) = found(IsfBudget(), rota, problem)
    paid = IsfBudget().relaxed(finding, rota, problem)
    assert paid is not None
    assert found(IsfBudget(), rota, paid) == []
    assert told(IsfBudget(), paid) == []
