"""The checker takes any rota, refuses a mistaken one, and its findings add up."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.check import Report, check
from scheduler.errors import DomainError, UnknownName
from scheduler.rules import RULES, rule
from scheduler.rules.base import Finding, Level
from scheduler.rules.double_up import DoubleUp
from scheduler.rules.visit_window import VisitWindow
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit

PROBLEM = a_problem([a_visit("breakfast", "08:00"), a_visit("hoist", "12:00", carers=2)], [a_carer("aled")])
LATE_AND_ALONE = a_rota(a_leg("breakfast", "aled", "08:31"), a_leg("hoist", "aled", "12:00"))


def test_a_clean_rota():
    report = check(a_rota(a_leg("breakfast", "aled", "08:00")), PROBLEM, [VisitWindow(), DoubleUp()])
    assert report.clean
    assert report.findings == ()
    assert str(report) == "Nothing hard is broken; 0 priced findings, £0.00 in all."


def test_findings_come_in_the_order_of_the_rules():
    report = check(LATE_AND_ALONE, PROBLEM, [DoubleUp(), VisitWindow()])
    assert [finding.rule for finding in report.findings] == ["double_up", "visit_window"]
    assert not report.clean
    assert list(report.by_rule()) == ["double_up", "visit_window"]
    assert report.by_rule()["visit_window"][0].amount == 1


def test_without_a_choice_all_rules_judge():
    report = check(LATE_AND_ALONE, PROBLEM)
    assert {finding.rule for finding in report.hard} == {"double_up", "visit_window"}
    assert report.total == sum(finding.price for finding in report.soft) > 0


def test_an_empty_rota_is_clean_and_its_unallocated_visits_are_priced():
    report = check(a_rota(), PROBLEM)
    assert report.clean
    assert {finding.visit for finding in report.by_rule()["unallocated"]} == {"breakfast", "hoist"}


def test_levels_and_prices_add_up():
    report = Report(
        (
            Finding("a", Level.HARD, "Broken."),
            Finding("b", Level.SOFT, "Dear.", price=6000),
            Finding("b", Level.SOFT, "Good.", price=-60),
            Finding("c", Level.NOTE, "By the way."),
        )
    )
    assert [len(part) for part in (report.hard, report.soft, report.notes)] == [1, 2, 1]
    assert report.total == 5940
    assert str(report).splitlines()[0] == "1 hard finding; 2 priced findings, £0.99 in all."
    assert [line.split()[:3] for line in str(report).splitlines()[1:]] == [
        ["a", "1", "hard"],
        ["b", "2", "£0.99"],
        ["c", "1", "note"],
    ]


@pytest.mark.parametrize("other", [{"days": 14}, {"start": date(2026, 11, 9)}])
def test_a_rota_of_another_period_is_refused(other):
    with pytest.raises(DomainError, match="check it against the data of its own period"):
        check(a_rota(**other), PROBLEM)


def test_an_unknown_visit_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownName, match=r"no visit called 'brekfast'.*'breakfast'"):
        check(a_rota(a_leg("brekfast")), PROBLEM)


def test_an_unknown_carer_is_refused():
    with pytest.raises(UnknownName, match="no carer called 'ali'"):
        check(a_rota(a_leg(carer="ali")), PROBLEM)


def test_rules_are_found_by_name():
    assert isinstance(rule("double_up"), DoubleUp)
    assert len({one.name for one in RULES}) == len(RULES)
    with pytest.raises(UnknownName, match=r"no rule called 'dubble_up'.*'double_up'"):
        rule("dubble_up")


def test_hard_rules_have_no_price_and_only_they_have_a_cure_that_people_can_rank():
    for one in RULES:
        if one.level is Level.HARD:
            assert one.prices == ()
        else:
            assert one.effort is None
