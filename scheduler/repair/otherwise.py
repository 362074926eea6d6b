"""Which visits are done otherwise in one rota than in another."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.problem import Problem
from scheduler.rota import Leg, Rota


def done_otherwise(
    before: Rota, after: Rota, problem: Problem, earlier: Problem
) -> Iterator[tuple[str, tuple[Leg, ...], tuple[Leg, ...], Problem]]:
    """Each such visit: its id, its legs in both rotas, and the problem that knows it, which is that of `after`, else
    the `earlier` one. A rota may hold what neither asks for (an old one, or a visit that came and went by events of the
    same day): there is nothing to say of that, because whoever took it back knows."""
    for id in dict.fromkeys([*before.legs_by_visit, *after.legs_by_visit]):
        old, new = before.of_visit(id), after.of_visit(id)
        known = problem if id in problem.visit_index else earlier
        if old != new and id in known.visit_index:
            yield id, old, new, known
