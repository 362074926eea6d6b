"""A visit starts within its window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.units import clock, hours


class VisitWindow(Rule):
    """Both ends of the window are allowed starts."""

    name = "visit_window"
    label = "Visit window"
    level = Level.HARD
    unit = "minutes outside the window"
    source = "Care plan: earliest and latest start"
    for_client = "The old time is too far from the time that suits you."
    effort = 10

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for leg in rota.legs:
            visit = problem.visit(leg.visit)
            early, late = visit.earliest - leg.start, leg.start - visit.latest
            if early <= 0 and late <= 0:
                continue
            yield Finding(
                rule=self.name,
                level=self.level,
                sentence=f"The visit to {problem.client(visit.client).name} starts at {clock(leg.start)}, "
                f"{f'{hours(early)} before' if early > 0 else f'{hours(late)} after'} "
                f"its window {clock(visit.earliest)}-{clock(visit.latest)}.",
                amount=max(early, late),
                visit=visit.id,
                client=visit.client,
                carer=leg.carer,
                day=visit.day,
                cure=f"let it start at {clock(leg.start)}",
            )

    def relaxed(self, finding: Finding, rota: Rota, problem: Problem) -> Problem | None:
        start = rota.of_visit(finding.visit)[0].start
        visit = problem.visit(finding.visit)
        longer = replace(visit, earliest=min(visit.earliest, start), latest=max(visit.latest, start))
        return problem.replace(visits=tuple(longer if v is visit else v for v in problem.visits))

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for v, visit in enumerate(problem.visits):
            verbs.start_between(v, visit.earliest, visit.latest)
