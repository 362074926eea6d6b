"""Nobody works more in a week than the law, the contract or the carer allows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from scheduler.domain import Carer
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import rounds
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.settings import Settings
from scheduler.units import WEEK_DAYS, hours


class WeeklyHours(Rule):
    """Work is contact, travel, waiting up to the pay cap a gap, and the journeys from and to home: those are
    working time (Tyco) though not paid time.

    The law's 48 hours are an average over a reference period (26 weeks in care); keeping each week within them
    keeps the average. An opt-out lifts the 48 hours, not the carer's own limit and not that of one under 18.
    """

    name = "weekly_hours"
    label = "Weekly hours"
    level = Level.HARD
    unit = "minutes too many"
    source = "Working Time Regulations 1998, regs. 4 to 5A; carer's own limit"
    for_client = "{carer} has no hours left this week."
    effort = 55

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        cap = problem.settings.waiting_cap
        for (_, week), group in groupby(
            rounds(rota, problem), key=lambda round: (round.carer.id, round.day // WEEK_DAYS)
        ):
            worked = list(group)
            carer = worked[0].carer
            limits = _limits(carer, problem.settings)
            work = sum(
                round.contact + round.travel + round.counted_waiting(cap) + round.home_out + round.home_back
                for round in worked
            )
            if not limits or work <= min(limits)[0]:
                continue
            most, whose = min(limits)
            yield Finding(
                rule=self.name,
                level=self.level,
                sentence=f"{carer.name} works {hours(work)} in the week from "
                f"{problem.date_of(week * WEEK_DAYS):%d/%m/%Y}, journeys from and to home included: "
                f"{hours(work - most)} more than {whose} of {hours(most)}.",
                amount=work - most,
                carer=carer.id,
                day=week * WEEK_DAYS,
                cure=f"give {hours(work - most)} of {carer.name}'s work to somebody else",
            )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for k, carer in enumerate(problem.carers):
            limits = _limits(carer, problem.settings)
            for week in range(problem.weeks) if limits else ():
                verbs.limit_work(k, week, min(limits)[0], problem.settings.waiting_cap)


def _limits(carer: Carer, settings: Settings) -> list[tuple[int, str]]:
    """Every weekly limit that holds for the carer, in minutes, and whose it is."""
    limits = []
    if carer.most is not None:
        limits.append((carer.most, "the carer's own limit"))
    if not carer.opt_out:
        limits.append((settings.weekly_limit, "the legal limit"))
    if carer.young:
        limits.append((settings.young_weekly_limit, "the legal limit under 18"))
    return limits
