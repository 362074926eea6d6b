"""Between two spells of a day there is time to go home and back; else the time between them is the agency's in all but
name, and a pay that leaves its travel out is to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import Round, rounds
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.travel.base import NO_WAY
from scheduler.units import clock, end_clock, hours


class SplitSpells(Rule):
    """Travel from one spell to the next is not paid, as a way home and back is not. Who cannot be at home between the
    two does not make that journey, and by regulation 34 the one between the clients may count."""

    name = "split_spells"
    label = "Time to go home between two spells"
    level = Level.NOTE
    unit = "minutes too few"
    source = (
        "National Minimum Wage Regulations 2015, reg. 34; GOV.UK's example of a carer who goes home between"
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        if problem.now is not None:
            return  # what happened today has cut its shifts: those pieces are nobody's spells
        for before, after in pairwise(rounds(rota, problem)):
            way, gap = before.home_back + after.home_out, after.start - before.end
            if _same_day(before, after) and 0 <= gap < way < NO_WAY:
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"{before.carer.name} has {hours(gap)} between two spells on "
                    f"{problem.date_of(before.day):%A}, {end_clock(before.end)}-{clock(after.start)}, and home and "
                    f"back takes {hours(way)}: the travel between them may count as work by law; see whether the two "
                    "spells can be one.",
                    amount=way - gap,
                    carer=before.carer.id,
                    day=before.day,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        """A note asks nothing of the solver."""


def _same_day(before: Round, after: Round) -> bool:
    return (before.carer.id, before.day) == (after.carer.id, after.day)
