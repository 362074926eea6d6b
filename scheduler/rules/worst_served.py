"""Whoever is served worst is not paid for by the others: each further carer too many for one person costs more than the
one before, so that a plan spreads what cannot be avoided, and an average does not hide anybody."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Client
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs, promised_carers


class WorstServed(Rule):
    """Beside `continuity`, which prices every carer above the promise alike: the first above it costs nothing here, the
    second once the price, the third twice, and so on. Only what this rota adds to the days before it is priced."""

    name = "worst_served"
    label = "Nobody much worse served than the others"
    level = Level.SOFT
    unit = "carers"
    source = "House rule: the worst served weigh more than the mean; EHRC, Close to home (2011), one woman's 32 carers"
    prices = (
        Price(
            "worst_served.further_carer",
            500,
            "What the second carer above the number that we promise a person costs; the third costs twice that, and so "
            "on, so that nobody is far worse served than the others.",
        ),
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        come: dict[str, set[str]] = {}
        for leg in rota.legs:
            come.setdefault(problem.visit(leg.visit).client, set()).add(leg.carer)
        price = self.price("worst_served.further_carer", problem)
        for id, carers in come.items():
            client = problem.client(id)
            promised, recent = promised_carers(client, problem), problem.recent_carers[id]
            now = len(recent | carers)
            steps = _steps(now - promised) - _steps(len(recent) - promised)
            if steps:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{client.name} sees {now} different carers within {problem.settings.rolling_days} days, "
                    f"{now - promised} more than we promise: each further one weighs more than the one before.",
                    amount=now - promised,
                    price=steps * price,
                    client=id,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for c, client in enumerate(problem.clients):
            if len(problem.visits_of(client.id)):
                lately = problem.recent_carers[client.id]
                recent = [carer.id in lately for carer in problem.carers]
                verbs.charge_distinct_carers(c, self._curve(client, sum(recent), problem), recent)

    def _curve(self, client: Client, recent: int, problem: Problem) -> list[int]:
        """By distinct carers of today's staff; recent carers who have left since count all the same."""
        price, promised = self.price("worst_served.further_carer", problem), promised_carers(client, problem)
        before = len(problem.recent_carers[client.id])
        left = before - recent
        return [
            price * (_steps(max(n + left, before) - promised) - _steps(before - promised))
            for n in range(len(problem.carers) + 1)
        ]


def _steps(above: int) -> int:
    """0 + 1 + 2 + ... for so many carers above the promise: 0, 0, 1, 3, 6 ..."""
    return above * (above - 1) // 2 if above > 0 else 0
