"""Where nothing may be late, all services of a client fall into one of the client's windows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Verbs


class OneWindow(CaseRule):
    """The window is chosen for the client, not for the service: the values published for the instances of Bazirha with
    several windows rest on it. Where being late has a price, each service has the window that its start falls into."""

    name = "one_window"
    label = "One window a client"
    level = Level.HARD
    unit = "windows too many"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        if not self.case.is_strict:
            return
        for visits in self.case.visits_of:
            starts = {v: leg.start for v in visits for leg in rota.of_visit(problem.visits[v].id)}
            used = {self.case.span_at(v, start) for v, start in starts.items()}
            if len(used) > 1:
                client = problem.visits[visits[0]].client
                yield self.broken(
                    f"{client} is visited in {len(used)} windows.", len(used) - 1, visit=visits[0]
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        if not self.case.is_strict:
            return
        for visits in self.case.visits_of:
            for first, second in combinations(visits, 2):
                if len(self.case.spans[first]) > 1:
                    verbs.same_span(first, second)
