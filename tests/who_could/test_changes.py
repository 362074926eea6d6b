"""The easiest single change after which somebody could come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.domain import Link, Shift
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.solve import solve
from scheduler.units import HOUR
from scheduler.who_could import single_changes, trials
from scheduler.who_could.changes import OUT_OF_TIME
from tests.builders import a_carer, a_client, a_leg, a_past_visit, a_problem, a_rota, a_shift, a_visit
from tests.who_could.cases import ONE_REASON, asked, change_of, shift_of


class TestTheEasiestChange:
    """Easiest for people: as the rules rank it, then what lacks least, then known faces."""

    def easiest(self, problem: Problem, rota: Rota | None = None) -> str | None:
        visit, rota = problem.visit("asked"), rota or a_rota()
        changes = single_changes(visit, trials(visit, rota, problem), rota, problem)
        return next((change.sentence for change in changes), None)

    def test_the_window_before_the_shift(self):
        assert self.easiest(shift_of(a_problem([asked()]), "08:30", "12:00")) == "let it start at 08:30"

    def test_but_not_of_a_time_critical_visit(self):
        problem = shift_of(a_problem([asked(time_critical=True)]), "08:30", "12:00")
        assert self.easiest(problem) == "ask Aled to work from 08:00 on Mon"

    def test_a_little_more_time_before_much_more(self):
        shifts = [a_shift("aled", "08:20", "12:00"), a_shift("huw", "08:10", "12:00")]
        problem = a_problem([asked(time_critical=True)], [a_carer(), a_carer("huw")], shifts=shifts)
        assert self.easiest(problem) == "ask Huw to work from 08:00 on Mon"

    def test_a_known_face_before_a_new_one(self):
        carers = [a_carer(), a_carer("huw")]
        problem = a_problem([asked()], carers, shifts=[], history=[a_past_visit(carer="huw")])
        change = self.easiest(problem)
        assert change == "ask Huw for an extra spell 08:00-08:30 on Mon"
        cured = problem.replace(shifts=(Shift("huw", 0, 8 * HOUR, 8 * HOUR + 30),))
        assert solve(cured, iterations=60, workers=1).unallocated == 0

    def test_a_longer_shift_before_training(self):
        carers = [a_carer(), a_carer("huw", skills=frozenset({"hoist"}))]
        shifts = [a_shift("aled", "07:00", "12:00"), a_shift("huw", "10:00", "12:00")]
        problem = a_problem([asked(skills=frozenset({"hoist"}))], carers, shifts=shifts)
        assert self.easiest(problem) == "ask Huw to work from 08:00 on Mon"

    def test_training_is_no_help_where_the_week_is_full(self):
        """The hours are looked at as well, not only the skill: two things are in the way."""
        visits = [a_visit("other", "12:00", slack=0), asked(skills=frozenset({"hoist"}))]
        problem = a_problem(visits, [a_carer(most=30)])
        assert self.easiest(problem, a_rota(a_leg("other", start="12:00"))) is None

    @pytest.mark.parametrize("name", ["relations", "care_gender"])
    def test_nobody_may_change_what_the_person_said(self, name):
        assert change_of(ONE_REASON[name]()) is None

    def test_a_moved_visit_may_break_one_rule_of_its_own(self):
        """Nia's visit can wait for 15 minutes, and takes 30."""
        visits = [asked(time_critical=True), a_visit("next", "08:30", client="nia", slack=15)]
        problem = shift_of(a_problem(visits, clients=[a_client("nia", x=30)]), "08:00", "10:00")
        change = self.easiest(problem, a_rota(a_leg("next", start="08:30")))
        assert change == (
            "move the visit to Nia on Mon from 08:30 to 09:00, which somebody must agree to "
            "(The visit to Nia starts at 09:00, 15 min after its window 08:15-08:45)"
        )
        longer = problem.replace(visits=(visits[0], replace(visits[1], latest=9 * HOUR)))
        assert solve(longer, iterations=60, workers=1).unallocated == 0

    def test_a_moved_visit_may_not_be_in_the_way_of_a_third(self):
        """As before, but after Nia's visit comes another one of hers."""
        visits = [
            asked(time_critical=True),
            a_visit("next", "08:30", client="nia", slack=15),
            a_visit("third", "09:00", client="nia", slack=0),
        ]
        problem = shift_of(a_problem(visits, clients=[a_client("nia", x=30)]), "08:00", "10:00")
        assert (
            self.easiest(problem, a_rota(a_leg("next", start="08:30"), a_leg("third", start="09:00"))) is None
        )

    def test_a_moved_visit_keeps_its_distance_to_what_another_carer_does(self):
        """Huw brings Nia her pills some hours after her breakfast; half an hour later that would be too near."""
        visits = [
            asked(time_critical=True),
            a_visit("next", "08:30", client="nia", slack=60),
            a_visit("pills", "12:30", client="nia", slack=0),
        ]
        shifts = [a_shift("aled", "08:00", "10:00"), a_shift("huw", "12:00", "14:00")]
        people = [a_client("nia", x=30)]
        rota = a_rota(a_leg("next", start="08:30"), a_leg("pills", "huw", "12:30"))
        for least, offered in ((210, True), (211, False)):
            link = Link("next", "pills", at_least=least)
            problem = a_problem(visits, [a_carer(), a_carer("huw")], people, shifts, links=(link,))
            change = self.easiest(problem, rota) or ""
            assert (change == "move the visit to Nia on Mon from 08:30 to 09:00") is offered, change

    def test_a_time_critical_visit_is_not_moved_out_of_its_window_lightly(self):
        visits = [
            asked(time_critical=True),
            a_visit("next", "08:30", client="nia", slack=15, time_critical=True),
        ]
        problem = shift_of(a_problem(visits, clients=[a_client("nia", x=30)]), "08:00", "10:00")
        rota = a_rota(a_leg("next", start="08:30"))
        found = list(single_changes(visits[0], trials(visits[0], rota, problem), rota, problem))
        [moved] = [change for change in found if change.moved and "Nia" in change.sentence]
        assert moved.sentence.endswith("; it is time-critical, so ask whoever wrote the care plan)")
        assert moved.effort == 10 + OUT_OF_TIME

    def test_a_double_up_that_is_moved_is_moved_for_both(self):
        """Huw could not come later: his shift ends."""
        visits = [asked(time_critical=True), a_visit("next", "08:30", client="nia", slack=60, carers=2)]
        carers = [a_carer(), a_carer("huw")]
        shifts = [a_shift("aled", "08:00", "10:00"), a_shift("huw", "08:30", "09:00")]
        problem = a_problem(visits, carers, [a_client("nia", x=30)], shifts)
        rota = a_rota(a_leg("next", start="08:30"), a_leg("next", "huw", "08:30", second=True))
        change = self.easiest(problem, rota)
        assert change == (
            "move the visit to Nia on Mon from 08:30 to 09:00, which somebody must agree to "
            "(Huw is planned 09:00-09:30 on Mon and is on shift 08:30-09:00)"
        )
        longer = problem.replace(shifts=(shifts[0], a_shift("huw", "08:30", "10:00")))
        assert self.easiest(longer, rota) == "move the visit to Nia on Mon from 08:30 to 09:00"

    def test_what_cannot_be_helped_is_not_called_a_change(self):
        """A carer who came home at 22:00 the evening before the period: yesterday cannot be changed."""
        problem = a_problem(
            [asked(time_critical=True)],
            history=[a_past_visit(start=-2 * HOUR - 30)],
            shifts=[a_shift("aled", "07:00", "12:00")],
        )
        assert trials(problem.visits[0], a_rota(), problem)["aled"][0].broken[0].rule == "daily_rest"
        assert self.easiest(problem) == "let it start at 09:00"
        assert self.easiest(shift_of(problem, "07:00", "08:30")) is None

    def test_easiest_first_and_each_once(self):
        problem = shift_of(a_problem([asked(slack=30)], [a_carer(), a_carer("huw")]), "08:45", "12:00")
        visit = problem.visits[0]
        changes = list(single_changes(visit, trials(visit, a_rota(), problem), a_rota(), problem))
        assert [change.effort for change in changes] == sorted(change.effort for change in changes)
        assert len({change.sentence for change in changes}) == len(changes) > 2
