"""Contracted hours: paid whether they are worked or not."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain import PayBasis, PayTerms
from scheduler.rules.contracted_hours import ContractedHours
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, found, told


def a_carer_with(contracted: int, **terms: Any):
    return a_carer(contracted=contracted, pay=PayTerms(hourly=1200, weekend_extra=500, **terms))


@pytest.mark.parametrize("contracted, missing", [(0, []), (29, []), (30, []), (31, [1]), (90, [60])])
def test_missing_minutes_are_paid_at_the_on_costed_rate_without_weekend_extra(contracted, missing):
    """30 min are worked on a Saturday; £15.60 an hour with on-costs is 1560 sixtieths a minute."""
    problem = a_problem([a_visit("one", "Sat 08:00")], [a_carer_with(contracted)])
    findings = found(ContractedHours(), a_rota(a_leg("one", start="Sat 08:00")), problem)
    assert [finding.amount for finding in findings] == missing
    assert [finding.price for finding in findings] == [minutes * 1560 for minutes in missing]


def test_the_sentence():
    problem = a_problem([a_visit()], [a_carer_with(600)])
    (finding,) = found(ContractedHours(), a_rota(a_leg()), problem)
    assert finding.sentence == (
        "Aled works 30 min of the 10 h contracted: the other 9 h 30 min are paid all the same."
    )


@pytest.mark.parametrize(
    "basis, missing", [(PayBasis.CONTACT, 40), (PayBasis.CONTACT_TRAVEL, 25), (PayBasis.SHIFT, 25)]
)
def test_hours_count_as_the_terms_pay_them(basis, missing):
    """60 min with clients, 10 min on the road, 5 min of waiting."""
    problem = a_problem(
        [a_visit("one", "08:00"), a_visit("two", "08:45", client="nia")],
        [a_carer_with(100, basis=basis)],
        [a_client("mary"), a_client("nia", x=10)],
    )
    rota = a_rota(a_leg("one", start="08:00"), a_leg("two", start="08:45"))
    assert [finding.amount for finding in found(ContractedHours(), rota, problem)] == [missing]


def test_a_carer_without_any_work_is_paid_all_of_it():
    problem = a_problem([], [a_carer_with(600)])
    assert [finding.amount for finding in found(ContractedHours(), a_rota(), problem)] == [600]


def test_a_part_of_a_week_has_a_part_of_the_hours_rounded_down():
    """10 days: a week of 601 min and three sevenths of one, 257.57 min."""
    problem = a_problem([], [a_carer_with(601)], days=10)
    findings = found(ContractedHours(), a_rota(days=10), problem)
    assert [(finding.day, finding.amount) for finding in findings] == [(0, 601), (7, 257)]
    assert told(ContractedHours(), problem) == [
        ("charge_paid", 0, 0, 601, 1560, 0, 0),
        ("charge_paid", 0, 1, 257, 1560, 0, 0),
    ]


def test_a_carer_without_a_contract_is_not_mentioned_to_the_solver():
    assert told(ContractedHours(), a_problem([], [a_carer_with(0)])) == []
