"""Personal care is given by a woman or a man where the client asks for that."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scheduler.domain import GENDERS
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs

PERSON = {"female": "a woman", "male": "a man"}


class CareGender(Rule):
    """Only visits with personal care count. A carer whose gender is not recorded does not meet the wish."""

    name = "care_gender"
    label = "Gender of carer for personal care"
    level = Level.HARD
    unit = "carers"
    of_pair = True
    source = "Client's wish; Equality Act 2010, Schedule 9 allows it for personal care"
    for_client = "You told us who may help you wash and dress."
    effort = None

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for leg in rota.legs:
            visit, carer = problem.visit(leg.visit), problem.carer(leg.carer)
            client = problem.client(visit.client)
            if visit.personal_care and client.care_gender and carer.gender != client.care_gender:
                wanted = PERSON[client.care_gender]
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{client.name} asks for {wanted} for personal care, and {carer.name} "
                    f"{f'is {PERSON[carer.gender]}' if carer.gender else 'has no gender recorded'}.",
                    amount=1,
                    visit=visit.id,
                    client=client.id,
                    carer=carer.id,
                    day=visit.day,
                    cure=f"send {wanted} instead of {carer.name}",
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        wish = {client.id: client.care_gender for client in problem.clients}
        for gender in GENDERS:
            visits = [
                v
                for v, visit in enumerate(problem.visits)
                if visit.personal_care and wish[visit.client] == gender
            ]
            for k, carer in enumerate(problem.carers) if visits else ():
                if carer.gender != gender:
                    verbs.forbid(np.array(visits, dtype=np.intp), k)
