"""Small sums that several measures share."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.domain import Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rounds import rounds


def share(part: float, whole: float) -> float:
    """A share of nothing is 0."""
    return part / whole if whole else 0.0


def mean(values: Iterable[float]) -> float:
    """The mean; of nothing 0."""
    found = list(values)
    return share(sum(found), len(found))


def planned(rota: Rota, problem: Problem) -> list[tuple[Visit, tuple[Leg, ...]]]:
    """The visits that somebody is planned for, with their legs."""
    return [(visit, rota.of_visit(visit.id)) for visit in problem.visits if rota.of_visit(visit.id)]


def contact(rota: Rota) -> int:
    """Minutes with clients; each carer of a double-up counts."""
    return sum(leg.minutes for leg in rota.legs)


def travel(rota: Rota, problem: Problem) -> int:
    """Minutes between the visits of all rounds."""
    return sum(work.travel for work in rounds(rota, problem))


def waiting(rota: Rota, problem: Problem) -> int:
    """Minutes of gaps that travel does not fill."""
    return sum(work.waiting for work in rounds(rota, problem))
