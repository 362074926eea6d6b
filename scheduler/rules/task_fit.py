"""A planned visit is long enough for its tasks, and nobody gets personal care in a quarter of an hour."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.domain import Purpose, Visit
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.uk import figure


class TaskFit(Rule):
    """Where the agency's setting enforces tasks, a visit too short for them breaks a hard rule. Here it is
    said in any case, and so is personal care in 15 minutes or less, which is lawful outside Wales."""

    name = "task_fit"
    label = "Visits too short for their tasks"
    level = Level.NOTE
    unit = "minutes missing"
    source = "Care and Support Statutory Guidance 4.101; LGSCO decision 20 000 461 (Warrington, 2022)"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        short = int(figure("visit.care_act_personal_care", problem.start).value)
        for visit in problem.visits:
            legs = rota.of_visit(visit.id)
            if not legs:
                continue
            planned, client = legs[0].minutes, problem.client(visit.client).name
            if visit.needed > planned:
                tasks = f" ({', '.join(visit.tasks)})" if visit.tasks else ""
                yield self._finding(
                    visit,
                    f"The tasks{tasks} of this visit to {client} take {visit.needed} min and {planned} are "
                    f"planned: {visit.needed - planned} are missing.",
                    visit.needed - planned,
                )
            if planned <= short and visit.personal_care and visit.purpose is not Purpose.CHECK:
                yield self._finding(
                    visit,
                    f"{client} gets personal care in {planned} min: the Care Act guidance calls visits of "
                    f"{short} min or less not appropriate for it, and the Ombudsman found fault with such "
                    "visits in Warrington.",
                    0,
                )

    def _finding(self, visit: Visit, sentence: str, missing: int) -> Finding:
        return Finding(
            rule=self.name,
            level=self.level,
            sentence=sentence,
            amount=missing,
            visit=visit.id,
            client=visit.client,
            day=visit.day,
        )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        """A note asks nothing of the solver."""
