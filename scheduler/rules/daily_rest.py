"""Between two working days there is a night's rest at home."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise

from scheduler.domain import Carer
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import Round, rounds
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.settings import Settings
from scheduler.units import WEEKDAYS, clock, end_clock, hours


class DailyRest(Rule):
    """From being home after the last round of a worked day to leaving home for the first round of the next
    one: the journeys from and to home are working time. The evening before the period counts, from history.
    """

    name = "daily_rest"
    label = "Rest between working days"
    level = Level.HARD
    unit = "minutes of rest missing"
    source = "Working Time Regulations 1998, reg. 10; home journeys as work: Tyco, C-266/14"
    for_client = "{carer} needs a night of rest."
    effort = 60

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        evenings = _evenings_before(problem)
        for _, group in groupby(rounds(rota, problem), key=lambda round: round.carer.id):
            worked = [list(day) for _, day in groupby(group, key=lambda round: round.day)]
            carer, first = worked[0][0].carer, worked[0][0]
            if carer.id in evenings:
                yield from self._judge(evenings[carer.id], "", first, problem)
            for yesterday, today in pairwise(worked):
                last = yesterday[-1]
                yield from self._judge(last.is_home, _named(last, problem), today[0], problem)

    def _judge(self, home: int, last: str, first: Round, problem: Problem) -> Iterator[Finding]:
        """`home` is when the carer came home from the round called `last`, before the round `first`."""
        carer, rest = first.carer, first.leaves_home - home
        due = _due(carer, problem.settings)
        if rest < due:
            before = last or "the evening before this rota"
            yield Finding(
                rule=self.name,
                level=self.level,
                sentence=f"{carer.name} is home at {end_clock(home)} from {before} and leaves at "
                f"{clock(first.leaves_home)} for {_named(first, problem)}: {hours(rest)} of rest, "
                f"and {hours(due)} are due.",
                amount=due - rest,
                carer=carer.id,
                day=first.day,
                cure=(f"end {last} earlier or " if last else "") + f"start {_named(first, problem)} later",
            )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        evenings = _evenings_before(problem)
        for k, carer in enumerate(problem.carers):
            verbs.rest_between(k, _due(carer, problem.settings))
            if carer.id in evenings:
                verbs.worked_until(k, evenings[carer.id])


def _due(carer: Carer, settings: Settings) -> int:
    return settings.young_daily_rest if carer.young else settings.daily_rest


def _named(round: Round, problem: Problem) -> str:
    day = WEEKDAYS[problem.date_of(round.day).weekday()]
    return f"the round {clock(round.start)}-{end_clock(round.end)} on {day}"


def _evenings_before(problem: Problem) -> dict[str, int]:
    """Carer -> when the carer was home from the last visit of the day before the period."""
    last = {
        past.carer: past
        for past in sorted(problem.history, key=lambda past: past.start + past.minutes)
        if past.day >= -1 and past.carer in problem.carer_index
    }
    homes: dict[str, int] = {}
    for id, past in last.items():
        way = 0
        if past.client in problem.client_index:
            # (The evening before the period has no rush hours: they are told for its own days.)
            minutes = problem.travel[problem.carer(id).mode].minutes
            way = int(minutes[problem.place_of_client(past.client), problem.home_of(id)])
        homes[id] = past.start + past.minutes + way
    return homes
