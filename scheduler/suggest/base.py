"""What a suggestion is, and when what was clocked is evidence enough."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scheduler.notes import Note

ALONE = 6
"""Recorded visits or journeys that say something by themselves (ASSUMPTION)."""
WITH_A_NOTE = 3
"""... and beside a note (ASSUMPTION)."""
PEOPLE = 2
"""People whose notes say something without any record (ASSUMPTION)."""
CONFIDENCE = 0.95
ENOUGH = 0.75
"""Share of the recorded visits for which a new length must have been enough."""
STEP = 5
"""Minutes: new lengths are multiples of it."""

RULE = (
    "A length or a door is suggested where clocked visits or journeys ran over more often than not: at least "
    f"{ALONE} are recorded, and the lower end of Wilson's one-sided {CONFIDENCE:.0%} interval of the share that ran "
    f"over is above a half. With a note that says the same, {WITH_A_NOTE} records are enough and more than half of "
    f"them must have run over; without records {PEOPLE} people must say so. A new length would have been enough in "
    f"at least {ENOUGH:.0%} of the recorded visits, rounded up to {STEP} minutes. Journeys count where there was no "
    "time to spare: where the carer left so late that by the plan there was no waiting."
)
"""The rule in words, for the paper."""


class What(StrEnum):
    """What would change."""

    LENGTH = "length"
    DOOR = "door"
    TIME = "time"
    CARER = "carer"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One change of the agency's tables. `now` and `then` are minutes (LENGTH: of the visit; DOOR: more than usual at
    this door; TIME: of the day); `plan` and `carer` where it is about one. LOOK changes nothing: somebody should look.
    `change` says it in words, `where` which cell to change, `evidence` why, a sentence each."""

    what: What
    client: str
    change: str
    where: str
    evidence: tuple[str, ...]
    plan: str = ""
    carer: str = ""
    now: int = 0
    then: int = 0

    @property
    def id(self) -> str:
        """The same for the same change at any time: 'length:C01-am', 'carer:C01:K02'."""
        about = self.plan or ":".join(part for part in (self.client, self.carer) if part)
        return f"{self.what}:{about}"


def ran_over(over: int, of: int, notes: Sequence[Note]) -> bool:
    """Do so many of so many records, with these notes that say the same, show that the plan is too tight?"""
    if of >= ALONE and _lower_end(over, of) > 0.5:
        return True
    return bool(notes) and of >= WITH_A_NOTE and 2 * over > of


def said_by_enough(notes: Collection[Note]) -> bool:
    """Do so many people say so that no record is needed?"""
    return len({note.person for note in notes}) >= PEOPLE


def _lower_end(count: int, of: int) -> float:
    from scipy import stats

    test = stats.binomtest(count, of)
    return float(test.proportion_ci(confidence_level=2 * CONFIDENCE - 1, method="wilson").low)


def what_was_said(notes: Sequence[Note]) -> list[str]:
    """'2 notes say so (carer, family).'; nothing where there is none."""
    if not notes:
        return []
    who = ", ".join(sorted({note.voice.value for note in notes}))
    return [f"{len(notes)} notes say so ({who})." if len(notes) > 1 else f"1 note says so ({who})."]


def middle(values: Sequence[int]) -> int:
    """The median; of an even number the upper one of the two in the middle."""
    return sorted(values)[len(values) // 2]
