"""Somebody who named the carers they prefer is visited by one of them."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Relation
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs

_CHOSEN = (Relation.PREFER, Relation.ONLY)


class Preferred(Rule):
    name = "preferred"
    label = "Carers whom people prefer"
    level = Level.SOFT
    unit = "visits"
    source = "NICE NG21 1.1.5 (matching); the person's own choice"
    prices = (
        Price(
            "preferred.other_carer",
            120,
            "What we would pay for one of the preferred carers to make a visit rather than another carer.",
        ),
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        choosers = _choosers(problem)
        for leg in rota.legs:
            visit = problem.visit(leg.visit)
            if visit.client in choosers and problem.relation(visit.client, leg.carer) not in _CHOSEN:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{problem.carer(leg.carer).name} is not one of the carers whom "
                    f"{problem.client(visit.client).name} prefers.",
                    amount=1,
                    price=self.price("preferred.other_carer", problem),
                    visit=visit.id,
                    client=visit.client,
                    carer=leg.carer,
                    day=visit.day,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        amount = self.price("preferred.other_carer", problem)
        for client in _choosers(problem):
            for k, carer in enumerate(problem.carers):
                if problem.relation(client, carer.id) not in _CHOSEN:
                    verbs.charge(problem.visits_of(client), k, amount)


def _choosers(problem: Problem) -> dict[str, None]:
    """The clients who prefer somebody, each once, in the order of the ties."""
    return dict.fromkeys(tie.client for tie in problem.ties if tie.relation is Relation.PREFER)
