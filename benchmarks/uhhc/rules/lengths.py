"""Each visit is done once, by one carer, for exactly as long as its service takes."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Verbs


class Lengths(CaseRule):
    name = "lengths"
    label = "Once, and for as long as the service takes"
    level = Level.HARD
    unit = "ticks too short or too long"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for id, legs in rota.legs_by_visit.items():
            v = problem.visit_index[id]
            if len(legs) > 1:
                yield self.broken(f"{id} is done {len(legs)} times.", len(legs) - 1, visit=v)
            off = legs[0].minutes - self.case.needs[v].ticks
            if off:
                yield self.broken(f"{id} lasts {legs[0].minutes} ticks.", abs(off), visit=v)

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for v, need in enumerate(self.case.needs):
            for k in range(len(problem.carers)):
                verbs.length(v, k, need.ticks)
