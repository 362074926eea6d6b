"""The same people for less money, or more: who loses what is a stated rule, never the solver's choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from scenarios.changes.base import Change, per_cent
from scenarios.changes.edit import with_visits
from scheduler.domain import Purpose, Visit
from scheduler.problem import Problem

STEP = 15
"""Minutes by which visits are made longer or shorter, as contracts count them."""
_CUT = {
    "lowest priority": "visits are dropped, those of the lowest priority first and a family carer's respite last",
    "everybody alike": "every person loses the same share: whole visits of the lowest priority first, then minutes off "
    "the longest",
    "longest first": f"the longest visits lose {STEP} minutes each, again and again, but none goes under 30",
}


class CutBudget(Change):
    """So much less carers' time is ordered."""

    name: ClassVar[str] = "cut_budget"
    figures: ClassVar[tuple[str, ...]] = ("visit.short_threshold",)
    limits: ClassVar[str] = (
        "Ordered minutes stand for money; whether a lost visit is made good by a family carer or a hospital bed is not "
        "seen. Where visits cannot be cut any further by the rule, less than the share is cut."
    )

    percent: Annotated[float, Field(gt=0, le=60)]
    rule: Literal["lowest priority", "everybody alike", "longest first"] = "lowest priority"

    @property
    def sentence(self) -> str:
        return f"{per_cent(self.percent)} less carers' time is ordered: {_CUT[self.rule]}."

    def apply(self, problem: Problem) -> Problem:
        to_lose = self.percent / 100 * _minutes(problem.visits)
        if self.rule == "longest first":
            return with_visits(problem, _shortened(problem.visits, to_lose))
        if self.rule == "lowest priority":
            gone = set(_dropped(problem.visits, to_lose))
        else:
            shorter: dict[str, Visit] = {}
            for client in problem.clients:
                own = [problem.visits[v] for v in problem.visits_of(client.id)]
                less = self.percent / 100 * _minutes(own)
                gone = set(_dropped(own, less))
                kept = [visit for visit in own if visit.id not in gone]
                rest = less - (_minutes(own) - _minutes(kept))
                shorter |= {visit.id: visit for visit in _shortened(kept, rest, step=1, least=STEP)}
            return with_visits(
                problem, [shorter[visit.id] for visit in problem.visits if visit.id in shorter]
            )
        return with_visits(problem, [visit for visit in problem.visits if visit.id not in gone])


class RaiseBudget(Change):
    """So much more carers' time is ordered: the shortest visits grow first."""

    name: ClassVar[str] = "raise_budget"

    percent: Annotated[float, Field(gt=0, le=100)]

    @property
    def sentence(self) -> str:
        return (
            f"{per_cent(self.percent)} more carers' time is ordered: the shortest visits grow by {STEP} minutes, again "
            "and again."
        )

    def apply(self, problem: Problem) -> Problem:
        left = self.percent / 100 * _minutes(problem.visits)
        length = {visit.id: visit.commissioned for visit in problem.visits}
        while left >= STEP:
            visit = min(problem.visits, key=lambda v: (length[v.id], v.priority, v.id), default=None)
            if visit is None:
                break
            length[visit.id] += STEP
            left -= STEP * visit.carers
        return with_visits(problem, [replace(v, commissioned=length[v.id]) for v in problem.visits])


def _minutes(visits: Iterable[Visit]) -> int:
    """Carers' minutes that are ordered."""
    return sum(visit.commissioned * visit.carers for visit in visits)


def _dropped(visits: Iterable[Visit], to_lose: float) -> Iterator[str]:
    """Visits to drop, lowest priority and shortest first, as long as no more than that is lost."""

    def order(visit: Visit) -> tuple[bool, int, int, str]:
        respite = visit.purpose is Purpose.RESPITE
        return respite, -visit.priority, visit.commissioned, visit.id

    for visit in sorted(visits, key=order):
        minutes = visit.commissioned * visit.carers
        if minutes <= to_lose:
            to_lose -= minutes
            yield visit.id


def _shortened(visits: Iterable[Visit], to_lose: float, step: int = STEP, least: int = 30) -> list[Visit]:
    """Visits with minutes taken off the longest, `step` by `step`, as far as none of them goes under `least`."""
    kept = list(visits)
    length = {visit.id: visit.commissioned for visit in kept}
    while to_lose >= step:
        able = [
            visit for visit in kept if length[visit.id] - step >= least and step * visit.carers <= to_lose
        ]
        if not able:
            break
        visit = max(able, key=lambda v: (length[v.id], v.priority, v.id))
        length[visit.id] -= step
        to_lose -= step * visit.carers
    return [
        replace(visit, commissioned=length[visit.id], together=min(visit.together, length[visit.id]))
        for visit in kept
    ]
