"""What a coordinator has locked stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.units import clock


class Locks(Rule):
    """A locked visit has its locked carers and start. Leaving it unallocated is not this rule's matter."""

    name = "locks"
    label = "Locked visits"
    level = Level.HARD
    unit = "locks"
    source = "Locked by the coordinator"
    for_client = "You and we have agreed this visit as it is."
    effort = 5

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for visit in problem.visits:
            legs = rota.of_visit(visit.id)
            if not legs:
                continue
            coming = {leg.carer for leg in legs}
            name = problem.client(visit.client).name
            for locked in visit.fixed_carers:
                if locked not in coming:
                    carer = problem.carer(locked)
                    yield Finding(
                        rule=self.name,
                        level=self.level,
                        sentence=f"The visit to {name} is locked to {carer.name}, who is not planned for it.",
                        amount=1,
                        visit=visit.id,
                        client=visit.client,
                        carer=carer.id,
                        day=visit.day,
                        cure=f"plan {carer.name} or unlock the visit",
                    )
            if visit.fixed_start is not None and legs[0].start != visit.fixed_start:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"The visit to {name} is locked to start at {clock(visit.fixed_start)} "
                    f"and starts at {clock(legs[0].start)}.",
                    amount=1,
                    visit=visit.id,
                    client=visit.client,
                    carer=legs[0].carer,
                    day=visit.day,
                    cure=f"let it start at {clock(visit.fixed_start)} or unlock it",
                )

    def relaxed(self, finding: Finding, rota: Rota, problem: Problem) -> Problem | None:
        visit = problem.visit(finding.visit)
        unlocked = replace(visit, fixed_carers=(), fixed_start=None)
        return problem.replace(visits=tuple(unlocked if v is visit else v for v in problem.visits))

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for v, visit in enumerate(problem.visits):
            if visit.fixed_carers or visit.fixed_start is not None:
                verbs.fix(v, [problem.carer_index[carer] for carer in visit.fixed_carers], visit.fixed_start)
