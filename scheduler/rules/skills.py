"""A carer has every skill and training that the visit asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs


class Skills(Rule):
    name = "skills"
    label = "Skills and training"
    level = Level.HARD
    unit = "missing skills"
    of_pair = True
    source = (
        "NICE NG21 1.1.5; Health and Social Care Act 2008 (Regulated Activities) Regulations 2014, reg. 18"
    )
    for_client = "{carer} still has to learn how to give the help that you need."
    effort = 40

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for leg in rota.legs:
            visit, carer = problem.visit(leg.visit), problem.carer(leg.carer)
            missing = sorted(visit.skills - carer.skills)
            if missing:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{carer.name} does not have the skill {', '.join(missing)} "
                    f"that this visit needs.",
                    amount=len(missing),
                    visit=visit.id,
                    client=visit.client,
                    carer=carer.id,
                    day=visit.day,
                    cure=f"train {carer.name} in {', '.join(missing)}",
                )

    def relaxed(self, finding: Finding, rota: Rota, problem: Problem) -> Problem | None:
        carer = problem.carer(finding.carer)
        trained = replace(carer, skills=carer.skills | problem.visit(finding.visit).skills)
        return problem.replace(carers=tuple(trained if k is carer else k for k in problem.carers))

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        asking: dict[frozenset[str], list[int]] = defaultdict(list)
        for v, visit in enumerate(problem.visits):
            asking[visit.skills].append(v)
        for skills, visits in asking.items():
            for k, carer in enumerate(problem.carers):
                if not carer.skills.issuperset(skills):
                    verbs.forbid(np.array(visits, dtype=np.intp), k)
