"""Services of one client that must keep a distance: together, or one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Verbs


class Gaps(CaseRule):
    """From start to start, in the order of the client's services. With one of two left out it asks nothing."""

    name = "gaps"
    label = "Services together or in sequence"
    level = Level.HARD
    unit = "ticks too close or too far"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for first, second, least, most in self._gaps():
            one, other = (rota.of_visit(problem.visits[v].id) for v in (first, second))
            if not one or not other:
                continue
            apart = other[0].start - one[0].start
            off = max(least - apart, apart - most)
            if off > 0:
                yield self.broken(
                    f"{other[0].visit} starts {apart} ticks after {one[0].visit}, not {least} to {most}.",
                    off,
                    visit=second,
                    carer=other[0].carer,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for first, second, least, most in self._gaps():
            verbs.gap_between(first, second, least, most)

    def _gaps(self) -> Iterator[tuple[int, int, int, int]]:
        """First visit, second visit, least and most ticks between their starts."""
        for client, visits in zip(self.case.instance.clients, self.case.visits_of, strict=True):
            if client.gap is None:
                continue
            least, most = self.case.up(client.gap[0]), self.case.down(client.gap[1])
            for first, second in pairwise(visits):
                yield first, second, least, most
