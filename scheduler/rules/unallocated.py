"""A visit that nobody is planned for, priced by its priority so that it outweighs every other wish."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Visit
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs

_DEFAULTS = (200_000, 100_000, 60_000, 40_000, 30_000)


class Unallocated(Rule):
    name = "unallocated"
    label = "Visits that nobody is planned for"
    level = Level.SOFT
    unit = "visits"
    source = (
        "House rule: a visit left out is worse than any other price (NICE QS123 statement 2: missed visits)"
    )
    prices = tuple(
        Price(
            f"unallocated.priority_{priority}",
            pence,
            f"What we would pay rather than leave a visit of priority {priority} without a carer "
            "(twice that for a double-up).",
        )
        for priority, pence in enumerate(_DEFAULTS, start=1)
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for visit in rota.unallocated(problem):
            yield Finding(
                rule=self.name,
                level=self.level,
                sentence=f"Nobody is planned for this visit to {problem.client(visit.client).name}.",
                amount=1,
                price=self._price_of(visit, problem),
                visit=visit.id,
                client=visit.client,
                day=visit.day,
            )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for v, visit in enumerate(problem.visits):
            verbs.charge_unallocated(v, self._price_of(visit, problem))

    def _price_of(self, visit: Visit, problem: Problem) -> int:
        # A double-up takes two carers' time: priced as one visit it would always be the first to go.
        return visit.carers * self.price(f"unallocated.priority_{visit.priority}", problem)
