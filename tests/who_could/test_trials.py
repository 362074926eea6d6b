"""Who could do a visit: trials of one carer and of two, worked by hand."""

from __future__ import annotations

import pytest

from scheduler.domain import Link, Purpose, Relation, Tie, Visit
from scheduler.problem import Problem
from scheduler.settings import Policy
from scheduler.solve import solve
from scheduler.units import HOUR
from scheduler.who_could import Change, Stage, best_trial, single_changes, trials
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_past_visit,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    some_settings,
)
from tests.who_could.cases import ONE_REASON, asked, shift_of


class TestTrials:
    def test_a_carer_who_is_free(self):
        problem = a_problem([asked()])
        first = trials(problem.visits[0], a_rota(), problem)["aled"][0]
        assert (first.start, first.minutes, first.stage, first.free) == (8 * HOUR, 30, Stage.PASSED, True)

    def test_a_planned_visit_is_taken_out_first(self):
        problem = a_problem([asked()])
        rota = a_rota(a_leg("asked"))
        assert trials(problem.visits[0], rota, problem)["aled"][0].free

    def test_the_minute_between_two_others(self):
        """From Nia at 08:37, seven minutes away, until Ann at 09:14, seven minutes away: 30 minutes, to the minute."""
        visits = [
            a_visit("before", "08:00", client="nia", minutes=30, slack=0),
            a_visit("after", "09:14", client="nia", slack=0),
            asked("08:30", slack=30),
        ]
        problem = a_problem(visits, clients=[a_client("nia", x=7)])
        rota = a_rota(a_leg("before"), a_leg("after", start="09:14"))
        free = [trial.start for trial in trials(visits[2], rota, problem)["aled"] if trial.free]
        assert free == [8 * HOUR + 37]

    @pytest.mark.parametrize("later, free", [(0, False), (1, True)])
    def test_the_first_minute_after_a_night_of_eleven_hours(self, later, free):
        """Home at 21:00 and five minutes on the road: at 08:05 at the earliest."""
        visits = [a_visit("evening", "20:30", slack=0), asked("Tue 08:00", client="nia", slack=4 + later)]
        problem = a_problem(visits, clients=[a_client("nia", x=5)])
        rota = a_rota(a_leg("evening", start="20:30"))
        assert any(trial.free for trial in trials(visits[1], rota, problem)["aled"]) is free

    def test_the_first_minute_after_a_link(self):
        visits = [a_visit("breakfast", "08:00", slack=0), asked("12:00", slack=20)]
        link = Link("breakfast", "asked", at_least=4 * HOUR + 13)
        problem = a_problem(visits, links=[link])
        free = [t.start for t in trials(visits[1], a_rota(a_leg("breakfast")), problem)["aled"] if t.free]
        assert min(free) == 12 * HOUR + 13

    def test_a_locked_start_is_tried(self):
        visit = asked("08:00", slack=20, fixed_start=8 * HOUR + 7)
        problem = a_problem([visit])
        assert [t.start for t in trials(visit, a_rota(), problem)["aled"] if t.free] == [8 * HOUR + 7]

    def test_who_comes_decides_how_long(self):
        """Under NICE a known carer may come for 20 minutes, a new one stays for 30."""
        visit = asked(minutes=20, purpose=Purpose.CHECK)
        problem = a_problem(
            [visit],
            [a_carer(), a_carer("huw")],
            [a_client(wider_package=True)],
            settings=some_settings(policy=Policy.NICE),
            history=[a_past_visit()],
        )
        found = trials(visit, a_rota(), problem)
        assert {id: own[0].minutes for id, own in found.items()} == {"aled": 20, "huw": 30}

    def test_other_starts_are_tried_at_once(self):
        problem = a_problem([asked(slack=60)])
        found = trials(problem.visits[0], a_rota(), problem, also=[8 * HOUR + 1])["aled"]
        assert 8 * HOUR + 1 in [trial.start for trial in found]

    def test_nobody_there_is_nobody_tried(self):
        problem = a_problem([asked()], carers=[])
        assert trials(problem.visits[0], a_rota(), problem) == {}

    def test_what_nobody_may_change_is_tried_once(self):
        problem = ONE_REASON["relations"]().problem
        (trial,) = trials(problem.visits[0], a_rota(), problem)["aled"]
        assert (trial.start, trial.stage) == (8 * HOUR, Stage.ALONE)

    def test_what_the_day_says_comes_before_what_other_starts_say(self):
        """Aled is on shift and busy: not 'off shift at 07:30'."""
        visits = [a_visit("other", "08:00", minutes=60, slack=0, client="nia"), asked(slack=30)]
        problem = shift_of(a_problem(visits), "08:00", "09:00")
        best = best_trial(trials(visits[1], a_rota(a_leg("other", minutes=60)), problem)["aled"], visits[1])
        assert (best.stage, {finding.rule for finding in best.broken}) == (Stage.DAY, {"travel"})


class TestPeopleWhoAreNamedElsewhere:
    """Locks and 'only' speak of carers who are not the one that is tried: once that was a crash."""

    @pytest.mark.parametrize("who, free", [("aled", False), ("huw", True)])
    def test_a_visit_that_is_locked_to_one(self, who, free):
        visit = asked(fixed_carers=("huw",))
        problem = a_problem([visit], [a_carer(), a_carer("huw")])
        assert trials(visit, a_rota(), problem)[who][0].free is free

    @pytest.mark.parametrize("who, free", [("aled", False), ("huw", True)])
    def test_a_client_who_wants_only_one(self, who, free):
        problem = a_problem([asked()], [a_carer(), a_carer("huw")], ties=[Tie("mary", "huw", Relation.ONLY)])
        assert trials(problem.visits[0], a_rota(), problem)[who][0].free is free

    def test_another_visit_that_is_locked_to_two(self):
        visits = [asked(), a_visit("two", "12:00", carers=2, fixed_carers=("aled", "huw"))]
        problem = a_problem(visits, [a_carer(), a_carer("huw")])
        rota = a_rota(a_leg("two", start="12:00"), a_leg("two", "huw", "12:00", second=True))
        assert all(own[0].free for own in trials(visits[0], rota, problem).values())

    def test_the_place_beside_a_locked_carer(self):
        visit = asked(carers=2, fixed_carers=("huw",))
        problem = a_problem([visit], [a_carer(), a_carer("huw"), a_carer("nia")])
        assert all(own[0].free for own in trials(visit, a_rota(), problem).values())
        change = next(single_changes(visit, trials(visit, a_rota(), problem), a_rota(), problem))
        assert change.sentence == ""
        assert "huw" in [trial.carer.id for trial in change.trials]


class TestTwo:
    """Visits that take two carers."""

    def two(self, shifts: dict[str, tuple[str, str]], **changes) -> tuple[Visit, Problem]:
        visit = asked(**{"carers": 2, "slack": 30, **changes})
        carers = [a_carer(id) for id in shifts]
        return visit, a_problem([visit], carers, shifts=[a_shift(id, *times) for id, times in shifts.items()])

    def first(self, visit: Visit, problem: Problem) -> Change | None:
        return next(single_changes(visit, trials(visit, a_rota(), problem), a_rota(), problem), None)

    def test_free_together(self):
        visit, problem = self.two({"aled": ("07:30", "09:00"), "huw": ("08:07", "09:00")})
        change = self.first(visit, problem)
        assert change
        assert (change.sentence, change.effort) == ("", 0)
        assert change.trials[0].start == 8 * HOUR + 7, "the first minute of one is tried with the other, too"

    def test_both_free_but_never_together(self):
        visit, problem = self.two({"aled": ("07:30", "08:00"), "huw": ("08:30", "09:00")})
        found = trials(visit, a_rota(), problem)
        assert all(any(trial.free for trial in own) for own in found.values())
        change = self.first(visit, problem)
        assert change
        assert change.sentence == "ask Huw to work from 07:30 on Mon"
        longer = problem.replace(shifts=(problem.shifts[0], a_shift("huw", "07:30", "09:00")))
        assert solve(longer, iterations=60, workers=1).unallocated == 0

    def test_one_thing_that_is_in_the_way_of_both_is_one_change(self):
        visit, problem = self.two({"aled": ("09:00", "10:00"), "huw": ("09:00", "10:00")})
        change = self.first(visit, problem)
        assert change
        assert change.sentence == "let it start at 09:00"

    def test_two_things_are_not_one(self):
        visit, problem = self.two({"aled": ("12:00", "13:00"), "huw": ("12:00", "13:00")})
        assert self.first(visit, problem) is None

    def test_a_helper_who_has_ten_minutes(self):
        visit, problem = self.two(
            {"aled": ("08:00", "08:10"), "huw": ("08:00", "09:00")}, slack=0, together=10
        )
        change = self.first(visit, problem)
        assert change
        assert change.sentence == ""
        assert [(trial.carer.id, trial.minutes, trial.second) for trial in change.trials] == [
            ("huw", 30, False),
            ("aled", 10, True),
        ]

    def test_a_helper_who_has_nine_minutes(self):
        visit, problem = self.two(
            {"aled": ("08:00", "08:09"), "huw": ("08:00", "09:00")}, slack=0, together=10
        )
        change = self.first(visit, problem)
        assert change
        assert change.sentence == "ask Aled to work until 08:10 on Mon"

    def test_both_stay_as_long_as_the_one_who_needs_longer(self):
        """Huw is new and makes it 30 minutes; Aled, who is known, would have 20."""
        visit = asked(minutes=20, carers=2, purpose=Purpose.CHECK)
        problem = a_problem(
            [visit],
            [a_carer(), a_carer("huw")],
            [a_client(wider_package=True)],
            [a_shift("aled", "08:00", "08:25"), a_shift("huw", "08:00", "09:00")],
            settings=some_settings(policy=Policy.NICE),
            history=[a_past_visit()],
        )
        assert trials(visit, a_rota(), problem)["aled"][0].free
        assert self.first(visit, problem) is None
