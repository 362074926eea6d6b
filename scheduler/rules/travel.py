"""Between two visits there is time to get from one to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.travel.base import Matrix
from scheduler.units import clock


class Travel(Rule):
    """By the carer's own way of getting about, also from one round of a day to the next."""

    name = "travel"
    label = "Travel between visits"
    level = Level.HARD
    unit = "minutes missing"
    source = "NICE NG21 1.4.1; SI 2017/1264 (Wales), reg. 41(3): sufficient travel time between visits"
    for_client = "{carer} is with someone else at that time."
    effort = 30
    eased_by = 10

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for carer in problem.carers:
            minutes = problem.travel[carer.mode].minutes
            days: dict[int, list[Leg]] = defaultdict(list)
            for leg in rota.legs_by_carer.get(carer.id, ()):
                days[problem.visit(leg.visit).day].append(leg)
            for day, legs in sorted(days.items()):
                for before, leg in pairwise(legs):
                    here, there = problem.visit(before.visit).client, problem.visit(leg.visit).client
                    way = int(minutes[problem.place_of_client(here), problem.place_of_client(there)])
                    missing = before.end + way - leg.start
                    if missing <= 0:
                        continue
                    names = problem.client(here).name, problem.client(there).name
                    yield Finding(
                        rule=self.name,
                        level=self.level,
                        sentence=f"{carer.name} ends with {names[0]} at {clock(before.end)}, takes {way} min "
                        f"{_by(carer.mode)} to {names[1]}, and is planned there at {clock(leg.start)}: "
                        f"{missing} min too early.",
                        amount=missing,
                        visit=leg.visit,
                        client=there,
                        carer=carer.id,
                        day=day,
                        cure=f"let the visit to {names[1]} start at {clock(before.end + way)}",
                    )

    def relaxed(self, finding: Finding, rota: Rota, problem: Problem) -> Problem | None:
        legs = rota.legs_by_carer[finding.carer]
        before, _ = next(pair for pair in pairwise(legs) if pair[1].visit == finding.visit)
        here, there = (problem.visit(id).client for id in (before.visit, finding.visit))
        at = problem.place_of_client(here), problem.place_of_client(there)
        mode = problem.carer(finding.carer).mode
        minutes = problem.travel[mode].minutes.copy()
        minutes[at] = max(int(minutes[at]) - finding.amount, 0)
        return problem.replace(travel={**problem.travel, mode: Matrix(minutes, problem.travel[mode].metres)})

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for k, carer in enumerate(problem.carers):
            verbs.travel(k, problem.travel[carer.mode].minutes)


def _by(mode: str) -> str:
    return "on foot" if mode == "foot" else f"by {mode}"
