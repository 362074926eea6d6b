"""Slower roads, by hand."""

from __future__ import annotations

from scheduler.check import check
from scheduler.repair import Event, begin, take_in
from tests.builders import a_client, a_leg, a_problem, a_rota, a_shift, a_visit, minute
from tests.repair.day import SEVEN, nothing_hard, ways


def test_on_slow_roads_there_is_time_for_the_slower_way():
    """Two visits that are 20 minutes apart and planned so: at 50 % more, 30 minutes are left between them."""
    visits = [a_visit("here", "08:00", "mary"), a_visit("there", "08:50", "nan", slack=60)]
    problem = a_problem(
        visits,
        clients=[a_client("mary", 0), a_client("nan", 20)],
        shifts=[a_shift("aled", "06:00", "14:00")],
        days=1,
    )
    rota = a_rota(a_leg("here", "aled", "08:00"), a_leg("there", "aled", "08:50"), days=1)
    day = take_in(begin(problem, rota, 0), [Event(SEVEN, "roads", percent=50)])
    first = ways(day)[0]
    here, there = first.rota.of_visit("here")[0], first.rota.of_visit("there")[0]
    assert there.start - here.end >= 30
    after = take_in(
        begin(problem, rota, 0), [Event(SEVEN, "roads", percent=50, until=minute("07:30"))], now=460
    )
    assert ways(after)[0].rota.legs == rota.legs, "they are quick again by then"


def test_a_slow_evening_leaves_the_night_before_tomorrow_free():
    """Aled begins at 06:00 tomorrow, an hour from home, so that he must be home by 18:00: on slow roads the tea visit
    would end too late, and is left to nobody rather than break his rest."""
    visits = [a_visit("tea", "16:10", "mary", slack=60), a_visit("dawn", "Tue 06:00", "mary", slack=0)]
    problem = a_problem(
        visits,
        clients=[a_client("mary", 60)],
        shifts=[a_shift("aled", "08:00", "20:00"), a_shift("aled", "Tue 05:00", "Tue 12:00")],
        days=2,
    )
    rota = a_rota(a_leg("tea", "aled", "16:25"), a_leg("dawn", "aled", "Tue 06:00"), days=2)
    assert check(rota, problem).hard == ()
    events = [Event(SEVEN, "roads", percent=20), Event(SEVEN + 1, "longer", visit="tea", minutes=80)]
    day = take_in(begin(problem, rota, 0), events)
    for proposal in ways(day):
        nothing_hard(day, proposal)
        assert proposal.rota.of_visit("dawn") == rota.of_visit("dawn")
