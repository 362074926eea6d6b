"""What people are promised: when a carer comes, and how many different ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar

from pydantic import Field

from scenarios.changes.base import Change
from scenarios.changes.demand import widened
from scenarios.changes.edit import each_visit
from scheduler.domain import Visit
from scheduler.problem import Problem


class Windows(Change):
    """How far the start of a visit may be from the time that the person asked for. Time-critical visits stay."""

    name: ClassVar[str] = "windows"
    figures: ClassVar[tuple[str, ...]] = ("punctuality.standard", "punctuality.flexible")

    minutes: Annotated[int, Field(ge=0, le=240)]

    @property
    def sentence(self) -> str:
        return (
            f"A visit may begin up to {self.minutes} minutes either side of the time that was asked for; time-critical "
            "visits stay as they are."
        )

    def apply(self, problem: Problem) -> Problem:
        def edit(visit: Visit) -> Visit:
            if visit.time_critical:
                return visit
            asked = replace(visit, earliest=visit.preferred, latest=visit.preferred)
            return widened(asked, self.minutes)

        return each_visit(problem, edit)


class FewCarers(Change):
    """Nobody is promised more different carers than this within the rolling days. It is a price, not a wall: the report
    says for how many people it was kept."""

    name: ClassVar[str] = "few_carers"
    figures: ClassVar[tuple[str, ...]] = ("continuity.rolling_days",)

    carers: Annotated[int, Field(ge=1, le=30)]

    @property
    def sentence(self) -> str:
        return f"Every person is promised at most {self.carers} different carers in two weeks."

    def apply(self, problem: Problem) -> Problem:
        return problem.replace(
            clients=tuple(
                replace(c, max_carers=min(self.carers, c.max_carers or self.carers)) for c in problem.clients
            )
        )
