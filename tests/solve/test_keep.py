"""Locks on carer, time or both, and the freeze: worked by hand, then on random days."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from scheduler.errors import DomainError, UnknownName
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.solve import Options, solve
from scheduler.solve.result import Result
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_shift, a_visit, minute, some_settings
from tests.random_problems import a_random_problem
from tests.solve.judge import Engine, moved
from tests.solve.variety import a_varied_problem

ALED, BETHAN = a_carer("aled", 20), a_carer("bethan")
"""Aled lives twenty minutes away, Bethan next door to everybody."""
FREE = {"changes.other_carer": 0, "changes.other_time": 0}


def planned(problem: Problem, start: Rota | None = None, **choices: Any) -> Result:
    """A plan that begins with a rota."""
    result = solve(problem, **{"iterations": 300, "workers": 1, "start": start, **choices})
    assert result.report.clean
    return result


# -- locks ---------------------------------------------------------------------------------------------------------

TEA = a_problem(
    [a_visit("tea", "16:00", slack=60)],
    [ALED, BETHAN],
    settings=some_settings(told_tolerance=1440, prices=FREE),
)
UNWISE = a_rota(a_leg("tea", "aled", "15:54"))
"""Neither the carer nor the time that the search would choose."""


@pytest.mark.parametrize(
    "locks, carer, start",
    [
        ({}, "bethan", "16:00"),
        ({"locked_carers": ["tea"]}, "aled", "16:00"),
        ({"locked_times": ["tea"]}, "bethan", "15:54"),
        ({"locked": ["tea"]}, "aled", "15:54"),
        ({"locked_times": ["tea"], "locked_carers": ["tea"]}, "aled", "15:54"),
    ],
    ids=["nothing", "carer", "time", "both", "each"],
)
@pytest.mark.parametrize("base", ["start", "published"])
def test_what_is_locked_stays_and_the_rest_is_put_right(locks, carer, start, base):
    result = planned(TEA, **{base: UNWISE}, **{name: iter(visits) for name, visits in locks.items()})
    assert [(leg.carer, leg.start) for leg in result.rota.legs] == [(carer, minute(start))]
    assert result.lost == {}


def test_what_is_locked_is_looked_up_in_the_start_rota_rather_than_in_the_published_one():
    result = planned(TEA, UNWISE, published=a_rota(a_leg("tea", "bethan", "16:10")), locked=["tea"])
    assert result.rota.legs == UNWISE.legs


@pytest.mark.parametrize("seed", range(12))
def test_locks_hold_on_random_days(seed):
    """A third of the visits locked to their carers, a third to their times; what could not be locked is told."""
    problem, dice = a_varied_problem(seed), Random(seed)
    start = Engine(problem, seed=seed).plan(30)
    visits = dice.sample(sorted(start.legs_by_visit), len(start.legs_by_visit))
    carers, times = visits[0::3], visits[1::3]
    result = planned(
        problem,
        start,
        iterations=1500,
        seed=seed,
        workers=1 + seed % 2,
        locked_carers=carers,
        locked_times=times,
    )
    assert result.lost == {}, "a legal rota can be locked as it is"
    for id in {*carers, *times} & set(result.rota.legs_by_visit):
        before, after = start.of_visit(id), result.rota.of_visit(id)
        if id in carers:
            assert {leg.carer for leg in after} == {leg.carer for leg in before}
        else:
            assert after[0].start == before[0].start


def test_a_carer_who_lacks_the_skill_cannot_be_locked():
    visits = [a_visit("tea", "16:00", skills=frozenset({"hoist"}))]
    problem = a_problem(visits, [ALED, a_carer("bethan", skills=frozenset({"hoist"}))])
    for lock in ("locked_carers", "locked"):
        result = planned(problem, a_rota(a_leg("tea", "aled", "16:00")), **{lock: ["tea"]})
        assert [leg.carer for leg in result.rota.legs] == ["bethan"]
        assert result.lost["tea"].startswith("Cannot be kept: Aled ")


def test_a_time_outside_the_window_cannot_be_locked():
    result = planned(TEA, a_rota(a_leg("tea", "aled", "17:01")), locked_times=["tea"])
    assert [leg.start for leg in result.rota.legs] == [minute("16:00")]
    assert result.lost["tea"].startswith("Cannot be kept: ")
    assert "17:01" in result.lost["tea"]


def test_of_two_visits_locked_to_one_carer_at_once_the_later_named_is_refused():
    visits = [a_visit("first", "08:00", slack=0), a_visit("second", "08:00", client="nan", slack=0)]
    problem = a_problem(visits, [ALED, BETHAN])
    start = a_rota(a_leg("first", "aled", "08:00"), a_leg("second", "aled", "08:00"))
    result = planned(problem, start, locked_carers=["second", "first"])
    assert {leg.visit: leg.carer for leg in result.rota.legs} == {"first": "aled", "second": "bethan"}
    assert list(result.lost) == ["second"]
    assert "is planned there at 08:00: 30 min too early" in result.lost["second"]


def test_locked_to_one_of_two_carers():
    """Only Aled is planned for the hoist, which takes two: he is locked, and somebody joins him."""
    visits = [a_visit("hoist", "12:00", carers=2)]
    problem = a_problem(visits, [ALED, BETHAN, a_carer("carys")])
    result = planned(problem, a_rota(a_leg("hoist", "aled", "12:00")), locked_carers=["hoist"])
    assert {leg.carer for leg in result.rota.legs} > {"aled"}
    visits = [a_visit("hoist", "12:00", carers=2, fixed_carers=("carys",))]
    problem = a_problem(visits, [ALED, BETHAN, a_carer("carys")])
    result = planned(problem, a_rota(a_leg("hoist", "aled", "12:00")), locked_carers=["hoist"])
    assert {leg.carer for leg in result.rota.legs} == {"aled", "carys"}


def test_a_lock_to_one_of_two_who_cannot_come_is_refused():
    """Bethan and Carys can lift together; that is no reason to call Aled's lock kept."""
    visits = [a_visit("hoist", "12:00", carers=2, skills=frozenset({"hoist"}))]
    skilled = [a_carer(id, skills=frozenset({"hoist"})) for id in ("bethan", "carys")]
    result = planned(
        a_problem(visits, [ALED, *skilled]), a_rota(a_leg("hoist", "aled", "12:00")), locked_carers=["hoist"]
    )
    assert {leg.carer for leg in result.rota.legs} == {"bethan", "carys"}
    assert result.lost["hoist"].startswith("Cannot be kept: ")
    assert result.refused == {"hoist"}


def test_a_locked_visit_that_lasts_longer_now_is_kept_and_told():
    """The care plan asks for 45 minutes since; carer and start stay, and that is no refused lock."""
    result = planned(
        a_problem([a_visit("tea", "16:00", minutes=45)]),
        a_rota(a_leg("tea", "aled", "16:05")),
        locked=["tea"],
    )
    assert [(leg.carer, leg.start, leg.minutes) for leg in result.rota.legs] == [
        ("aled", minute("16:05"), 45)
    ]
    assert result.lost["tea"].startswith("Lasts 45 min rather than 30.")
    assert result.refused == frozenset()


def test_why_a_visit_that_is_locked_to_a_carer_is_unallocated():
    """Aled alone may do the urgent visit at that minute; Bethan could do the other one, but it is locked to him."""
    urgent = a_visit("urgent", "08:00", slack=0, priority=1, fixed_carers=("aled",))
    other = a_visit("other", "08:00", client="nan", slack=0, priority=5)
    problem = a_problem([urgent, other], [ALED, BETHAN])
    start = a_rota(a_leg("other", "aled", "08:00"))
    assert planned(problem, start).unallocated == 0
    result = planned(problem, start, locked_carers=["other"])
    assert [leg.visit for leg in result.rota.legs] == ["urgent"]
    assert result.proofs["other"].startswith("It is locked to Aled. ")


def test_a_lock_of_a_visit_that_nobody_does_is_told():
    result = planned(TEA, a_rota(), locked=["tea"])
    assert result.lost == {"tea": "Nobody is planned for it in the start rota."}
    assert result.unallocated == 0


# -- the freeze ----------------------------------------------------------------------------------------------------

DAY = a_problem(
    [
        a_visit("breakfast", "08:00"),
        a_visit("missed", "09:00", client="nan"),
        a_visit("lunch", "12:00", slack=120),
        a_visit("tea", "16:00", client="nan"),
    ],
    [ALED, BETHAN],
    settings=some_settings(told_tolerance=1440, prices=FREE),
)
UNTIL_NOON = a_rota(a_leg("breakfast", "aled", "08:20"), a_leg("tea", "aled", "16:20"))


def test_before_the_freeze_nothing_changes_and_nothing_is_added():
    """Breakfast stays with Aled at 08:20 (so he brings lunch, too: one face is cheaper than two), nobody is sent to
    Nan at nine; lunch, preferred at 12:00, begins at 12:30; tea is free to change."""
    result = planned(DAY, UNTIL_NOON, frozen_before=minute("12:30"))
    assert [(leg.visit, leg.carer, leg.start) for leg in result.rota.legs] == [
        ("breakfast", "aled", minute("08:20")),
        ("lunch", "aled", minute("12:30")),
        ("tea", "bethan", minute("16:00")),
    ]
    assert result.proofs["missed"].startswith(
        "Its window was over by Mon 12:30, when the freeze ends: nobody can be sent into the past."
    )


def test_a_start_at_the_very_minute_of_the_freeze_is_free_and_one_before_is_not():
    at_noon = a_rota(a_leg("lunch", "aled", "12:00"))
    alone = DAY.replace(visits=(a_visit("lunch", "12:00", slack=120),))
    assert planned(alone, at_noon, frozen_before=720).rota.of_visit("lunch")[0].carer == "bethan"
    assert planned(alone, at_noon, frozen_before=721).rota.of_visit("lunch") == at_noon.legs


def test_what_was_wrong_before_the_freeze_is_told_and_made_up_for_where_that_is_possible():
    """Breakfast was begun too early and can only be left out; lunch, as wrongly planned, still has time."""
    start = a_rota(a_leg("breakfast", "aled", "07:00"), a_leg("lunch", "aled", "09:59"))
    result = planned(DAY, start, frozen_before=minute("11:00"))
    assert set(result.rota.legs_by_visit) == {"lunch", "tea"}
    assert result.rota.of_visit("lunch")[0].start == minute("12:00")
    assert set(result.lost) == {"breakfast", "lunch"}
    assert all(told.startswith("Cannot be kept: ") for told in result.lost.values())
    assert "nobody can be sent into the past" in result.proofs["breakfast"]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("workers", [1, 2])
def test_the_freeze_holds_on_random_days(seed, workers):
    problem = a_varied_problem(seed)
    start = Engine(problem, seed=seed).plan(60)
    starts = sorted(legs[0].start for legs in start.legs_by_visit.values())
    freeze = starts[len(starts) // 2]
    result = planned(problem, start, iterations=1000, seed=seed, workers=workers, frozen_before=freeze)
    for visit in problem.visits:
        before, after = start.of_visit(visit.id), result.rota.of_visit(visit.id)
        if before and before[0].start < freeze:
            assert after == before
        elif after:
            assert after[0].start >= freeze
        elif visit.latest < freeze:
            assert "sent into the past" in result.proofs[visit.id]
    assert result.lost == {}


def test_without_the_freeze_the_past_would_change():
    """So that the test above is no matter of course."""
    changed = 0
    for seed in range(12):
        problem = a_varied_problem(seed)
        start = Engine(problem, seed=seed).plan(60)
        starts = sorted(legs[0].start for legs in start.legs_by_visit.values())
        result = planned(problem, start, iterations=1000, seed=seed)
        changed += sum(
            legs[0].start < starts[len(starts) // 2] and result.rota.of_visit(id) != legs
            for id, legs in start.legs_by_visit.items()
        )
    assert changed > 5


def test_the_freeze_holds_in_a_broken_rota_too():
    problem = a_random_problem(3, clients=10, carers=8, days=3, visits=70)
    start = Engine(problem).plan(400)
    late = next(id for id, legs in start.legs_by_visit.items() if legs[0].start > 2000)
    broken = moved(start, late, problem.visit(late).latest + 600)
    result = planned(problem, broken, iterations=500, frozen_before=2000)
    assert {leg for leg in broken.legs if leg.start < 2000} <= set(result.rota.legs)
    assert list(result.lost) == [late]


# -- what cannot be asked ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "choices, told",
    [
        ({"locked_carers": ["tea"]}, "Locked visits stay as they are in the start rota"),
        ({"locked_times": ["tea"]}, "Locked visits stay as they are in the start rota"),
        ({"frozen_before": 600}, "What lies before the freeze stays as it is in the start rota"),
    ],
)
def test_something_must_be_there_to_be_kept(choices, told):
    with pytest.raises(DomainError, match=told):
        Options(**choices)


@pytest.mark.parametrize("lock", ["locked", "locked_carers", "locked_times"])
def test_unknown_visits_cannot_be_locked(lock):
    with pytest.raises(UnknownName, match="no visit called 'supper'"):
        planned(TEA, UNWISE, **{lock: ["supper"]})


def test_a_published_rota_of_other_days_is_refused():
    with pytest.raises(DomainError, match="period"):
        planned(TEA, published=a_rota(days=3))


def test_shifts_are_asked_for_the_day_of_the_visit():
    """Locked to a carer who is on shift on another day only."""
    problem = a_problem(
        [a_visit("tea", "16:00")],
        [ALED, BETHAN],
        shifts=[
            a_shift("aled", "Tue 08:00", "Tue 20:00"),
            a_shift("bethan", "08:00", "20:00"),
        ],
    )
    result = planned(problem, a_rota(a_leg("tea", "aled", "16:00")), locked_carers=["tea"])
    assert [leg.carer for leg in result.rota.legs] == ["bethan"]
    assert result.lost["tea"].startswith("Cannot be kept: ")
