"""How long visits are: a policy that the planner keeps, or another order of minutes."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from scenarios.changes.base import Change, chosen, per_cent
from scenarios.changes.edit import each_visit
from scheduler.domain import Purpose, Visit
from scheduler.problem import Problem
from scheduler.settings import Policy

Minutes = Annotated[int, Field(ge=5, le=120)]
Share = Annotated[float, Field(gt=0, le=100)]
Exception_ = Literal["none", "checks", "agreed"]
_KEPT = {
    "none": "",
    "checks": " Short safe-and-well checks stay as they are.",
    "agreed": " Short visits that were agreed with the person stay as they are.",
}


class MinimumLength(Change):
    """The rule that the planner keeps. Nothing is ordered anew: what a visit lasts beyond its order is the agency's."""

    name: ClassVar[str] = "minimum_length"
    figures: ClassVar[tuple[str, ...]] = ("visit.short_threshold", "visit.wales_floor")

    policy: Literal["none", "floor", "nice", "wales"]
    minutes: Minutes = 30

    @property
    def sentence(self) -> str:
        return {
            "none": "No minimum visit length is kept: visits last what was ordered. (In Wales that is not lawful; it "
            "is here for comparison.)",
            "floor": f"No visit is under {self.minutes} minutes, without exception; minutes beyond the order are not "
            "paid for.",
            "nice": f"A visit is under {self.minutes} minutes only with a known carer, as part of a wider package and "
            "for time-limited tasks or a check (NICE NG21, 1.4.2).",
            "wales": f"A visit is under {self.minutes} minutes only under condition A or B of section 8 of the Welsh "
            "Act of 2016.",
        }[self.policy]

    def apply(self, problem: Problem) -> Problem:
        settings = replace(problem.settings, policy=Policy(self.policy), floor_minutes=self.minutes)
        return problem.replace(settings=settings)


class Lengthen(Change):
    """Short visits are ordered, and paid for, at a longer length."""

    name: ClassVar[str] = "lengthen"
    figures: ClassVar[tuple[str, ...]] = ("visit.short_threshold",)
    limits: ClassVar[str] = "Nobody is assumed to do more, or need less elsewhere, because a visit is longer."

    minutes: Minutes = 30
    keep: Exception_ = "none"

    @property
    def sentence(self) -> str:
        return (
            f"Every visit of less than {self.minutes} minutes is ordered at {self.minutes}.{_KEPT[self.keep]}"
        )

    def apply(self, problem: Problem) -> Problem:
        def edit(visit: Visit) -> Visit:
            if visit.commissioned >= self.minutes or stays_short(visit, self.keep):
                return visit
            return replace(visit, commissioned=self.minutes)

        return each_visit(problem, edit)


class DropShort(Change):
    """Short visits that a review finds are not needed."""

    name: ClassVar[str] = "drop_short"
    limits: ClassVar[str] = (
        "Which visits a review would end is not known: a share of the people is chosen by chance."
    )

    below: Minutes = 30
    percent: Share = 100
    only_checks: bool = False

    @property
    def sentence(self) -> str:
        what = "safe-and-well checks" if self.only_checks else "visits"
        return (
            f"After a review, {per_cent(self.percent)} of the people with {what} of less than {self.below} minutes "
            "lose them."
        )

    def apply(self, problem: Problem) -> Problem:
        def short(visit: Visit) -> bool:
            return visit.commissioned < self.below and (
                not self.only_checks or visit.purpose is Purpose.CHECK
            )

        people = sorted({visit.client for visit in problem.visits if short(visit)})
        reviewed = chosen(people, self.percent / 100, self.name)
        return each_visit(problem, lambda visit: None if visit.client in reviewed and short(visit) else visit)


def stays_short(visit: Visit, keep: Exception_) -> bool:
    """Is the visit one of those that the change leaves as they are?"""
    if keep == "checks":
        return visit.purpose is Purpose.CHECK
    return keep == "agreed" and visit.short_agreed
