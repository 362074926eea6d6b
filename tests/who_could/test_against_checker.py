"""Who could do a visit, compared with the checker."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from scheduler.check import check
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules import rule
from scheduler.rules.base import Finding, Level
from scheduler.solve import solve
from scheduler.units import DAY
from scheduler.who_could import BEYOND, applied, plan_again, single_changes, trials
from scheduler.who_could.corner import HARD, worse
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit
from tests.random_problems import a_random_problem
from tests.who_could.cases import ONE_REASON, asked, change_of, newly_hard


class TestAgainstTheChecker:
    """On rotas that the solver made of random problems with edges on purpose."""

    SEEDS = range(4)

    def rotas(self, seed: int, **changes) -> tuple[Problem, Rota]:
        problem = a_random_problem(seed, **changes)
        return problem, solve(problem, iterations=150, workers=1, teams=False, exact=False, seed=seed).rota

    @pytest.mark.parametrize("seed", SEEDS)
    def test_a_trial_is_free_when_the_whole_rota_stays_legal(self, seed):
        problem, rota = self.rotas(seed)
        for visit in problem.visits:
            if visit.carers == 1:
                without = rota.without([visit.id])
                for trial in (trial for own in trials(visit, without, problem).values() for trial in own):
                    leg = Leg(trial.start, trial.carer.id, visit.id, trial.minutes)
                    assert trial.free is not bool(newly_hard(without, [leg], problem)), (visit.id, trial)

    @pytest.mark.parametrize("seed", SEEDS)
    def test_no_minute_of_the_window_is_overlooked(self, seed):
        problem, rota = self.rotas(seed)
        for visit in problem.visits[:6]:
            without = rota.without([visit.id])
            for carer, own in trials(visit, without, problem).items() if visit.carers == 1 else ():
                if not any(trial.free for trial in own):
                    for start in range(visit.earliest, visit.latest + 1):
                        leg = Leg(start, carer, visit.id, own[0].minutes)
                        assert newly_hard(without, [leg], problem), (visit.id, carer, start)

    @pytest.mark.parametrize("seed", SEEDS)
    def test_two_who_could_come_together_are_found(self, seed):
        problem, rota = self.rotas(seed, carers=3)
        length = rule("visit_length")
        for visit in problem.visits:
            without = rota.without([visit.id])
            change = next(single_changes(visit, trials(visit, without, problem), without, problem), None)
            for lead, helper in (
                permutations(problem.carers, 2) if visit.carers == 2 and (not change or change.effort) else ()
            ):
                minutes = [max(1, length.least_minutes(visit, carer, problem)) for carer in (lead, helper)]
                lasts = minutes[0] if visit.together else max(minutes)
                for start in range(visit.earliest, visit.latest + 1):
                    legs = [
                        Leg(start, lead.id, visit.id, lasts),
                        Leg(start, helper.id, visit.id, visit.together or lasts, second=True),
                    ]
                    assert newly_hard(without, legs, problem), (visit.id, lead.id, helper.id, start)

    @pytest.mark.parametrize("seed", range(8))
    def test_with_the_change_nothing_else_is_in_the_way(self, seed):
        problem, rota = self.rotas(seed, carers=3)
        for visit in rota.unallocated(problem):
            change = next(single_changes(visit, trials(visit, rota, problem), rota, problem), None)
            if change is None or change.moved or change.sentence.startswith("find "):
                continue
            lead = change.trials[0]
            lasts = lead.minutes if visit.together else max(trial.minutes for trial in change.trials)
            legs = [Leg(lead.start, lead.carer.id, visit.id, lasts)]
            legs += [
                Leg(lead.start, trial.carer.id, visit.id, visit.together or lasts, second=True)
                for trial in change.trials[1:]
            ]
            assert {finding.cure for finding in newly_hard(rota, legs, problem)} == {change.sentence} - {""}

    @pytest.mark.parametrize("seed", [6, 9, 10])
    def test_a_moved_visit_breaks_nothing_but_what_is_told(self, seed):
        """In the whole rota, for everybody: also for visits that are linked with the one that is moved."""
        problem, rota = self.rotas(seed, carers=3)
        moves = 0
        for visit in rota.unallocated(problem):
            for change in single_changes(visit, trials(visit, rota, problem), rota, problem):
                if not change.moved:
                    continue
                moves += 1
                after = rota.without({leg.visit for leg in change.moved}).with_legs(
                    [*change.moved, *change.legs]
                )
                hard = worse(check(rota, problem, HARD).hard, check(after, problem, HARD).hard)
                assert {finding.cure for finding in hard} == {finding.cure for finding in change.broken}
        assert moves

    @pytest.mark.parametrize("seed", SEEDS)
    def test_no_easier_change_of_one_thing_is_overlooked(self, seed):
        """Every carer at every minute of the window and 90 minutes beyond it, by the checker alone."""
        problem, rota = self.rotas(seed, carers=3)
        efforts = {rule.name: rule.effort for rule in HARD if rule.effort is not None}
        for visit in rota.unallocated(problem)[:4]:
            if visit.carers == 2 or visit.time_critical:
                continue
            found = trials(visit, rota, problem)
            change = next(single_changes(visit, found, rota, problem), None)
            for carer, own in found.items():
                for start in range(visit.earliest - BEYOND, visit.latest + BEYOND + 1):
                    leg = Leg(start, carer, visit.id, own[0].minutes)
                    hard = newly_hard(rota, [leg], problem) if start // DAY == visit.day else []
                    alone = newly_hard(a_rota(days=problem.days), [leg], problem) if len(hard) == 1 else []
                    if len(alone) == 1 and hard[0].rule in efforts and hard[0].visit == visit.id:
                        assert change is not None, (visit.id, hard)
                        assert change.effort <= efforts[hard[0].rule], (visit.id, hard)


class TestWorse:
    """What counts as newly broken in a rota that is broken already."""

    def finding(self, amount: int, sentence: str = "", visit: str = "one") -> Finding:
        return Finding("travel", Level.HARD, sentence, amount, visit=visit)

    def test_everything_where_nothing_was(self):
        assert worse([], [self.finding(1)]) == [self.finding(1)]

    @pytest.mark.parametrize("amount, new", [(4, False), (5, False), (6, True)])
    def test_more_of_the_same_is_worse(self, amount, new):
        assert bool(worse([self.finding(5)], [self.finding(amount)])) is new

    def test_other_words_are_not(self):
        assert worse([self.finding(5, "until 12:00")], [self.finding(5, "until 12:30")]) == []

    def test_one_more_is(self):
        assert worse([self.finding(5)], [self.finding(3), self.finding(5)]) == [self.finding(3)]

    def test_another_visit_is(self):
        assert worse([self.finding(5)], [self.finding(5, visit="two")]) == [self.finding(5, visit="two")]


class TestPlannedAgain:
    """Each claimed change is applied to the problem, the period is planned again, and the visit then has a place."""

    @pytest.mark.parametrize("name", ["locks", "visit_window", "skills", "shifts", "links", "travel"])
    def test_of_each_rule(self, name):
        case = ONE_REASON[name]()
        change = change_of(case)
        assert change is not None
        assert plan_again(change, case.rota, case.problem).placed
        assert not plan_again(
            replace(change, broken=(), moved=()), case.rota, case.problem
        ).placed or name in (
            "links",  # here a better rota had room from the beginning, as said above
            "travel",
        )

    @pytest.mark.parametrize("seed", range(6))
    def test_on_random_weeks(self, seed):
        problem, rota = TestAgainstTheChecker().rotas(seed, carers=3)
        for visit in rota.unallocated(problem)[:3]:
            found = trials(visit, rota, problem)
            for change in single_changes(visit, found, rota, problem):
                after, changed = applied(change, rota, problem)
                if changed is problem and change.broken:
                    continue  # rest, breaks, hours: work has to go to somebody else, which is no change of the problem
                hard = [finding for finding in check(after, changed).hard if finding.visit == visit.id]
                assert hard == [], change.sentence
                again = plan_again(change, rota, problem)
                assert again.placed, change.sentence
                break

    def test_ten_minutes_less_travel(self):
        """Aled ends with John at 07:50, 20 minutes away, and Mary waits at 08:00 sharp: ten minutes are missing, or
        eleven."""
        for minutes, named in ((30, True), (31, False)):
            visits = [asked(), a_visit("john", "07:20", "john", minutes=minutes, slack=0)]
            problem = a_problem(visits, clients=[a_client("john", x=20)])
            rota = a_rota(a_leg("john", "aled", "07:20", minutes))
            changes = list(single_changes(visits[0], trials(visits[0], rota, problem), rota, problem))
            found = [change for change in changes if change.sentence.startswith("find 10 min on the way")]
            assert bool(found) == named, [change.sentence for change in changes]
            for change in found:
                assert plan_again(change, rota, problem).placed

    def test_another_visit_is_given_to_another_carer(self):
        """Only Aled may go to Mary, who has her time; he is with John then, to whom Beth could go."""
        visits = [asked(skills=frozenset({"peg"})), a_visit("john", "08:00", "john", slack=0)]
        staff = [a_carer("aled", skills=frozenset({"peg"})), a_carer("beth")]
        problem = a_problem(visits, staff, clients=[a_client("john", x=20)])
        rota = a_rota(a_leg("john", "aled", "08:00"))
        change = next(single_changes(visits[0], trials(visits[0], rota, problem), rota, problem))
        assert change.sentence == "give the visit to John on Mon at 08:00 to Beth instead of Aled"
        assert plan_again(change, rota, problem).placed
