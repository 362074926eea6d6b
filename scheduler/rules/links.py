"""Linked visits of one client keep their distance: time between medicines, at most so long in bed."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Link
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.units import WEEKDAYS, clock, end_clock, hours

EVER = 10**6
"""Minutes that stand for "no limit": nearly two years."""


class Links(Rule):
    """The leading carers' starts count. A link with an unallocated visit asks nothing."""

    name = "links"
    label = "Time between linked visits"
    level = Level.HARD
    unit = "minutes too close or too far"
    source = "Care plan: links between visits"
    for_client = "Your visits need the right gap between them."
    effort = 45

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for link in problem.links:
            before, after = rota.of_visit(link.first), rota.of_visit(link.second)
            if not before or not after:
                continue
            start = before[0].start + link.offset
            apart = after[0].start - start
            if link.at_least is not None and apart < link.at_least:
                amount, asked = link.at_least - apart, f"at least {hours(link.at_least)}"
                fault, cure = "too early", f"{clock(start + link.at_least)} or later"
            elif link.at_most is not None and apart > link.at_most:
                amount, asked = apart - link.at_most, f"at most {hours(link.at_most)}"
                fault, cure = "too late", f"{clock(start + link.at_most)} or earlier"
            else:
                continue
            first, second = problem.visit(link.first), problem.visit(link.second)
            days = [WEEKDAYS[problem.date_of(visit.day).weekday()] for visit in (first, second)]
            yield Finding(
                rule=self.name,
                level=self.level,
                sentence=f"{problem.client(second.client).name}'s visit at {clock(after[0].start)} on {days[1]} comes "
                f"{hours(amount)} {fault} after the one at {clock(before[0].start)} on {days[0]}: {asked} "
                f"{f'from {end_clock(start)}' if link.offset else 'between their starts'}{_reason(link)}.",
                amount=amount,
                visit=second.id,
                client=second.client,
                carer=after[0].carer,
                day=second.day,
                cure=f"let the second visit start at {cure}, or move the first",
            )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for link in problem.links:
            verbs.gap_between(
                problem.visit_index[link.first],
                problem.visit_index[link.second],
                -EVER if link.at_least is None else link.at_least + link.offset,
                EVER if link.at_most is None else link.at_most + link.offset,
            )


def _reason(link: Link) -> str:
    return f" ({link.reason.rstrip('.')})" if link.reason else ""
