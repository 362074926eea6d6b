"""A visit has the carers that it needs: one, or two different ones who start together."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.units import clock


class DoubleUp(Rule):
    """Where only a part is done together the second carer stays at least that long, else exactly as long as
    the leading one. A visit without anybody is not this rule's matter.
    """

    name = "double_up"
    label = "Double-ups"
    level = Level.HARD
    unit = "faults"
    source = "Care plan: carers needed and minutes together"
    for_client = "Two carers have to be there at the same time."
    effort = None

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for visit in problem.visits:
            for sentence, cure in _faults(visit, rota.of_visit(visit.id), problem):
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=sentence,
                    amount=1,
                    visit=visit.id,
                    client=visit.client,
                    day=visit.day,
                    cure=cure,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for v, visit in enumerate(problem.visits):
            if visit.carers == 2:
                verbs.together(v, visit.together)


def _faults(visit: Visit, legs: tuple[Leg, ...], problem: Problem) -> Iterator[tuple[str, str]]:
    """What is wrong, and its cure."""
    if not legs:
        return
    names = [problem.carer(leg.carer).name for leg in legs]
    if len(legs) != visit.carers:
        wanted = "one carer" if visit.carers == 1 else "two carers"
        yield f"The visit needs {wanted} and has {len(legs)}: {' and '.join(names)}.", f"plan {wanted}"
        return
    if visit.carers == 1:
        return
    lead, helper = legs
    if lead.carer == helper.carer:
        yield f"{names[0]} cannot be both carers of a double-up.", "send a second carer"
    if lead.start != helper.start:
        yield (
            f"{names[0]} starts at {clock(lead.start)} and {names[1]} at {clock(helper.start)}: "
            f"a double-up starts together.",
            f"let both start at {clock(max(lead.start, helper.start))}",
        )
    if lead.second or not helper.second:
        who = "Both carers are" if lead.second else "Neither carer is"
        yield f"{who} marked as the second one.", "mark exactly one of the two as the second carer"
    if visit.together == 0 and helper.minutes != lead.minutes:
        yield (
            f"{names[0]} stays {lead.minutes} min and {names[1]} {helper.minutes} min: "
            f"all of this visit is done together.",
            f"let both stay {max(lead.minutes, helper.minutes)} min",
        )
    if helper.minutes < visit.together:
        yield (
            f"{names[1]} stays {helper.minutes} min of the {visit.together} min that are done together.",
            f"let {names[1]} stay {visit.together} min",
        )
