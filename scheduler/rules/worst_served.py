"""Whoever is served worst is not paid for by the others: each further carer too many for one person costs more than the
one before, so that a plan spreads what cannot be avoided, and an average does not hide anybody."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs, everyday_carers


class WorstServed(Rule):
    """Above two carers and one for each visit a day, the first further one costs the price, the second twice that, the
    third three times, and so on.

    Beside `continuity`, which prices every carer above the promise alike, and promises more faces to whoever needs two
    carers at once. Here they have no more: the same two can come each time. The carers of this rota are counted, also
    those who came before it: what is past no plan can change, and whom last week served badly this week must not serve
    badly for free.
    """

    name = "worst_served"
    label = "Nobody much worse served than the others"
    level = Level.SOFT
    unit = "carers"
    source = "House rule: the worst served weigh more than the mean; EHRC, Close to home (2011), one woman's 32 carers"
    prices = (
        Price(
            "worst_served.further_carer",
            1000,
            "What the first carer costs above two and one for each visit a day that a person has; the second costs "
            "twice that, and so on, so that nobody is far worse served than the others.",
        ),
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        come: dict[str, set[str]] = {}
        for leg in rota.legs:
            come.setdefault(problem.visit(leg.visit).client, set()).add(leg.carer)
        price = self.price("worst_served.further_carer", problem)
        for id, carers in come.items():
            client = problem.client(id)
            enough = everyday_carers(client, problem)
            above = len(carers) - enough
            if above > 0:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{client.name} sees {len(carers)} different carers in this rota, where {enough} are "
                    "enough for the visits of a day: each further one weighs more than the one before.",
                    amount=above,
                    price=_steps(above) * price,
                    client=id,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        price, staff = self.price("worst_served.further_carer", problem), len(problem.carers)
        for c, client in enumerate(problem.clients):
            if len(problem.visits_of(client.id)):
                enough = everyday_carers(client, problem)
                curve = [price * _steps(n - enough) for n in range(staff + 1)]
                verbs.charge_distinct_carers(c, curve, [False] * staff)


def _steps(above: int) -> int:
    """1 + 2 + 3 + ... for so many carers above what is enough: 0, 1, 3, 6 ..."""
    return above * (above + 1) // 2 if above > 0 else 0
