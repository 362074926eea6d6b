"""A day as Timefold's Python API wants it: classes whose annotations and methods it compiles to Java.

Importing this module starts a Java machine. Its methods are plain loops over whole numbers, because that is what
Timefold translates; a round is scored as a whole, from its list of jobs. Tables come as text (`packed`): a list of
half a million numbers takes Timefold a minute to take over, a text of as many signs no time.
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
            if length == 0:
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
        if len(self.jobs) == 0:
            return 0
        found = 0
        now = self.start
        busy = 0
        before = -1
        slack = 100000
        begun = 0
        for job in self.jobs:
            if before >= 0:
                way = self.at(self.minutes, before * self.size + job.id)
                found += self.per_travel * way + self.at(self.amounts, before * self.size + job.id)
                now += way
                busy += way
            else:
                found += self.at(self.out, job.id)
                begun = self.start if self.start > job.lo else job.lo
            if now < job.lo:
                now = job.lo
            # How much later the round could begin without ending later: it waits no longer than it must.
            if job.hi - now < slack:
                slack = job.hi - now
            length = self.at(job.length, self.column)
            now += length
            busy += length
            found += self.at(job.price, self.column) - job.worth
            before = job.id
        found += self.at(self.back, before)
        waiting = now - begun - busy
        if slack < 0:
            slack = 0
        return found + self.per_waiting * (waiting - slack if waiting > slack else 0)


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
        .filter(lambda round: round.late() > 0)
        .penalize(HardSoftScore.ONE_HARD, lambda round: round.late())
        .as_constraint("late"),
        factory.for_each(Round)
        .filter(lambda round: len(round.jobs) > 0)
        .impact(HardSoftScore.ONE_SOFT, lambda round: -round.cost())
        .as_constraint("money"),
    ]
