"""Lives of a rota by hand: one carer, two visits ten minutes apart and planned so; and two who wait for each other."""

from __future__ import annotations

from random import Random

import pytest

from scheduler.check import check
from scheduler.delivered import Actual
from scheduler.errors import DomainError
from scheduler.replay import Chances, default_chances, from_actuals, play, robustness, with_cushion
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


def lived(*legs, chances):
    return play(a_rota(*legs), PROBLEM, chances, Random(1))


def test_where_nothing_happens_everybody_is_there_in_time():
    assert lived(HERE, THERE, *HOIST, chances=CALM).late == {"here": 0, "there": 0, "hoist": 0}


def test_an_overrun_is_handed_on_to_the_next_visit_of_the_day():
    """Always 40 minutes over: the next visit, ten minutes away with ten minutes between, is 40 late; noon is not."""
    chances = Chances(0, 0, 0, 0, overruns=(40,))
    assert lived(HERE, THERE, *HOIST, chances=chances).late == {"here": 0, "there": 40, "hoist": 0}


def test_slack_takes_an_overrun_up():
    later = a_leg("there", "aled", "09:00")
    assert lived(HERE, later, chances=Chances(0, 0, 0, 0, overruns=(40,))).late["there"] == 20


def test_two_wait_for_each_other():
    """Aled comes from a visit that ran over until 12:20 and is ten minutes away: Bethan waits until 12:30."""
    before = a_leg("here", "aled", "11:20")
    assert lived(before, *HOIST, chances=Chances(0, 0, 0, 0, overruns=(30,))).late["hoist"] == 30


def test_who_is_absent_is_missed_and_leaves_the_other_alone():
    ill = lived(HERE, *HOIST, chances=Chances(0, 0, 0, 1000))
    assert ill.missed == {"here", "hoist"}
    for seed in range(50):
        played = play(a_rota(*HOIST), PROBLEM, Chances(0, 0, 0, 500), Random(seed))
        assert ("hoist" in played.alone) + ("hoist" in played.missed) + (
            "hoist" in played.late and "hoist" not in played.alone
        ) == 1


def test_traffic_makes_late_and_never_early():
    found = [lived_with(seed) for seed in range(200)]
    assert min(found) == 0
    assert 0.3 < sum(late > 0 for late in found) / 200 < 0.7, "half of the days the roads are slower"


def lived_with(seed):
    return play(a_rota(HERE, THERE), PROBLEM, Chances(0, 0, 50, 0), Random(seed)).late["there"]


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
