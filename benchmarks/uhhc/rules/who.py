"""Who may come: with the ability that the service asks for, and not barred by the client."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Verbs


class Who(CaseRule):
    """Where preferences are a constraint, nobody else than the preferred may come either."""

    name = "who"
    label = "Abilities and barred carers"
    level = Level.HARD
    unit = "visits"
    of_pair = True

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for leg in rota.legs:
            v, k = problem.visit_index[leg.visit], problem.carer_index[leg.carer]
            reason = self._against(v, k)
            if reason:
                yield self.broken(f"{leg.carer} {reason} for {leg.visit}.", visit=v, carer=leg.carer)

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for v in range(len(problem.visits)):
            for k in range(len(problem.carers)):
                if self._against(v, k):
                    verbs.forbid(v, k)

    def _against(self, visit: int, carer: int) -> str:
        """Why this carer may not come; empty if the carer may."""
        client, worker = self.case.client(visit), self.case.instance.carers[carer]
        if self.case.service(visit) not in worker.abilities:
            return "lacks the ability"
        if worker.id in client.barred:
            return "is barred"
        strict = self.case.instance.hard("caregiver_preferences")
        if strict and client.preferred and worker.id not in client.preferred:
            return "is not preferred"
        return ""
