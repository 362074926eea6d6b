"""Whatever changes travel, a new client, slow roads, a cushion, a scenario, changes it in rush hours too: nobody loses
the rush hours on the way. Ten minutes from Mary to Nan, twenty from 07:30 to 09:30."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scenarios.changes.demand import FewerClients, MoreClients
from scenarios.changes.roads import SlowerRoads
from scheduler.delivered import Actual
from scheduler.problem import Problem
from scheduler.repair import Event, begin, take_in
from scheduler.repair.slow import with_slow_roads
from scheduler.replay import Chances, draw, play, with_cushion
from scheduler.suggest.journeys import journeys
from scheduler.travel.base import NO_WAY, Matrix
from scheduler.travel.doors import with_doors
from scheduler.travel.minutes import ModeFactors
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, minute, some_settings

MODES = ("car", "motorcycle", "bicycle", "foot")
MARY, NAN = 0, 1
EIGHT, NOON = minute("08:00"), minute("12:00")
SEVEN = minute("07:00")


def a_morning(**modes: ModeFactors) -> Problem:
    visits = [a_visit("here", "08:00"), a_visit("there", "08:50", "nan")]
    clients = [a_client("mary"), a_client("nan", 10)]
    settings = some_settings(rush_hours=((450, 570),), modes=modes)
    problem = a_problem(visits, [a_carer("aled", 5)], clients, settings=settings)
    return problem.replace(travel={mode: _doubled(matrix) for mode, matrix in problem.travel.items()})


def _doubled(matrix: Matrix) -> Matrix:
    return Matrix(matrix.minutes, matrix.metres, matrix.minutes * 2)


def ways(problem: Problem, a: int = MARY, b: int = NAN) -> tuple[int, int]:
    """At noon and in the rush hour."""
    return problem.way("car", a, b, NOON), problem.way("car", a, b, EIGHT)


def test_the_morning_itself():
    assert ways(a_morning()) == (10, 20)


def test_a_parking_place_far_off():
    problem = a_morning()
    assert ways(problem.replace(travel={"car": with_doors(problem.travel["car"], [0, 4])})) == (14, 24)


def test_a_cushion():
    assert ways(with_cushion(a_morning(), 5)) == (15, 25)


def test_slow_roads_today():
    problem = a_morning()
    rota = a_rota(a_leg("here", "aled", "08:00"), a_leg("there", "aled", "08:50"))
    day = take_in(begin(problem, rota, 0), [Event(SEVEN, "roads", percent=50)])
    assert ways(with_slow_roads(problem, day)[0]) == (15, 30)


def test_slow_roads_where_there_is_no_way():
    """Not six times no way: the engine's tables end at 32,767 minutes, and begin anew below zero."""
    problem = a_morning()
    car = problem.travel["car"].with_minutes(lambda minutes: np.minimum(minutes, 1) * np.int32(NO_WAY))
    day = take_in(begin(problem, a_rota(), 0), [Event(SEVEN, "roads", percent=500)])
    slow, _ = with_slow_roads(problem.replace(travel={"car": car}), day)
    assert slow.travel["car"].minutes.max() == NO_WAY


def test_a_new_client_today():
    """The others' rush hours stay; the new client's are those of the settings (straight lines)."""
    problem = a_morning(**{mode: ModeFactors(0.3, 1.3, 0, 1.0, 3.0) for mode in MODES})
    event = Event(
        SEVEN, "new_package", client="olwen", name="Olwen", lat=0.0, lon=0.0, client_time=810, minutes=30
    )
    grown = take_in(begin(problem, a_rota(), 0), [event]).problem
    assert ways(grown) == (10, 20)
    olwen = grown.place_of_client("olwen")
    noon, rush = ways(grown, NAN, olwen)
    assert rush > noon


@pytest.mark.parametrize(
    "change, both", [(SlowerRoads(percent=50), (15, 30)), (MoreClients(percent=50), (10, 20))]
)
def test_scenarios(change, both):
    modes = {mode: ModeFactors(0.3, 1.3, 0) for mode in MODES}
    assert ways(change.apply(a_morning(**modes))) == both


def test_a_new_client_by_straight_line_on_a_rota_by_road_is_told_so():
    modes = {mode: ModeFactors(0.3, 1.3, 0) for mode in MODES}
    new: dict[str, Any] = {"name": "Olwen", "lat": 0.0, "lon": 0.0, "client_time": 810, "minutes": 30}
    events = [Event(SEVEN, "new_package", client=id, **new) for id in ("olwen", "olwyn")]

    def after(source: str):
        return take_in(begin(a_morning(**modes).replace(travel_source=source), a_rota(), 0), events)

    by_road, straight = after("OSRM server localhost"), after("straight line")
    assert by_road.problem.travel_source == (
        "OSRM server localhost; ways to and from clients who are new today: straight line"
    )
    assert len(by_road.notes) == 1
    assert (straight.problem.travel_source, straight.notes) == ("straight line", ())


def test_fewer_clients():
    kept = FewerClients(percent=50).apply(a_morning())
    home = kept.home_of("aled")
    noon, rush = ways(kept, home, 0)
    assert len(kept.clients) == 1
    assert rush == 2 * noon > 0


def test_a_rota_lived_through_takes_the_rush_hours_time():
    """Planned with the twenty minutes: an overrun of five is five minutes late there, not in time."""
    chances = Chances(0, 0, 0, 0, overruns=(5,))
    rota = a_rota(a_leg("here", "aled", "08:00"), a_leg("there", "aled", "08:50"))
    problem = a_morning()
    late = play(rota, problem, draw(problem, chances, 1, 1)).late
    assert (late["here"][0], late["there"][0]) == (0, 5)


def test_a_journey_that_took_the_rush_hours_time_took_no_longer_than_planned():
    rows = [Actual("here", "aled", 480, 510), Actual("there", "aled", 530, 560)]
    assert [journey.over for journey in journeys(a_morning(), rows, {})] == [0]
