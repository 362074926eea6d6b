"""The things of an agency's week. Each is frozen and checks itself when it is made.

Minutes count from the first midnight of the period (`Problem.start`): Tuesday 08:30 in a period that starts on a Monday
is 1440 + 510. Days count from 0. Things of the past have negative minutes and days.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.errors import DomainError
from scheduler.units import DAY, clock


class Relation(StrEnum):
    """What a client and a carer are to each other, beside strangers."""

    PREFER = "prefer"
    ONLY = "only"
    NEVER = "never"


class Purpose(StrEnum):
    """What a visit is for, as far as the minimum-length policies ask."""

    CARE = "care"
    TIME_LIMITED = "time-limited tasks"
    CHECK = "safe-and-well check"
    RESPITE = "respite"
    SOCIAL = "social"


class PayBasis(StrEnum):
    """Which minutes an agency pays."""

    CONTACT = "contact"
    CONTACT_TRAVEL = "contact and travel"
    SHIFT = "shift"


MODES = ("car", "motorcycle", "bicycle", "foot")
AGE_BANDS = ("under 65", "65 to 74", "75 to 84", "85 and over")
FUNDINGS = ("council", "isf", "self")
GENDERS = ("female", "male")


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise DomainError(message)


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the map: degrees WGS84, the postcode or address that it stands for, and how many minutes longer than
    elsewhere `parking` takes there."""

    lat: float
    lon: float
    label: str = ""
    parking: int = 0

    def __post_init__(self) -> None:
        _require(
            -90 <= self.lat <= 90 and -180 <= self.lon <= 180,
            f"Place {self.label!r}: {self.lat}, {self.lon} is not a latitude and a longitude.",
        )
        _require(
            self.parking >= 0, f"Place {self.label!r}: {self.parking} minutes of parking; use 0 or more."
        )


@dataclass(frozen=True, slots=True)
class Client:
    """The person who gets care. `max_carers` is the person's own limit of distinct carers in the rolling window;
    `plan_from` the day (of the period, usually negative) on which the present care plan began. `age_band` and
    `needs` are for the fairness report only: nothing is planned by them."""

    id: str
    name: str
    place: Place
    interests: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    care_gender: str = ""
    has_advocate: bool | None = None
    funding: str = "council"
    max_carers: int | None = None
    wider_package: bool | None = None
    plan_from: int | None = None
    area: str = ""
    wishes: str = ""
    age_band: str = ""
    needs: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        _require(
            self.care_gender in ("", *GENDERS),
            f"Client {self.id}: gender of carer {self.care_gender!r}; use 'female', 'male' or leave it empty.",
        )
        _require(
            self.funding in FUNDINGS,
            f"Client {self.id}: funding {self.funding!r}; use one of {', '.join(FUNDINGS)}.",
        )
        _require(
            self.age_band in ("", *AGE_BANDS),
            f"Client {self.id}: age band {self.age_band!r}; use one of {', '.join(AGE_BANDS)}, or leave it empty.",
        )
        _require(
            self.max_carers is None or self.max_carers >= 1,
            f"Client {self.id}: at most {self.max_carers} carers; use 1 or more, or leave it empty.",
        )


@dataclass(frozen=True, slots=True)
class PayTerms:
    """What a carer is paid: pence an hour, which minutes, pence a mile, pence an hour more at weekends."""

    basis: PayBasis = PayBasis.CONTACT_TRAVEL
    hourly: int = 0
    mileage: int = 0
    weekend_extra: int = 0

    def __post_init__(self) -> None:
        for name in ("hourly", "mileage", "weekend_extra"):
            value = getattr(self, name)
            _require(value >= 0, f"Pay terms: {name} {value} pence is below zero.")


@dataclass(frozen=True, slots=True)
class Carer:
    """A paid care worker. Weekly minutes: `contracted` are paid whether worked or not, `most` is never exceeded,
    `wished` is what the carer would like. `opt_out`: has signed the 48-hour opt-out. `young`: aged 16 or 17."""

    id: str
    name: str
    home: Place
    mode: str = "car"
    skills: frozenset[str] = frozenset()
    interests: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    gender: str = ""
    contracted: int = 0
    most: int | None = None
    wished: int | None = None
    opt_out: bool = False
    young: bool = False
    pay: PayTerms = PayTerms()

    def __post_init__(self) -> None:
        _require(self.mode in MODES, f"Carer {self.id}: mode {self.mode!r}; use one of {', '.join(MODES)}.")
        _require(
            self.gender in ("", *GENDERS),
            f"Carer {self.id}: gender {self.gender!r}; use 'female', 'male' or leave it empty.",
        )
        _require(
            self.contracted >= 0, f"Carer {self.id}: contracted {self.contracted} minutes is below zero."
        )
        _require(
            self.most is None or self.most >= self.contracted,
            f"Carer {self.id}: at most {self.most} minutes a week but contracted for {self.contracted}.",
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """One dated visit to one client.

    `earliest`, `latest` and `preferred` are minutes at which it may START; `commissioned` is what somebody pays for,
    `needed` what its tasks take (0 when no tasks are listed); `carers` is 1 or 2; `together` how many minutes of a
    double-up the second carer stays (0: all of it). `fixed_start` and `fixed_carers` are locks.
    """

    id: str
    client: str
    day: int
    earliest: int
    latest: int
    preferred: int
    commissioned: int
    needed: int = 0
    tasks: tuple[str, ...] = ()
    skills: frozenset[str] = frozenset()
    carers: int = 1
    together: int = 0
    personal_care: bool = True
    time_critical: bool = False
    purpose: Purpose = Purpose.CARE
    short_agreed: bool = False
    priority: int = 3
    part: str = ""
    plan: str = ""
    fixed_start: int | None = None
    fixed_carers: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require(
            self.commissioned > 0,
            f"Visit {self.id}: {self.commissioned} commissioned minutes; use 1 or more.",
        )
        _require(
            self.earliest <= self.latest,
            f"Visit {self.id}: the window ends ({clock(self.latest)}) before it starts ({clock(self.earliest)}).",
        )
        _require(
            self.earliest <= self.preferred <= self.latest,
            f"Visit {self.id}: the preferred start {clock(self.preferred)} is outside its window "
            f"{clock(self.earliest)}-{clock(self.latest)}.",
        )
        _require(
            self.day * DAY <= self.earliest and self.latest < (self.day + 1) * DAY,
            f"Visit {self.id}: its window leaves day {self.day}.",
        )
        _require(self.carers in (1, 2), f"Visit {self.id}: {self.carers} carers; use 1 or 2.")
        _require(
            0 <= self.together <= self.commissioned and (self.carers == 2 or self.together == 0),
            f"Visit {self.id}: {self.together} minutes together do not fit a visit of {self.commissioned} minutes "
            f"with {self.carers} carer(s).",
        )
        _require(1 <= self.priority <= 5, f"Visit {self.id}: priority {self.priority}; use 1 (highest) to 5.")
        _require(
            len(self.fixed_carers) <= self.carers and len(set(self.fixed_carers)) == len(self.fixed_carers),
            f"Visit {self.id}: locked to {len(self.fixed_carers)} carers but takes {self.carers} different ones.",
        )


@dataclass(frozen=True, slots=True)
class Link:
    """Two visits of one client that must keep a distance: `at_least` <= start of `second` - (start of `first` +
    `offset`) <= `at_most` minutes. `offset` is 0 between starts, and the first visit's commissioned minutes where
    the time from its end counts (a night in bed)."""

    first: str
    second: str
    at_least: int | None = None
    at_most: int | None = None
    offset: int = 0
    reason: str = ""

    def __post_init__(self) -> None:
        _require(
            self.at_least is not None or self.at_most is not None,
            f"Link {self.first} - {self.second}: give at least or at most minutes.",
        )
        _require(
            self.at_least is None or self.at_most is None or self.at_least <= self.at_most,
            f"Link {self.first} - {self.second}: at least {self.at_least} but at most {self.at_most} minutes.",
        )


@dataclass(frozen=True, slots=True)
class Shift:
    """A spell in which a carer can be planned: the carer is with clients from `start` to `end` at the most, and
    travels from and to home outside it. A split shift is two of them."""

    carer: str
    day: int
    start: int
    end: int

    def __post_init__(self) -> None:
        _require(
            self.day * DAY <= self.start < self.end <= (self.day + 1) * DAY,
            f"Shift of carer {self.carer}: {clock(self.start)}-{clock(self.end)} is not within day {self.day}.",
        )


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation between one client and one carer, with its reason and the date (ISO) since when."""

    client: str
    carer: str
    relation: Relation
    reason: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a client was told of one visit when the rota was published: the carers, and the start (a minute of the
    period). The visit may have gone since, and so may the carers."""

    visit: str
    start: int
    carers: tuple[str, ...]

    def __post_init__(self) -> None:
        _require(
            bool(self.carers) and len(set(self.carers)) == len(self.carers),
            f"Promise of visit {self.visit}: {', '.join(self.carers) or 'nobody'} was told; name each carer once.",
        )


@dataclass(frozen=True, slots=True)
class PastVisit:
    """Who visited whom before the period: `start` is negative minutes, `minutes` its length (0: not known)."""

    client: str
    carer: str
    start: int
    minutes: int = 0

    @property
    def day(self) -> int:
        return self.start // DAY
