"""Minutes that are planned and that nobody commissioned, with what they cost."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Visit
from scheduler.pay import minute_cost, premium_days
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.units import pounds


class Uncommissioned(Rule):
    name = "uncommissioned"
    label = "Minutes that nobody commissioned"
    level = Level.NOTE
    unit = "minutes"
    source = "The care plan's commissioned minutes"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        premium = premium_days(problem)
        for leg in rota.legs:
            visit, carer = problem.visit(leg.visit), problem.carer(leg.carer)
            minutes = leg.minutes - _commissioned(leg, visit)
            if minutes > 0:
                cost = minutes * minute_cost(carer, problem.settings, visit.day in premium)
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{carer.name} stays {minutes} min longer with "
                    f"{problem.client(visit.client).name} than anybody commissioned, "
                    f"which costs {pounds(cost)} in pay.",
                    amount=minutes,
                    visit=visit.id,
                    client=visit.client,
                    carer=carer.id,
                    day=visit.day,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        """A note asks nothing of the solver."""


def _commissioned(leg: Leg, visit: Visit) -> int:
    """What was commissioned of this carer: the second of a double-up may be needed for a part only."""
    return visit.together if leg.second and visit.together else visit.commissioned
