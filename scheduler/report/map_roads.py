"""What a road engine adds to the map: the ways that rounds take, and the streets under them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from scheduler.errors import TravelError
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import rounds
from scheduler.travel import Journeys
from scheduler.travel.engine import Line
from scheduler.travel.streets import streets

FINE = 100_000
"""Points are written in whole hundred-thousandths of a degree (a metre)."""


@dataclass(frozen=True)
class MapRoads:
    """`ways`: (mode, place, next place) -> the way between them; `main` and `small` streets to draw below. `failure`:
    why some ways are straight all the same."""

    ways: dict[tuple[str, int, int], Line] = field(default_factory=dict)
    main: Sequence[Line] = ()
    small: Sequence[Line] = ()
    failure: str = ""


STRAIGHT = MapRoads()
"""No roads are known."""


def map_roads(rota: Rota, problem: Problem, journeys: Journeys) -> MapRoads:
    """The ways of this rota's rounds by the engines behind `journeys`. An engine that has died since is no reason to
    lose a plan: its lines stay straight, and the map says why."""
    lines = journeys.lines()
    ways: dict[tuple[str, int, int], Line] = {}
    main: Sequence[Line] = ()
    small: Sequence[Line] = ()
    failure = ""
    try:
        for trip in rounds(rota, problem):
            at = [problem.place_of_client(stop.visit.client) for stop in trip.stops]
            places = [problem.clients[i].place for i in at]
            found = lines.of(places, trip.carer.mode)
            if found:
                ends = [(trip.carer.mode, a, b) for a, b in pairwise(at)]
                ways.update(zip(ends, found, strict=True))
        if journeys.map is not None:
            main, small = streets(journeys.map, [client.place for client in problem.clients])
    except TravelError as error:
        failure = str(error)
    lines.keep()
    return MapRoads(ways, main, small, failure)


def packed(line: Line) -> list[int]:
    """Latitude and longitude of the first point, then the steps to each next one, all in `FINE` parts of a degree."""
    whole = [(round(lat * FINE), round(lon * FINE)) for lat, lon in line]
    found: list[int] = []
    before = (0, 0)
    for point in dict.fromkeys(whole):
        found += [point[0] - before[0], point[1] - before[1]]
        before = point
    return found
