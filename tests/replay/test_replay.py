"""Lives of a rota by hand: one carer, two visits ten minutes apart and planned so; and two who wait for each other."""

from __future__ import annotations

import pytest

from scheduler.check import check
from scheduler.delivered import Actual
from scheduler.errors import DomainError
from scheduler.replay import Chances, default_chances, draw, from_actuals, play, robustness, with_cushion
from scheduler.solve import solve
from tests.builders import (
    MONDAY,
    a_carer,
    a_client,
    a_leg,
    a_problem,
    a_rota,
    a_visit,
    minute,
)
from tests.random_problems import a_random_problem

CALM = Chances(0, 0, 0, 0)
PROBLEM = a_problem(
    [a_visit("here", "08:00"), a_visit("there", "08:40", "nan"), a_visit("hoist", "12:00", "nan", carers=2)],
    [a_carer("aled"), a_carer("bethan", 10)],
    clients=[a_client("mary"), a_client("nan", 10)],
)
HERE, THERE = a_leg("here", "aled", "08:00"), a_leg("there", "aled", "08:40")
HOIST = a_leg("hoist", "aled", "12:00"), a_leg("hoist", "bethan", "12:00", second=True)


def lived(*legs, chances, lives=1, seed=1):
    return play(a_rota(*legs), PROBLEM, draw(PROBLEM, chances, lives, seed))


def minutes_late(*legs, chances):
    return {visit: int(late[0]) for visit, late in lived(*legs, chances=chances).late.items()}


def test_where_nothing_happens_everybody_is_there_in_time():
    assert minutes_late(HERE, THERE, *HOIST, chances=CALM) == {"here": 0, "there": 0, "hoist": 0}


def test_an_overrun_is_handed_on_to_the_next_visit_of_the_day():
    """Always 40 minutes over: the next visit, ten minutes away with ten minutes between, is 40 late; noon is not."""
    chances = Chances(0, 0, 0, 0, overruns=(40,))
    assert minutes_late(HERE, THERE, *HOIST, chances=chances) == {"here": 0, "there": 40, "hoist": 0}


def test_a_night_takes_everything_up():
    chances = Chances(0, 0, 0, 0, overruns=(700,))
    late = minutes_late(a_leg("here", "aled", "22:00"), a_leg("there", "aled", "Tue 08:00"), chances=chances)
    assert late == {"here": 0, "there": 0}


def test_slack_takes_an_overrun_up():
    later = a_leg("there", "aled", "09:00")
    assert minutes_late(HERE, later, chances=Chances(0, 0, 0, 0, overruns=(40,)))["there"] == 20


def test_two_wait_for_each_other():
    """Aled comes from a visit that ran over until 12:20 and is ten minutes away: Bethan waits until 12:30."""
    before = a_leg("here", "aled", "11:20")
    assert minutes_late(before, *HOIST, chances=Chances(0, 0, 0, 0, overruns=(30,)))["hoist"] == 30


def test_who_is_absent_is_missed_and_leaves_the_other_alone():
    ill = lived(HERE, *HOIST, chances=Chances(0, 0, 0, 1000))
    assert all(ill.missed.values())
    assert not any(ill.alone.values())
    half = lived(*HOIST, chances=Chances(0, 0, 0, 500), lives=200)
    assert 70 < half.alone["hoist"].sum() < 130, "half of the lives"
    assert 30 < half.missed["hoist"].sum() < 70, "a quarter"
    assert not (half.alone["hoist"] & half.missed["hoist"]).any()


def test_traffic_makes_late_and_never_early():
    late = lived(HERE, THERE, chances=Chances(0, 0, 50, 0), lives=200).late["there"]
    assert late.min() == 0
    assert 0.3 < (late > 0).mean() < 0.7, "half of the days the roads are slower"


def test_two_rotas_of_a_problem_live_the_same_lives():
    """Whatever else is planned: the same visit runs over, and the same roads are slow."""
    chances = default_chances(MONDAY)
    alone, among = (
        lived(*legs, chances=chances, lives=50).late["there"]
        for legs in ((HERE, THERE), (HERE, THERE, *HOIST))
    )
    assert (alone == among).all()
    assert alone.any()


def test_lives_together_by_hand():
    chances = Chances(0, 0, 0, 0, overruns=(40,))
    found = robustness(a_rota(HERE, THERE, *HOIST), PROBLEM, chances, lives=4)
    assert (found.late, found.missed, found.broken) == (1.0, 0.0, 0.0)
    assert found.fragile == (("there", 1.0),)
    assert found.rounds[0][:3] == ("aled", 0, 1.0)
    assert found.rounds[0][3] == pytest.approx(40 / 3)
    assert robustness(a_rota(HERE, THERE), PROBLEM, default_chances(MONDAY), 20) == robustness(
        a_rota(HERE, THERE), PROBLEM, default_chances(MONDAY), 20
    )


def test_a_double_up_breaks_when_one_waits_too_long():
    before = a_leg("here", "aled", "11:20")
    found = robustness(a_rota(before, *HOIST), PROBLEM, Chances(0, 0, 0, 0, overruns=(16,)), lives=2)
    assert found.fragile_double_ups == (("hoist", 1.0),)
    found = robustness(a_rota(before, *HOIST), PROBLEM, Chances(0, 0, 0, 0, overruns=(15,)), lives=2)
    assert found.fragile_double_ups == ()


def test_clocked_overruns_are_drawn_and_too_few_refused():
    actual = Actual("here", "aled", minute("08:00"), minute("08:45"))
    with pytest.raises(DomainError, match="Only 3 clocked visits"):
        from_actuals(CALM, [actual] * 3, a_rota(HERE))
    assert set(from_actuals(CALM, [actual] * 30, a_rota(HERE)).overruns) == {15}


def test_who_never_came_or_never_clocked_out_tells_nothing_of_overruns():
    """Ten visits of 20 minutes more, eleven missed, eleven without an end: ten overruns, not 32 with a mean of 6."""
    came = minute("08:00")
    actuals = [Actual("here", "aled", came, came + 50)] * 10
    actuals += [Actual("here", "aled", None, None), Actual("here", "aled", came, None)] * 11
    with pytest.raises(DomainError, match="Only 10 clocked visits"):
        from_actuals(CALM, actuals, a_rota(HERE))
    assert from_actuals(CALM, actuals * 3, a_rota(HERE)).overruns == (20,) * 30


def test_chances_out_of_bounds_are_refused():
    with pytest.raises(DomainError, match="overrun_percent 101"):
        Chances(101, 0, 0, 0)
    with pytest.raises(DomainError, match="-1 minutes"):
        Chances(0, -1, 0, 0)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_planned_with_a_cushion_is_legal_without_it_and_has_the_time(seed):
    problem = a_random_problem(seed)
    rota = solve(with_cushion(problem, 7), iterations=150, workers=1, exact=False, teams=False).rota
    assert check(rota, problem).hard == ()
    assert check(rota, with_cushion(problem, 7)).hard == ()
