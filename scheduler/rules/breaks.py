"""Nobody works long without a break."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Carer
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import Round, rounds
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.settings import Settings
from scheduler.units import clock, end_clock, hours


class Breaks(Rule):
    """The Working Time Regulations 1998 (reg. 12) ask for one break of 20 minutes in a day of more than six
    hours, and of 30 minutes after four and a half hours for those under 18. Keeping one in every stretch of
    that length keeps the law, and is kinder.

    A stretch begins with a round, and anew after each gap that is long enough once the travel is taken off.
    """

    name = "breaks"
    label = "Breaks"
    level = Level.HARD
    unit = "minutes too long without a break"
    source = "Working Time Regulations 1998, reg. 12"
    for_client = "{carer} needs a break at that time."
    effort = 60

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for round in rounds(rota, problem):
            carer = round.carer
            after, pause = _asked(carer, problem.settings)
            for start, end in _stretches(round, pause):
                excess = end - start - after
                if excess > 0:
                    yield Finding(
                        rule=self.name,
                        level=self.level,
                        sentence=f"{carer.name} works {clock(start)}-{end_clock(end)} without a break of "
                        f"{pause} min: {hours(excess)} more than {hours(after)}.",
                        amount=excess,
                        carer=carer.id,
                        day=round.day,
                        cure=f"leave {carer.name} {pause} min free before {end_clock(start + after)}",
                    )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for k, carer in enumerate(problem.carers):
            verbs.break_inside(k, *_asked(carer, problem.settings))


def _asked(carer: Carer, settings: Settings) -> tuple[int, int]:
    """After how many minutes a break is due, and how long it is."""
    if carer.young:
        return settings.young_break_after, settings.young_break_minutes
    return settings.break_after, settings.break_minutes


def _stretches(round: Round, pause: int) -> Iterator[tuple[int, int]]:
    """Start and latest end of each stretch of work."""
    start = end = round.start
    for stop in round.stops:
        if stop.gap >= pause:
            yield start, end
            start = end = stop.leg.start
        end = max(end, stop.leg.end)
    yield start, end
