"""Evenings, weekends and bank holidays are spread over the carers: each further one costs more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduler.domain import Shift
from scheduler.pay import premium_days
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import rounds
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs
from scheduler.units import DAY, HOUR

_EVENING = 20 * HOUR


class UnpopularSpells(Rule):
    name = "unpopular_spells"
    label = "Fair spread of evenings and weekends"
    level = Level.SOFT
    unit = "shifts"
    source = "House rule: a shift is unpopular if it ends after 20:00 or lies on a weekend or bank holiday"
    prices = (
        Price(
            "unpopular_spells.each",
            100,
            "What a carer's second unpopular shift costs; the third twice that, the fourth three times.",
        ),
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        each = self.price("unpopular_spells.each", problem)
        worked: dict[str, set[int]] = defaultdict(set)
        for work in rounds(rota, problem):
            if work.shift and _unpopular(work.shift, problem):
                worked[work.carer.id].add(work.shift.start)
        for carer, starts in worked.items():
            if len(starts) > 1:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{problem.carer(carer).name} works {len(starts)} shifts in the evening, "
                    "at a weekend or on a bank holiday.",
                    amount=len(starts),
                    price=_times(len(starts)) * each,
                    carer=carer,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        each = self.price("unpopular_spells.each", problem)
        for k, carer in enumerate(problem.carers):
            starts = [shift.start for shift in problem.shifts_of(carer.id) if _unpopular(shift, problem)]
            if len(starts) > 1:
                verbs.charge_rounds(k, starts, [_times(n) * each for n in range(len(starts) + 1)])


def _unpopular(shift: Shift, problem: Problem) -> bool:
    return shift.end > shift.day * DAY + _EVENING or shift.day in premium_days(problem)


def _times(n: int) -> int:
    """How many times the price of one n unpopular shifts cost: 0, 0, 1, 3, 6, 10 ..."""
    return n * (n - 1) // 2
