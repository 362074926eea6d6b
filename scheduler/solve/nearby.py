"""The corner of a problem around one visit: a few carers with all their visits, as a small problem of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from scheduler.domain import Shift
from scheduler.ledger import funds_within
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.travel.base import Matrix
from scheduler.units import DAY


@dataclass(frozen=True)
class Holds:
    """What somebody has tied down. No rule asks for it, so it is never among the reasons. `whole`: visits that stay as
    they are; `starts`: visit -> earliest and latest start; `carers`: visit -> who does it."""

    whole: frozenset[str] = frozenset()
    starts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    carers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Corner:
    """`carers` are those whose rounds on the day may change, `movable` the visits that only they do there; all other
    visits of the rota stay where they are. `visit` is the one that has no place. `holds`: of the visits of that day."""

    visit: str
    day: int
    carers: tuple[str, ...]
    movable: tuple[str, ...]
    problem: Problem
    rota: Rota
    holds: Holds

    @property
    def is_held(self) -> bool:
        """Has somebody tied down anything here?"""
        return bool(self.holds.whole or self.holds.starts or self.holds.carers)

    def eased(self, travel: bool, shifts: Iterable[str]) -> Problem:
        """The same corner with journeys that take no time unless `travel`, and with the carers beyond `shifts` at work
        all day long."""
        kept = set(shifts)
        own = [
            shift
            for shift in self.problem.shifts
            if shift.day != self.day or shift.carer not in self.carers or shift.carer in kept
        ]
        begin = self.day * DAY
        own += [Shift(carer, self.day, begin, begin + DAY) for carer in self.carers if carer not in kept]
        at_once = {mode: _at_once(matrix) for mode, matrix in self.problem.travel.items()}
        return self.problem.replace(shifts=tuple(own), travel=self.problem.travel if travel else at_once)


def _at_once(matrix: Matrix) -> Matrix:
    return Matrix(np.zeros_like(matrix.minutes), matrix.metres)


def corner(problem: Problem, rota: Rota, visit: str, carers: Sequence[str], holds: Holds) -> Corner:
    """Around an unallocated visit, with the rounds that these carers work on its day."""
    day = problem.visit(visit).day
    of_day = {
        leg.visit for carer in carers for leg in rota.legs_by_carer.get(carer, ()) if leg.start // DAY == day
    }
    movable = sorted(
        id for id in of_day if id not in holds.whole and all(leg.carer in carers for leg in rota.of_visit(id))
    )
    visits = {leg.visit for carer in carers for leg in rota.legs_by_carer.get(carer, ())} | {visit}
    ties = {*movable, visit}
    for link in problem.links:
        if {link.first, link.second} & ties:
            visits |= {id for id in (link.first, link.second) if rota.of_visit(id)}
    legs = [leg for leg in rota.legs if leg.visit in visits]
    staff = {*carers, *(leg.carer for leg in legs)}
    here = Holds(
        holds.whole & of_day,
        {id: held for id, held in holds.starts.items() if id in ties},
        {id: held for id, held in holds.carers.items() if id in ties},
    )
    for id in visits:
        staff |= {*problem.visit(id).fixed_carers, *here.carers.get(id, ())}
    smaller = _cut(problem, visits, staff)
    return Corner(visit, day, tuple(carers), tuple(movable), smaller, _rota(rota, visits), here)


def _rota(rota: Rota, visits: set[str]) -> Rota:
    return Rota(rota.start, rota.days, tuple(leg for leg in rota.legs if leg.visit in visits))


def _cut(problem: Problem, visits: set[str], staff: set[str]) -> Problem:
    """The problem of these visits and carers alone. Their past stays whole."""
    kept = [visit for visit in problem.visits if visit.id in visits]
    clients = {visit.client for visit in kept}
    rows = [i for i, client in enumerate(problem.clients) if client.id in clients]
    rows += [len(problem.clients) + i for i, carer in enumerate(problem.carers) if carer.id in staff]
    return problem.replace(
        clients=tuple(client for client in problem.clients if client.id in clients),
        carers=tuple(carer for carer in problem.carers if carer.id in staff),
        visits=tuple(kept),
        shifts=tuple(shift for shift in problem.shifts if shift.carer in staff),
        links=tuple(link for link in problem.links if link.first in visits and link.second in visits),
        ties=tuple(tie for tie in problem.ties if tie.client in clients),
        funds=funds_within(problem, clients),
        travel={mode: matrix.pick(rows) for mode, matrix in problem.travel.items()},
    )
