"""The people and care plans of a made-up agency while they are being drawn. Minutes are minutes of the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

FIRST_START = 7 * 60
LAST_END = 22 * 60
"""The day of care: nobody is visited earlier, and every visit can be over by then."""


@dataclass
class VisitDraft:
    """One row of a care plan. `window` is minutes either side of `preferred`, before day and night cut it."""

    id: str
    client: int
    part: str
    days: tuple[int, ...]
    preferred: int
    window: int
    minutes: int = 30
    tasks: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    carers: int = 1
    together: int = 0
    critical: bool = False
    purpose: str = "care"
    short_agreed: bool = False
    every_weeks: int = 1
    since: date | None = None
    personal_care: bool = False

    @property
    def earliest(self) -> int:
        return max(self.preferred - self.window, FIRST_START)

    @property
    def latest(self) -> int:
        return max(min(self.preferred + self.window, LAST_END - self.minutes), self.preferred)


@dataclass
class ClientDraft:
    """`needs` are the trainings that the client's carers must have, `only` and `never` positions of carers."""

    id: str
    name: str
    postcode: str
    place: int
    area: str
    funding: str
    advocate: str
    interests: tuple[str, ...]
    languages: tuple[str, ...]
    wishes: str
    age_band: str = ""
    gender_wish: str = ""
    needs: frozenset[str] = frozenset()
    double: bool = False
    medication: bool = False
    spaced: bool = False
    max_carers: int = 0
    plan_from: date | None = None
    new: bool = False
    never: dict[int, str] = field(default_factory=dict)
    only: dict[int, str] = field(default_factory=dict)
    prefer: dict[int, str] = field(default_factory=dict)


@dataclass
class LinkDraft:
    """Two rows of one care plan that keep a distance."""

    first: str
    second: str
    days_after: int
    at_least: int
    at_most: int
    measured_from: str
    reason: str


@dataclass
class AbsenceDraft:
    """Whole days from `first` to `last`, or the minutes `start` to `end` of the one day."""

    carer: int
    first: date
    last: date
    reason: str
    start: int = 0
    end: int = 0


@dataclass
class CarerDraft:
    """`shifts` are (weekday, start, end)."""

    id: str
    name: str
    postcode: str
    place: int
    mode: str
    gender: str
    contract: str
    skills: set[str]
    interests: tuple[str, ...]
    languages: tuple[str, ...]
    young: bool = False
    opt_out: bool = False
    shifts: tuple[tuple[int, int, int], ...] = ()
    contracted: int = 0
    wished: int = 0
    most: int = 0
