"""What is done otherwise than it was planned, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.problem import Problem
from scheduler.repair.otherwise import done_otherwise
from scheduler.repair.words import moment
from scheduler.rota import Rota


def differences(before: Rota, after: Rota, problem: Problem, earlier: Problem) -> Iterator[str]:
    """A sentence on every visit that is done otherwise, in order of time."""
    found = []
    for id, old, new, known in done_otherwise(before, after, problem, earlier):
        found.append((min(leg.start for leg in (*old, *new)), _difference(id, before, after, known)))
    yield from (sentence for _, sentence in sorted(found))


def _difference(id: str, before: Rota, after: Rota, problem: Problem) -> str:
    old, new = before.of_visit(id), after.of_visit(id)
    whose = problem.client(problem.visit(id).client).name

    def who(rota: Rota) -> str:
        legs = rota.of_visit(id)
        names = " and ".join(problem.carer(leg.carer).name for leg in legs)
        return f"{names}, {moment(legs[0].start, problem)} for {legs[0].minutes} minutes"

    if not new:
        return f"{whose}: nobody; it was {who(before)}."
    if not old:
        return f"{whose}: {who(after)}; nobody was planned."
    return f"{whose}: {who(after)}; it was {who(before)}."
