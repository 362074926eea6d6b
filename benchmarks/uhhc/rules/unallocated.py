"""A client who is not visited: optional ones have a price, the others one that outweighs all else."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.uhhc.rules.base import CaseRule
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Verbs


class Unallocated(CaseRule):
    """A client is visited for both services or not at all, and then pays once. Who must be visited and is not is a
    priced finding all the same, as everywhere in this project; whoever judges the solution calls it an error. Of three
    services (never optional) each has its price."""

    name = "unallocated"
    label = "Clients who are not visited"
    unit = "visits"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for c, visits in enumerate(self.case.visits_of):
            out = [v for v in visits if problem.visits[v].id not in rota.legs_by_visit]
            if len(visits) == 2 and len(out) == 1:
                yield self.broken(f"{problem.clients[c].id} is visited for one service only.", visit=out[0])
            for v in out:
                id, price = problem.visits[v].id, self._price(c, v)
                yield self.priced(f"Nobody is planned for {id}.", 1, price, visit=v)

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for c, visits in enumerate(self.case.visits_of):
            for v in visits:
                verbs.charge_unallocated(v, self._price(c, v))
            if len(visits) == 2:
                verbs.together_or_not(*visits)

    def _price(self, client: int, visit: int) -> int:
        visits, instance = self.case.visits_of[client], self.case.instance
        if len(visits) == 2 and visit != visits[0]:
            return 0
        if instance.clients[client].optional and not instance.hard("optional_patients"):
            return self.case.per_case("optional_patients")
        return self.case.forbidding
