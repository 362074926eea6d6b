"""Several services of one client are given by as many carers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Verbs


class TwoCarers(CaseRule):
    """Papers call it a double service. Published values rest on it: with it the best known values of small instances
    are met exactly, without it they are undercut."""

    name = "two_carers"
    label = "A carer for each service"
    level = Level.HARD
    unit = "services too many for one carer"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for visits in self.case.visits_of:
            carers = Counter(leg.carer for v in visits for leg in rota.of_visit(problem.visits[v].id))
            for carer, count in carers.items():
                if count > 1:
                    yield self.broken(
                        f"{carer} gives {problem.visits[visits[0]].client} {count} services.",
                        count - 1,
                        visit=visits[0],
                        carer=carer,
                    )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for c, visits in enumerate(self.case.visits_of):
            if len(visits) > 1:
                verbs.never_twice(c)
