"""Clients who have preferred carers pay for each visit by somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Verbs


class Preferences(CaseRule):
    name = "caregiver_preferences"
    label = "Preferred carers"
    unit = "visits"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        price = self.case.per_case(self.name)
        for leg in rota.legs:
            v = problem.visit_index[leg.visit]
            if price and self._is_other(v, leg.carer):
                yield self.priced(
                    f"{leg.carer} is not preferred for {leg.visit}.", 1, price, visit=v, carer=leg.carer
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        price = self.case.per_case(self.name)
        for v in range(len(problem.visits)):
            for k, carer in enumerate(problem.carers):
                if price and self._is_other(v, carer.id):
                    verbs.charge(v, k, price)

    def _is_other(self, visit: int, carer: str) -> bool:
        preferred = self.case.client(visit).preferred
        return bool(preferred) and carer not in preferred
