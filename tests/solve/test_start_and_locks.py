"""A plan from a rota that is there, legal or broken, and what is locked in it."""

from __future__ import annotations

import re
from importlib import import_module
from random import Random

import pytest

from scheduler.check import check
from scheduler.domain import Purpose, Visit
from scheduler.errors import DomainError, UnknownName
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.settings import Policy
from scheduler.solve.because import not_settled
from scheduler.solve.placing import Placing
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_problem,
    a_rota,
    a_shift,
    a_visit,
    minute,
    some_settings,
)
from tests.solve.judge import Engine, changed, is_short
from tests.solve.plans import BUSY, planned, searched
from tests.solve.variety import a_varied_problem


@pytest.mark.parametrize("seed", range(8))
def test_a_legal_start_is_never_made_worse(seed):
    problem = a_varied_problem(seed)
    start = Engine(problem, seed=seed).plan(100)
    result = planned(problem, iterations=20, start=start, seed=seed, workers=1 + seed % 2)
    assert result.lost == {}
    assert result.report.total <= check(start, problem).total


def test_a_broken_start_is_repaired_and_the_lost_visits_are_named():
    """Lunch overlaps breakfast by a minute, tea is three hours late, supper is with somebody who has no shift."""
    visits = [
        a_visit("breakfast", "08:00", minutes=60),
        a_visit("lunch", "09:00", minutes=30, client="nan", priority=1),
        a_visit("tea", "16:00", slack=10),
        a_visit("supper", "18:00"),
        a_visit("bed", "20:00"),
    ]
    problem = a_problem(visits, [a_carer("aled"), a_carer("bethan")], shifts=[a_shift("aled")])
    start = a_rota(
        a_leg("breakfast", start="08:00", minutes=60),
        a_leg("lunch", start="08:59", minutes=30),
        a_leg("tea", start="19:00"),
        a_leg("supper", "bethan", start="18:00"),
        a_leg("bed", start="20:00"),
    )
    assert {finding.rule for finding in check(start, problem).hard} == {"travel", "visit_window", "shifts"}
    result = planned(problem, start=start)
    assert result.report.clean
    assert result.unallocated == 0
    assert set(result.lost) - {"breakfast", "lunch"} == {"tea", "supper"}
    assert len({"breakfast", "lunch"} & set(result.lost)) == 1, "one of the two has to give way"


@pytest.mark.parametrize("seed", range(12))
def test_a_start_that_was_changed_by_hand_loses_only_what_is_illegal_or_in_the_way(seed):
    problem, dice = a_varied_problem(seed), Random(seed)
    start = changed(Engine(problem, seed=seed).plan(200), problem, dice)
    report = check(start, problem)
    result = planned(problem, iterations=10, start=start)
    assert result.report.clean
    if not is_short(start, problem):  # there alone the engine asks more than the checker
        assert report.clean == (not result.lost)
    if report.clean and not result.lost:
        assert result.report.total <= report.total


def test_a_start_of_another_period_or_with_unknown_carers_is_refused():
    with pytest.raises(DomainError, match="period"):
        searched(start=Rota(BUSY.start, 7))
    with pytest.raises(UnknownName, match="no carer called 'aled'"):
        searched(start=a_rota(a_leg("breakfast"), days=3))


def test_a_visit_that_has_gone_since_is_dropped_and_told():
    result = searched(start=a_rota(a_leg("breakfast", "carer0"), days=3))
    assert result.lost == {"breakfast": "It is no longer asked for."}


def test_known_only_within_the_rota_the_solver_does_not_count():
    """NICE: on Monday Bethan is a stranger and stays 30 minutes. On Tuesday she is known, and the checker allows 20;
    the solver knows only history, plans 30, and says that it could not keep the visit as it was."""
    visits = [
        a_visit(id, start, minutes=20, purpose=Purpose.TIME_LIMITED)
        for id, start in (("mon", "08:00"), ("tue", "Tue 08:00"))
    ]
    problem = a_problem(
        visits,
        [a_carer("bethan")],
        [a_client(wider_package=True)],
        settings=some_settings(policy=Policy.NICE),
    )
    start = a_rota(a_leg("mon", "bethan", "08:00", 30), a_leg("tue", "bethan", "Tue 08:00", 20))
    assert check(start, problem).clean
    result = planned(problem, start=start)
    assert [leg.minutes for leg in result.rota.legs] == [30, 30]
    assert result.lost == {"tue": "Lasts 30 min rather than 20."}


@pytest.mark.parametrize("seed", range(10))
def test_locked_visits_stay_as_they_are(seed):
    """Locked in a rota that was planned in haste: much else is moved, these keep carers, start and length."""
    problem, dice = a_varied_problem(seed), Random(seed)
    start = Engine(problem, seed=seed).plan(30)
    locked = dice.sample(sorted(start.legs_by_visit), len(start.legs_by_visit) // 2)
    result = planned(problem, iterations=1500, start=start, locked=iter(locked), seed=seed, workers=2)
    assert result.lost == {}
    assert {id: result.rota.of_visit(id) for id in locked} == {id: start.of_visit(id) for id in locked}


def test_unlocked_visits_move():
    """So that the test above is no matter of course."""
    moved = 0
    for seed in range(10):
        problem = a_varied_problem(seed)
        start = Engine(problem, seed=seed).plan(30)
        result = planned(problem, iterations=1500, start=start, seed=seed)
        moved += sum(result.rota.of_visit(id) != legs for id, legs in start.legs_by_visit.items())
    assert moved > 10


TIGHT = a_problem(
    [
        a_visit("early", "08:00", slack=60, minutes=60),
        a_visit("fixed", "08:00", client="nan", slack=0, minutes=60),
    ],
    shifts=[a_shift("aled", "07:00", "09:00")],
)
"""Aled can do both only if the early visit starts at 07:00."""
IN_THE_WAY = a_rota(a_leg("early", start="07:30", minutes=60))


def test_the_exact_half_does_not_move_a_locked_visit_either():
    assert planned(TIGHT, start=IN_THE_WAY).unallocated == 0
    result = planned(TIGHT, start=IN_THE_WAY, locked=["early"])
    assert result.rota.legs == IN_THE_WAY.legs
    assert set(result.proofs) == {"fixed"}


def a_helper() -> tuple[Problem, Rota]:
    """Only Aled can do the hoist, and is at Nan's, where Bethan could go in his place."""
    visits = [
        a_visit("hoist", "08:00", slack=0, skills=frozenset({"hoist"})),
        a_visit("early", "08:00", "nan", slack=0),
    ]
    carers = [a_carer("aled", skills=frozenset({"hoist"})), a_carer("bethan")]
    return a_problem(visits, carers, days=1), a_rota(a_leg("early", "aled", "08:00"), days=1)


@pytest.mark.parametrize(
    "case, choices",
    [
        (lambda: (TIGHT, IN_THE_WAY), {"locked": ["early"]}),
        (lambda: (TIGHT, IN_THE_WAY), {"locked_times": ["early"]}),
        (lambda: (TIGHT, IN_THE_WAY), {"frozen_before": minute("07:15")}),
        (a_helper, {"locked_carers": ["early"]}),
    ],
)
def test_what_is_locked_makes_no_room_and_is_no_reason(case, choices):
    """Unlocked, there is a plan with everybody. So nothing may be said of the problem without its locks."""
    problem, start = case()
    assert planned(problem, start=start).unallocated == 0
    result = planned(problem, start=start, **choices)
    [left] = result.rota.unallocated(problem)
    assert (
        "on that day, but for what is locked or frozen, free to change and nothing else: no room"
        in (result.proofs[left.id])
    )
    [told] = planned(problem, start=start, reasons=False, **choices).proofs.values()
    assert (
        "but for what is locked or frozen, rearranged at the best, nothing costs less than leaving it out."
        in told
    )


def proof_after(freeze: str, visits: list[Visit], leg: Leg, shift: tuple[str, str]) -> str:
    """What is told of the visit x, which Aled cannot do any more on a day that is frozen until then."""
    problem = a_problem(visits, shifts=[a_shift("aled", *shift)], days=1)
    result = planned(problem, start=a_rota(leg, days=1), frozen_before=minute(freeze))
    assert [visit.id for visit in result.rota.unallocated(problem)] == ["x"]
    return result.proofs["x"]


def test_the_past_makes_no_room_and_is_no_reason():
    """Aled works from 07:00 to 10:30 and is at Nan's from nine. Before nine, where nobody can be sent any more, there
    would be time for x, were it not for its window: so his shift is what is in the way, and not the window."""
    told = proof_after(
        "09:00",
        [
            a_visit("y", "09:00", "nan", slack=0, minutes=90, priority=1),
            a_visit("x", "10:00", slack=0, priority=5),
        ],
        a_leg("y", "aled", "09:00", 90),
        ("07:00", "10:30"),
    )
    assert "within the shifts of Aled (07:00-10:30)" in told
    assert "Visit window" not in told


def test_the_window_is_a_reason_after_the_freeze_too():
    """Aled has been at Nan's since eight and stays for two hours; x may begin until nine, and would fit at ten."""
    told = proof_after(
        "08:30",
        [a_visit("y", "08:00", "nan", slack=0, minutes=120), a_visit("x", "08:00", slack=60)],
        a_leg("y", "aled", "08:00", 120),
        ("08:00", "14:00"),
    )
    assert told.endswith("by this rule: Visit window. Without any one of these reasons there would be.")


def test_of_a_past_day_nobody_says_who_was_on_shift():
    result = planned(a_problem([a_visit("x", "09:00")]), start=a_rota(), frozen_before=minute("Wed 10:00"))
    assert result.proofs["x"] == (
        "Its window was over by Wed 10:00, when the freeze ends: nobody can be sent into the past."
    )


def test_what_was_proved_of_a_placing_that_is_not_taken_is_not_told(monkeypatch):
    """It would cost more than the rota of the search, which is the answer then."""
    placing = Placing(a_rota(days=1), (), {"x": "Proved by CP-SAT: ..."}, {"x": ["Aled"]})
    monkeypatch.setattr(import_module("scheduler.solve.recipe"), "place_leftovers", lambda *_, **__: placing)
    visits = [a_visit("x", "09:00", skills=frozenset({"flying"})), a_visit("y", "12:00")]
    result = planned(a_problem(visits, days=1))
    assert set(result.rota.legs_by_visit) == {"y"}
    assert result.proofs == {"x": not_settled(["Aled"])}


def test_a_locked_visit_goes_before_others_that_are_in_its_way():
    """The coordinator put the fixed visit into Aled's round and locked it; the early one overlaps and gives way."""
    start = IN_THE_WAY.with_legs([a_leg("fixed", start="08:00", minutes=60)])
    result = planned(TIGHT, start=start, locked=["fixed"])
    assert result.lost == {
        "early": "Moved from 07:30 to 07:00. Aled ends with Mary at 08:30, takes 0 min by car to Nan, and is planned "
        "there at 08:00: 30 min too early."
    }
    assert {leg.visit: leg.start for leg in result.rota.legs} == {
        "early": minute("07:00"),
        "fixed": minute("08:00"),
    }


def test_a_lock_that_breaks_a_rule_is_told_and_the_visit_is_planned_anew():
    start = a_rota(a_leg("early", start="06:59", minutes=60))
    result = planned(TIGHT, start=start, locked=["early"])
    assert list(result.lost) == ["early"]
    assert re.match(r"Cannot be kept: .*06:59", result.lost["early"])
    assert result.unallocated == 0


def test_locks_need_a_start_rota_and_known_names():
    with pytest.raises(DomainError, match="stay as they are in the start rota"):
        planned(TIGHT, locked=["early"])
    with pytest.raises(UnknownName, match="no visit called 'earlie'"):
        planned(TIGHT, start=IN_THE_WAY, locked=["earlie"])
