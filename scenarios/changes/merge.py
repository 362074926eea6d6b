"""Two short visits of one person and day become one longer visit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import Annotated, ClassVar

from pydantic import Field

from scenarios.changes.base import Change
from scenarios.changes.edit import with_visits
from scenarios.changes.lengths import Minutes
from scheduler.domain import Purpose, Visit
from scheduler.problem import Problem
from scheduler.uk import task_minutes


class MergeShort(Change):
    """Only visits that may be one: as many carers, neither time-critical nor locked, no minutes asked between them. The
    tasks of both are done; arriving and the records are saved once."""

    name: ClassVar[str] = "merge_short"
    figures: ClassVar[tuple[str, ...]] = ("task.arrive", "task.records")
    limits: ClassVar[str] = (
        "Whether two short visits can be one is for the person and a review to say; here nearness in time decides."
    )

    below: Minutes = 30
    within: Annotated[int, Field(ge=15, le=720)] = 240
    minutes: Minutes | None = None

    @property
    def sentence(self) -> str:
        long = f"one of {self.minutes} minutes" if self.minutes else "one as long as both together"
        return (
            f"Two visits of less than {self.below} minutes to one person, within {self.within} minutes of each other, "
            f"become {long}."
        )

    def apply(self, problem: Problem) -> Problem:
        apart = {frozenset((link.first, link.second)) for link in problem.links if link.at_least is not None}
        by_day: dict[tuple[str, int], list[Visit]] = defaultdict(list)
        for visit in problem.visits:
            if visit.commissioned < self.below:
                by_day[visit.client, visit.day].append(visit)
        into: dict[str, str] = {}
        merged: dict[str, Visit] = {}
        for visits in by_day.values():
            for first, second in pairwise(sorted(visits, key=lambda v: (v.preferred, v.id))):
                free = first.id not in into and first.id not in merged
                if free and frozenset((first.id, second.id)) not in apart and self._fit(first, second):
                    merged[first.id] = self._one(first, second, problem)
                    into[second.id] = first.id
        kept = [merged.get(visit.id, visit) for visit in problem.visits if visit.id not in into]
        return with_visits(problem, kept, into)

    def _fit(self, first: Visit, second: Visit) -> bool:
        bound = any(v.time_critical or v.fixed_start is not None or v.fixed_carers for v in (first, second))
        return (
            not bound and first.carers == second.carers and second.preferred - first.preferred <= self.within
        )

    def _one(self, first: Visit, second: Visit, problem: Problem) -> Visit:
        both = (*first.tasks, *second.tasks)
        minutes = self.minutes or first.commissioned + second.commissioned
        return replace(
            first,
            earliest=min(first.earliest, second.earliest),
            latest=max(first.latest, second.latest),
            preferred=(first.preferred + second.preferred) // 2,
            commissioned=minutes,
            needed=task_minutes(both, problem.start) if both else first.needed + second.needed,
            tasks=both,
            skills=first.skills | second.skills,
            together=0
            if 0 in (first.together, second.together)
            else min(minutes, first.together + second.together),
            personal_care=first.personal_care or second.personal_care,
            short_agreed=first.short_agreed and second.short_agreed,
            priority=min(first.priority, second.priority),
            purpose=first.purpose if first.purpose is second.purpose else _broader(first, second),
        )


def _broader(first: Visit, second: Visit) -> Purpose:
    """Of two purposes the one that allows less: care before all others."""
    return first.purpose if first.purpose is Purpose.CARE else second.purpose
