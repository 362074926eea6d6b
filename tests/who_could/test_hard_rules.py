"""Each hard rule as the one reason why nobody could come, and the single change that cures it."""

from __future__ import annotations

import pytest

from scheduler.check import check
from scheduler.rules import RULES
from scheduler.rules.base import Level
from scheduler.settings import Policy
from scheduler.solve import solve
from scheduler.units import HOUR
from scheduler.who_could import best_trial, trials
from tests.builders import a_problem, a_rota, some_settings
from tests.who_could.cases import ONE_REASON, asked, change_of, tried

NEVER_A_REASON = {
    "visit_length": "a carer is tried for as long as this rule asks",
    "double_up": "each carer is tried alone, as one of the two",
}
each_case = pytest.mark.parametrize("name", ONE_REASON)


class TestEachHardRule:
    def test_none_is_missing(self):
        hard = {rule.name for rule in RULES if rule.level is Level.HARD}
        assert hard == ONE_REASON.keys() | NEVER_A_REASON.keys()

    @each_case
    def test_the_rota_is_legal_without_the_visit(self, name):
        case = ONE_REASON[name]()
        assert [visit.id for visit in case.rota.unallocated(case.problem)] == ["asked"]
        assert check(case.rota, case.problem).clean

    @each_case
    def test_it_is_the_one_reason(self, name):
        case = ONE_REASON[name]()
        own = tried(case)["aled"]
        if name == "visit_window":  # within the window this one says nothing
            own = tuple(trial for trial in own if trial.start == 9 * HOUR)
        best = best_trial(own, case.problem.visit("asked"))
        assert [finding.rule for finding in best.broken] == [name]
        assert not best.free

    @each_case
    def test_the_easiest_change_is_named(self, name):
        change = change_of(ONE_REASON[name]())
        assert (change.sentence if change else "") == ONE_REASON[name]().change

    @each_case
    def test_after_the_change_the_visit_is_placed(self, name):
        case = ONE_REASON[name]()
        assert solve(case.cured, iterations=60, workers=1).unallocated == 0

    @pytest.mark.parametrize("name", sorted(set(ONE_REASON) - {"links", "travel"}))
    def test_without_it_no_rota_has_room(self, name):
        """(In the way of links and travel stands a rota that could have been a better one.)"""
        assert solve(ONE_REASON[name]().problem, iterations=60, workers=1).unallocated == 1

    @pytest.mark.parametrize("name", NEVER_A_REASON)
    @pytest.mark.parametrize("carers", [1, 2])
    def test_what_is_seen_to_otherwise(self, name, carers):
        """15 minutes are commissioned and 30 promised; and each of two is tried alone."""
        settings = some_settings(policy=Policy.FLOOR)
        problem = a_problem([asked(minutes=15, carers=carers)], settings=settings)
        for trial in trials(problem.visits[0], a_rota(), problem)["aled"]:
            assert trial.minutes == 30
            assert name not in [finding.rule for finding in trial.broken]
