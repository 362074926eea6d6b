"""Each week has one long stretch at home."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from scheduler.domain import Carer
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import rounds
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.settings import Settings
from scheduler.units import DAY, WEEK_DAYS, hours


class WeeklyRest(Rule):
    """Weeks are counted in sevens from the first day of the period; one that the period cuts short is not judged.
    The time before the first and after the last round of the week counts; journeys from and to home are work.
    """

    name = "weekly_rest"
    label = "Weekly rest"
    level = Level.HARD
    unit = "minutes of rest missing"
    source = "Working Time Regulations 1998, reg. 11"
    for_client = "{carer} needs a day off."
    effort = 60

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for (_, week), group in groupby(
            rounds(rota, problem), key=lambda round: (round.carer.id, round.day // WEEK_DAYS)
        ):
            begin, end = week * WEEK_DAYS * DAY, (week + 1) * WEEK_DAYS * DAY
            if end > problem.days * DAY:
                continue
            worked = list(group)
            due = _due(worked[0].carer, problem.settings)
            free = [
                worked[0].leaves_home - begin,
                *(after.leaves_home - before.is_home for before, after in pairwise(worked)),
                end - worked[-1].is_home,
            ]
            if max(free) < due:
                carer = worked[0].carer
                yield Finding(
                    rule=self.name,
                    level=self.level,
                    sentence=f"The longest rest of {carer.name} in the week from "
                    f"{problem.date_of(week * WEEK_DAYS):%d/%m/%Y} is {hours(max(free))}, "
                    f"and {hours(due)} are due.",
                    amount=due - max(free),
                    carer=carer.id,
                    day=week * WEEK_DAYS,
                    cure=f"give {carer.name} a free day in that week",
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for k, carer in enumerate(problem.carers):
            verbs.weekly_rest(k, _due(carer, problem.settings))


def _due(carer: Carer, settings: Settings) -> int:
    """Minutes of rest at a stretch that the carer is due each week: 24 hours, 48 under 18."""
    return settings.young_weekly_rest if carer.young else settings.weekly_rest
