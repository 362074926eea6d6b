"""A day as Timefold's Python API wants it: classes whose annotations and methods it compiles to Java.

Importing this module starts a Java machine. Its methods are plain loops over whole numbers, because that is what
Timefold translates, and short: one with long jumps (EXTENDED_ARG in its bytecode) is left to Python, and a move then
takes a tenth of a second. A round is scored as a whole, from its list of jobs. Tables come as text (`packed`): a list
of half a million numbers takes Timefold a minute to take over, a text of as many signs no time.
"""

# No `from __future__ import annotations` here: Timefold reads the annotations as objects.
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningListVariable,
    PlanningScore,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    Constraint,
    ConstraintFactory,
    HardSoftScore,
    constraint_provider,
)

DIGIT = 40_000
"""Numbers are written in digits of this many values, two a number: all are signs that Java holds in one unit."""


def packed(numbers: Iterable[int]) -> str:
    """Numbers from 0 to DIGIT ** 2 - 1 as text that `Round.at` reads."""
    return "".join(chr(number // DIGIT + 1) + chr(number % DIGIT + 1) for number in numbers)


@dataclass
class Job:
    """A visit: `lo` and `hi` bound its start; `length` and `price` (packed) by carer, a length of 0 where a carer may
    not come. `worth` is what leaving it out costs."""

    id: Annotated[int, PlanningId]
    lo: int
    hi: int
    worth: int
    length: str
    price: str


@planning_entity
@dataclass
class Round:
    """A shift of the carer in `column` and its jobs in order. Packed: `minutes` and `amounts` (money) from each of
    `size` jobs to each, `out` and `back` (money) from home and to it."""

    id: Annotated[int, PlanningId]
    column: int
    start: int
    end: int
    per_waiting: int
    per_travel: int
    size: int
    minutes: str
    amounts: str
    out: str
    back: str
    jobs: Annotated[list[Job], PlanningListVariable(allows_unassigned_values=True)] = field(
        default_factory=list
    )

    def at(self, text: str, index: int) -> int:
        """The number at that position of a packed table."""
        return (self.sign(text, 2 * index) - 1) * 40_000 + self.sign(text, 2 * index + 1) - 1

    def sign(self, text: str, index: int) -> int:
        """A function of its own: what returns `int` is compiled to arithmetic without a look at types."""
        return ord(text[index])

    def late(self) -> int:
        """Minutes past windows and past the end of the shift, and a day for each job of somebody else's."""
        found = 0
        now = self.start
        before = -1
        for job in self.jobs:
            length = self.at(job.length, self.column)
            if length < 1:
                found += 1440
            if before >= 0:
                now += self.at(self.minutes, before * self.size + job.id)
            if now < job.lo:
                now = job.lo
            if now > job.hi:
                found += now - job.hi
            now += length
            before = job.id
        if now > self.end:
            found += now - self.end
        return found

    def cost(self) -> int:
        """Money for visits, journeys and waiting, less what leaving the visits out would cost."""
        if len(self.jobs) < 1:
            return 0
        return self.money() + self.per_waiting * self.waiting()

    def money(self) -> int:
        """The same without waiting."""
        found = 0
        before = -1
        for job in self.jobs:
            found += self.money_of(job, before)
            before = job.id
        return found + self.at(self.back, before)

    def money_of(self, job: Job, before: int) -> int:
        """For one visit and the way to it, from the job `before` or from home (-1)."""
        found = self.at(job.price, self.column) - job.worth
        if before < 0:
            return found + self.at(self.out, job.id)
        pair = before * self.size + job.id
        return found + self.per_travel * self.at(self.minutes, pair) + self.at(self.amounts, pair)

    def waiting(self) -> int:
        """Minutes that are neither visit nor journey, where the round begins as late as it can without ending later."""
        now = self.start
        before = -1
        idle = 0
        slack = 100000
        for job in self.jobs:
            if before >= 0:
                now += self.at(self.minutes, before * self.size + job.id)
            if now < job.lo:
                if before >= 0:
                    idle += job.lo - now
                now = job.lo
            if job.hi - now < slack:
                slack = job.hi - now
            now += self.at(job.length, self.column)
            before = job.id
        return self.left(idle, slack)

    def left(self, idle: int, slack: int) -> int:
        """Idle minutes less those by which the round could begin later."""
        if slack > 0:
            idle -= slack
        if idle < 0:
            return 0
        return idle


@planning_solution
@dataclass
class Plan:
    """A day."""

    jobs: Annotated[list[Job], ProblemFactCollectionProperty, ValueRangeProvider]
    rounds: Annotated[list[Round], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore, PlanningScore] = field(default=None)


@constraint_provider
def constraints(factory: ConstraintFactory) -> list[Constraint]:
    """Nobody late, then the money."""
    return [
        factory.for_each(Round)
        .penalize(HardSoftScore.ONE_HARD, lambda round: round.late())
        .as_constraint("late"),
        factory.for_each(Round)
        .filter(lambda round: len(round.jobs) > 0)
        .impact(HardSoftScore.ONE_SOFT, lambda round: -round.cost())
        .as_constraint("money"),
    ]
