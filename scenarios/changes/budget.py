"""The same people for less money, or more: who loses what is a stated rule, never the solver's choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from scenarios.changes.base import Change, per_cent
from scenarios.changes.edit import with_visits
from scheduler.domain import Purpose, Visit
from scheduler.errors import DomainError
from scheduler.problem import Problem

STEP = 15
"""Minutes by which visits are made longer or shorter, as contracts count them."""
LEAST = 30
"""Minutes below which the longest are not cut: the length that NICE calls short (visit.short_threshold)."""
_CUT = {
    "lowest priority": "whole visits are dropped, as many as fit into that, those of the lowest priority first and a "
    "family carer's respite last",
    "everybody alike": "every person loses the same share: whole visits of the lowest priority first, then minutes off "
    "the longest",
    "longest first": f"the longest visits lose {STEP} minutes each, again and again, but none goes under {LEAST}",
}


class CutBudget(Change):
    """So much less carers' time is ordered."""

    name: ClassVar[str] = "cut_budget"
    figures: ClassVar[tuple[str, ...]] = ("visit.short_threshold",)
    limits: ClassVar[str] = (
        "Ordered minutes stand for money; whether a lost visit is made good by a family carer or a hospital bed is not "
        "seen. Who has only short visits can lose less than the share."
    )

    percent: Annotated[float, Field(gt=0, le=60)]
    rule: Literal["lowest priority", "everybody alike", "longest first"] = "lowest priority"

    @property
    def sentence(self) -> str:
        return f"{per_cent(self.percent)} less carers' time is ordered: {_CUT[self.rule]}."

    def apply(self, problem: Problem) -> Problem:
        to_lose = self.percent / 100 * _minutes(problem.visits)
        if self.rule == "longest first":
            return with_visits(problem, self._longest_first(problem.visits, to_lose))
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

    def _longest_first(self, visits: Sequence[Visit], to_lose: float) -> list[Visit]:
        """DomainError where that cannot be had from visits over half an hour: the sentence would promise too much."""
        shorter = _shortened(visits, to_lose)
        lost = _minutes(visits) - _minutes(shorter)
        if to_lose - lost >= 2 * STEP:  # more than one visit of two carers would still have to lose
            possible = int(1000 * lost / _minutes(visits)) / 10
            raise DomainError(
                f"{per_cent(self.percent)} cannot be cut from the longest visits: none may go under {LEAST} minutes, "
                f"so {per_cent(possible)} is the most here; use that or less, or another rule."
            )
        return shorter


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


def _shortened(visits: Iterable[Visit], to_lose: float, step: int = STEP, least: int = LEAST) -> list[Visit]:
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
