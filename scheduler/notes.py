"""What carers and clients say about the plan: they are in the house, and know where it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoteKind(StrEnum):
    """What a note is about: a visit, the journey to it, or a person."""

    TOO_SHORT = "too short"
    TRAVEL = "travel too tight"
    PARKING = "no parking"
    OTHER_TIME = "another time"
    THRIVES = "thrives with"
    OTHER = "other"


class Voice(StrEnum):
    """Who says it."""

    CLIENT = "client"
    FAMILY = "family"
    CARER = "carer"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Note:
    """One note. `day` counts from the first day of the period (those before are negative). `plan` is the row of the
    care plan that it is about ('': all of the client's). `carer` says it, or is the one of whom it is said. `minutes`:
    how long the visit takes, or how much longer the journey, by their account; `time` (minute of the day): when the
    client would rather have it."""

    day: int
    client: str
    kind: NoteKind
    voice: Voice
    plan: str = ""
    carer: str = ""
    minutes: int | None = None
    time: int | None = None
    text: str = ""

    @property
    def person(self) -> tuple[Voice, str]:
        """Who says it, so that one person who says a thing twice is one."""
        return self.voice, self.carer if self.voice is Voice.CARER else ""
