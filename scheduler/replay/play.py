"""One life of a rota: nobody is told of anything and nothing is repaired, each carer goes on as planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from scheduler.problem import Problem
from scheduler.replay.chances import Chances
from scheduler.rota import Leg, Rota
from scheduler.units import DAY


@dataclass(frozen=True)
class Played:
    """`late`: visit -> minutes after its planned start. `missed`: visits that nobody came to, the carers being absent;
    `alone`: double-ups to which one of two came."""

    late: Mapping[str, int]
    missed: frozenset[str]
    alone: frozenset[str]


def play(rota: Rota, problem: Problem, chances: Chances, dice: Random) -> Played:
    """Live through the rota once. Nobody starts before the planned minute; both carers of a double-up wait for each
    other."""
    days = {(leg.carer, leg.start // DAY) for leg in rota.legs}
    absent = {key for key in sorted(days) if dice.random() * 1000 < chances.absence_permille}
    roads = {key: dice.lognormvariate(0.0, chances.traffic_percent / 100) for key in sorted(days)}
    free: dict[tuple[str, int], tuple[float, int]] = {}
    late: dict[str, int] = {}
    missed, alone = set(), set()
    for id in dict.fromkeys(leg.visit for leg in rota.legs):
        legs = rota.of_visit(id)
        there = [leg for leg in legs if (leg.carer, leg.start // DAY) not in absent]
        if not there:
            missed.add(id)
            continue
        if len(there) < len(legs):
            alone.add(id)
        start = max(_arrives(leg, problem, free, roads) for leg in there)
        late[id] = round(start) - there[0].start
        overrun = _overrun(chances, dice)
        place = problem.place_of_client(problem.visit(id).client)
        longest = max(leg.minutes for leg in legs)
        for leg in there:
            stays = leg.minutes + (overrun if leg.minutes == longest else 0)
            free[leg.carer, leg.start // DAY] = start + stays, place
    return Played(late, frozenset(missed), frozenset(alone))


def _arrives(
    leg: Leg,
    problem: Problem,
    free: Mapping[tuple[str, int], tuple[float, int]],
    roads: Mapping[tuple[str, int], float],
) -> float:
    """When the carer is at the door: as planned, or later. From home a carer leaves as the map has it."""
    key = leg.carer, leg.start // DAY
    mode = problem.carer(leg.carer).mode
    here = problem.place_of_client(problem.visit(leg.visit).client)
    if key not in free:
        way = problem.way_before(mode, problem.home_of(leg.carer), here, leg.start)
        return leg.start + max(0.0, way * (roads[key] - 1))
    since, place = free[key]
    return max(float(leg.start), since + problem.way(mode, place, here, int(since)) * roads[key])


def _overrun(chances: Chances, dice: Random) -> float:
    if chances.overruns:
        return dice.choice(chances.overruns)
    over = dice.random() * 100 < chances.overrun_percent and chances.overrun_minutes > 0
    return dice.expovariate(1 / chances.overrun_minutes) if over else 0.0
