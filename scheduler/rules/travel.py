"""Between two visits there is time to get from one to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Carer
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.travel.base import NO_WAY, Matrix
from scheduler.units import clock, end_clock


class Travel(Rule):
    """By the carer's own way of getting about, at that hour, also from one round of a day to the next; and where there
    is no way from home to a client or back, the carer does not go."""

    name = "travel"
    label = "Travel between visits"
    level = Level.HARD
    unit = "minutes missing"
    source = "NICE NG21 1.4.1; SI 2017/1264 (Wales), reg. 41(3): sufficient travel time between visits"
    for_client = "{carer} is with someone else at that time."
    effort = 30
    eased_by = 10

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for carer in problem.carers:
            yield from self._cut_off(carer, rota, problem)
            days: dict[int, list[Leg]] = defaultdict(list)
            for leg in rota.legs_by_carer.get(carer.id, ()):
                days[problem.visit(leg.visit).day].append(leg)
            for day, legs in sorted(days.items()):
                for before, leg in pairwise(legs):
                    here, there = problem.visit(before.visit).client, problem.visit(leg.visit).client
                    at = problem.place_of_client(here), problem.place_of_client(there)
                    way = problem.way(carer.mode, *at, before.end)
                    missing = before.end + way - leg.start
                    if missing <= 0:
                        continue
                    names = problem.client(here).name, problem.client(there).name
                    takes = f"takes {way} min" if way < NO_WAY else "has no way"
                    yield Finding(
                        rule=self.name,
                        level=self.level,
                        sentence=f"{carer.name} ends with {names[0]} at {end_clock(before.end)}, {takes} "
                        f"{_by(carer.mode)} to {names[1]}, and is planned there at {clock(leg.start)}: "
                        f"{missing} min too early.",
                        amount=missing,
                        visit=leg.visit,
                        client=there,
                        carer=carer.id,
                        day=day,
                        cure=f"let the visit to {names[1]} start at {clock(before.end + way)}",
                    )

    def _cut_off(self, carer: Carer, rota: Rota, problem: Problem) -> Iterator[Finding]:
        lost = set(_lost(carer, problem))
        for leg in rota.legs_by_carer.get(carer.id, ()) if lost else ():
            visit = problem.visit(leg.visit)
            if problem.place_of_client(visit.client) in lost:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"There is no way {_by(carer.mode)} from {carer.name}'s home to "
                    f"{problem.client(visit.client).name} and back.",
                    amount=NO_WAY,
                    visit=leg.visit,
                    client=visit.client,
                    carer=carer.id,
                    day=visit.day,
                    cure="give the front door's lat and lon, or a map that has its road",
                )

    def relaxed(self, finding: Finding, rota: Rota, problem: Problem) -> Problem | None:
        mode = problem.carer(finding.carer).mode
        travel = problem.travel[mode]
        layers = [travel.minutes.copy(), *([] if travel.rush is None else [travel.rush.copy()])]
        place, home = problem.place_of_client(finding.client), problem.home_of(finding.carer)
        if place in _lost(problem.carer(finding.carer), problem):
            for layer in layers:
                layer[place, home] = layer[home, place] = 0
            return _with_layers(problem, mode, layers)
        legs = rota.legs_by_carer[finding.carer]
        before, _ = next(pair for pair in pairwise(legs) if pair[1].visit == finding.visit)
        here, there = (problem.visit(id).client for id in (before.visit, finding.visit))
        at = problem.place_of_client(here), problem.place_of_client(there)
        for layer in layers:
            layer[at] = max(int(layer[at]) - finding.amount, 0)
        return _with_layers(problem, mode, layers)

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for k, carer in enumerate(problem.carers):
            travel = problem.travel[carer.mode]
            verbs.travel(k, travel.minutes, travel.rush)
            for place in _lost(carer, problem):
                verbs.forbid(problem.visits_of(problem.clients[place].id), k)
        if problem.rush.spells:
            verbs.rush_hours(problem.rush.clock(problem.days))


def _lost(carer: Carer, problem: Problem) -> list[int]:
    """Clients (their rows) to whom there is no way from the carer's home, or none back."""
    minutes, home, clients = (
        problem.travel[carer.mode].minutes,
        problem.home_of(carer.id),
        len(problem.clients),
    )
    lost = (minutes[home, :clients] >= NO_WAY) | (minutes[:clients, home] >= NO_WAY)
    return [int(place) for place in np.nonzero(lost)[0]]


def _with_layers(problem: Problem, mode: str, layers: list[NDArray[np.int32]]) -> Problem:
    return problem.replace(
        travel={**problem.travel, mode: Matrix(layers[0], problem.travel[mode].metres, *layers[1:])}
    )


def _by(mode: str) -> str:
    return "on foot" if mode == "foot" else f"by {mode}"
