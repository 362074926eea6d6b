"""How a rota goes in all lives at once: when each visit begins, and what would be otherwise if starts were moved.
Nobody starts before the planned minute; both carers of a double-up wait for each other."""

from __future__ import annotations

import heapq
from collections import ChainMap, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scheduler.problem import Problem
from scheduler.replay.lives import Amounts, Lives
from scheduler.rota import Leg, Rota
from scheduler.units import DAY

NOBODY = -np.inf
"""When a carer arrives who is absent."""

Planned = Mapping[str, NDArray[np.int_]]
"""Visit -> planned starts, (rows, 1): so many rotas, looked at together."""


@dataclass(frozen=True, eq=False)
class Turn:
    """One carer's turn at a visit: the turn before it that day (None: from home), where it is, what the way there takes
    by the map at any hour (`way`, or in a rush hour what the problem says), and what chance says of the day. `stays`
    are the minutes that the carer stays, (lives,)."""

    leg: Leg
    before: Turn | None
    mode: str
    come_from: int
    place: int
    roads: Amounts
    absent: NDArray[np.bool_]
    stays: Amounts
    next: list[Turn] = field(default_factory=list)


class Course:
    """The turns of a rota, in which starts may be moved as long as nobody's visits change their order. `start` is the
    planned start of each visit, `begins` when it begins in each life, `of_day` the visits of each day, in an order in
    which everybody's come one after the other."""

    def __init__(self, rota: Rota, problem: Problem, lives: Lives) -> None:
        self.problem, self.count = problem, lives.count
        self.start = {id: legs[0].start for id, legs in rota.legs_by_visit.items()}
        self.turns = _turns(rota, problem, lives)
        self._of_round: dict[tuple[str, int], list[str]] = defaultdict(list)
        for leg in rota.legs:
            self._of_round[leg.carer, leg.start // DAY].append(leg.visit)
        self.of_day: dict[int, list[str]] = defaultdict(list)
        for id in rota.legs_by_visit:
            self.of_day[problem.visit(id).day].append(id)
        self._place = {id: at for visits in self.of_day.values() for at, id in enumerate(visits)}
        self.begins: dict[str, Amounts] = {}
        for visits in self.of_day.values():
            for id in visits:
                self.begins[id] = self._arrival(id, np.array([self.start[id]]), self.begins)

    def before(self, visit: str) -> set[str]:
        """The visits that its carers come from."""
        return {turn.before.leg.visit for turn in self.turns[visit] if turn.before}

    def after(self, visit: str) -> set[str]:
        """The visits that its carers go to."""
        return {following.leg.visit for turn in self.turns[visit] for following in turn.next}

    def block(self, visit: str, by: int) -> set[str]:
        """The visit and all that has to move with it by so many minutes: those after it (before it, where `by` is below
        0) to which there is no longer time enough by the map."""
        found, left = {visit}, [visit]
        while left:
            for turn in self.turns[left.pop()]:
                if by > 0:
                    near = [(turn, following) for following in turn.next]
                else:
                    near = [(turn.before, turn)] if turn.before else []
                for one, other in near:
                    id = (other if by > 0 else one).leg.visit
                    if id not in found and self._spare(one, other) < abs(by):
                        found.add(id)
                        left.append(id)
        return found

    def if_moved(self, planned: Planned) -> dict[str, Amounts]:
        """When visits would begin, (rows, lives), if these were planned so: those of which that is otherwise."""
        found: dict[str, Amounts] = {}
        queue = [(self._place[id], id) for id in planned]
        heapq.heapify(queue)
        seen = set(planned)
        while queue:
            _, id = heapq.heappop(queue)
            begins = self._arrival(
                id, planned.get(id, np.array([self.start[id]])), ChainMap(found, self.begins)
            )
            if id not in planned and np.array_equal(begins, np.broadcast_to(self.begins[id], begins.shape)):
                continue
            found[id] = begins
            for other in self.after(id) - seen:
                seen.add(other)
                heapq.heappush(queue, (self._place[other], other))
        return found

    def move(self, moved: Mapping[str, int]) -> set[str]:
        """Plan these visits at these starts: all visits that then begin otherwise in some life."""
        changed = self.if_moved({id: np.array([at]) for id, at in moved.items()})
        self.start |= moved
        self.begins |= changed
        return set(changed)

    def same_rounds(self, visits: Iterable[str]) -> set[str]:
        """All visits of the rounds in which these are."""
        rounds = {(turn.leg.carer, turn.leg.start // DAY) for id in visits for turn in self.turns[id]}
        return {id for key in rounds for id in self._of_round[key]}

    def _spare(self, turn: Turn, following: Turn) -> int:
        """Minutes of waiting between two visits of a carer, as planned."""
        leaves = self.start[turn.leg.visit] + turn.leg.minutes
        way = self.problem.way(turn.mode, turn.place, following.place, leaves)
        return self.start[following.leg.visit] - leaves - way

    def _arrival(self, id: str, planned: NDArray[np.int_], begins: Mapping[str, Amounts]) -> Amounts:
        """When the visit begins in each life (last axis) if planned so, `begins` being when those before it do. It is
        the planned start where nobody comes at all."""
        start = np.broadcast_to(planned.astype(np.float64), np.broadcast_shapes(planned.shape, (self.count,)))
        for turn in self.turns[id]:
            if turn.before is None:
                # From home a carer leaves as the map has it.
                late = np.maximum(turn.roads - 1, 0.0)
                arrives = planned.astype(np.float64) + self._from_home(turn, planned) * late
            else:
                since = begins[turn.before.leg.visit] + turn.before.stays
                ways = self.problem.rush.ways(
                    self.problem.travel[turn.mode], turn.come_from, turn.place, since
                )
                arrives = since + ways * turn.roads
            start = np.maximum(start, np.where(turn.absent, NOBODY, arrives))
        return start

    def _from_home(self, turn: Turn, planned: NDArray[np.int_]) -> NDArray[np.int_]:
        """Minutes from home by the map, in the shape of the planned starts."""
        ways = [
            self.problem.way_before(turn.mode, turn.come_from, turn.place, int(at)) for at in planned.flat
        ]
        return np.array(ways).reshape(planned.shape)


def _turns(rota: Rota, problem: Problem, lives: Lives) -> dict[str, list[Turn]]:
    found: dict[str, list[Turn]] = defaultdict(list)
    for id, legs in rota.legs_by_carer.items():
        k, before = problem.carer_index[id], None
        for leg in legs:
            day = leg.start // DAY
            if before is not None and before.leg.start // DAY != day:
                before = None
            turn = Turn(
                leg=leg,
                before=before,
                mode=problem.carer(id).mode,
                come_from=before.place if before else problem.home_of(id),
                place=problem.place_of_client(problem.visit(leg.visit).client),
                roads=lives.roads[k, day],
                absent=lives.absent[k, day],
                stays=_stays(leg, rota, problem, lives),
            )
            if before is not None:
                before.next.append(turn)
            found[leg.visit].append(turn)
            before = turn
    return dict(found)


def _stays(leg: Leg, rota: Rota, problem: Problem, lives: Lives) -> Amounts:
    """A helper who leaves early does so however long the visit is."""
    longest = max(other.minutes for other in rota.of_visit(leg.visit))
    over = lives.overruns[problem.visit_index[leg.visit]]
    return leg.minutes + over if leg.minutes == longest else np.full(lives.count, float(leg.minutes))
