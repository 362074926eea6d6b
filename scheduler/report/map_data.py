"""What the map draws, as one small table of facts: the map's own script does the drawing.

Drawing chosen days and carers from data keeps 2,500 visits quick and the file small. Everything is text or a number;
the script puts text on the page as text, never as HTML.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from scheduler.domain import Visit
from scheduler.problem import Problem
from scheduler.report.map_roads import STRAIGHT, MapRoads, packed
from scheduler.report.words import colours, labels, short_date, tasks
from scheduler.rota import Rota
from scheduler.rounds import Round, Stop, rounds

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?) ?[0-9][A-Z]{2}")
_MOST_REASONS = 8


def map_data(
    rota: Rota, problem: Problem, reasons: Mapping[str, Sequence[str]], roads: MapRoads = STRAIGHT
) -> dict[str, Any]:
    """Everything that the map's script needs. Lists stand for rows; `map.js` names their columns."""
    ways = {ends: i for i, ends in enumerate(roads.ways)}
    return {
        "days": [short_date(problem.date_of(day)) for day in range(problem.days)],
        "clients": _clients(problem),
        "carers": _carers(problem),
        "visits": [_visit(visit, problem) for visit in problem.visits],
        "rounds": [_round(round, problem, ways) for round in rounds(rota, problem)],
        "unallocated": [
            [problem.visit_index[visit.id], _reasons(reasons.get(visit.id, ()))]
            for visit in rota.unallocated(problem)
        ],
        "areas": _areas(problem),
        "ways": [packed(line) for line in roads.ways.values()],
        "streets": [[packed(line) for line in lines] for lines in (roads.main, roads.small)],
    }


def script_json(data: Any) -> str:
    """JSON that can stand inside a <script> tag: no text in it can end the tag or open a comment."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _clients(problem: Problem) -> list[list[Any]]:
    names = labels(problem.clients)
    return [
        [names[c.id], round(c.place.lat, 5), round(c.place.lon, 5), c.place.label] for c in problem.clients
    ]


def _carers(problem: Problem) -> list[list[Any]]:
    names = labels(problem.carers)
    colour = colours(len(problem.carers))
    return [
        [names[c.id], colour[i], round(c.home.lat, 5), round(c.home.lon, 5), c.mode]
        for i, c in enumerate(problem.carers)
    ]


def _visit(visit: Visit, problem: Problem) -> list[Any]:
    return [
        problem.client_index[visit.client],
        visit.day,
        visit.earliest,
        visit.latest,
        visit.preferred,
        visit.commissioned,
        visit.carers,
        visit.together,
        int(visit.time_critical),
        tasks(visit),
    ]


Ways = Mapping[tuple[str, int, int], int]
"""(mode, place, next place) -> where its way is in the list of ways."""


def _round(trip: Round, problem: Problem, ways: Ways) -> list[Any]:
    at = [problem.place_of_client(stop.visit.client) for stop in trip.stops]
    taken = [ways.get((trip.carer.mode, *ends), -1) for ends in pairwise(at)]
    stops = [_stop(stop, way, problem) for stop, way in zip(trip.stops, [-1, *taken], strict=True)]
    return [problem.carer_index[trip.carer.id], trip.day, trip.home_out, trip.home_back, stops]


def _stop(stop: Stop, way: int, problem: Problem) -> list[Any]:
    leg = stop.leg
    return [
        problem.visit_index[leg.visit],
        leg.start,
        leg.minutes,
        int(leg.second),
        stop.travel,
        stop.metres,
        stop.gap,
        way,
    ]


def _reasons(sentences: Sequence[str]) -> list[str]:
    more = len(sentences) - _MOST_REASONS
    return [*sentences[:_MOST_REASONS], f"and {more} more"] if more > 1 else list(sentences)


def _areas(problem: Problem) -> list[list[Any]]:
    """Postcode districts and the middle of our clients in them: the only place names on a map without a network."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for client in problem.clients:
        if match := _POSTCODE.fullmatch(client.place.label.strip().upper()):
            found[match[1]].append((client.place.lat, client.place.lon))
    return [
        [name, round(sum(lat for lat, _ in at) / len(at), 5), round(sum(lon for _, lon in at) / len(at), 5)]
        for name, at in sorted(found.items())
    ]
