"""An agency's settings: what it pays, which policy it keeps, what it would pay to avoid a thing.

The defaults are UK figures in force on a date (`scheduler.uk`), so that each has its source. `prices` holds only what
the agency changed: a rule knows its own default prices and their sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from scheduler.domain import MODES
from scheduler.errors import CareroundError, DomainError
from scheduler.travel.minutes import ModeFactors
from scheduler.uk import figure, figures

NATIONS = ("england", "wales", "scotland", "northern ireland")


class Policy(StrEnum):
    """Which minimum visit length is kept."""

    NONE = "none"
    FLOOR = "floor"
    NICE = "nice"
    WALES = "wales"


@dataclass(frozen=True, slots=True)
class Rise:
    """What a rate of `Settings` (by its name there) is from a later day on, in pence an hour."""

    rate: str
    since: date
    pence: int


@dataclass(frozen=True, slots=True)
class Settings:
    """Money in pence (an hour, a mile), time in minutes, `on_cost_percent` 133 means pay x 1.33.

    `living_wage` is the Living Wage Foundation's voluntary rate (0: not compared with). `mile_costs` is what a mile
    costs a carer, by mode: what mileage does not pay back of it comes off the pay. `rises`: what of the minimum wages
    and the Living Wage is known to change later, each rate's in order of date. `pay_period_weeks`: the weeks over
    which pay is averaged against the minimum wage, counted from the first day of the period; with `pay_monthly` it is
    all weeks that end in one calendar month. A delivered visit is short
    when more than `short_tolerance` minutes are missing. `isf_kept`: no visit is
    planned beyond a person's fund; `isf_surplus_weeks` weekly budgets may be saved, `isf_keep_weeks` weeks long.
    `young_night`: from and until which minute of the day nobody under 18 works.
    `rush_hours`: from and until, minutes of a working day, when the `rush_factor` of a mode holds.
    A change told less than `short_notice` minutes before is told late, and a carer is paid `short_notice_percent` of
    a visit that is given to somebody else then.
    """

    agency: str
    nation: str
    policy: Policy
    floor_minutes: int
    tasks_enforced: bool
    hourly: int
    minimum_wage: int
    minimum_wage_young: int
    on_cost_percent: int
    running_cost: int
    waiting_cap: int
    break_after: int
    break_minutes: int
    young_break_after: int
    young_break_minutes: int
    daily_rest: int
    young_daily_rest: int
    weekly_rest: int
    young_weekly_rest: int
    weekly_limit: int
    young_weekly_limit: int
    rolling_days: int
    told_tolerance: int
    modes: Mapping[str, ModeFactors]
    prices: Mapping[str, int] = field(default_factory=dict)
    living_wage: int = 0
    pay_period_weeks: int = 1
    pay_monthly: bool = False
    mile_costs: Mapping[str, int] = field(default_factory=dict)
    short_tolerance: int = 5
    isf_kept: bool = False
    isf_surplus_weeks: int = 4
    isf_keep_weeks: int = 12
    rush_hours: tuple[tuple[int, int], ...] = ()
    short_notice: int = 24 * 60
    short_notice_percent: int = 0
    rises: tuple[Rise, ...] = ()
    young_night: tuple[int, int] = (22 * 60, 6 * 60)

    def __post_init__(self) -> None:
        if self.nation not in NATIONS:
            raise DomainError(f"Setting nation {self.nation!r}: use one of {', '.join(NATIONS)}.")
        legal = max(figure.value for figure in figures() if figure.name == "visit.wales_floor")
        if self.policy is Policy.WALES and self.floor_minutes < legal:
            raise DomainError(
                f"Setting floor_minutes {self.floor_minutes}: under the law of Wales the floor is {legal} minutes; "
                "use that or more, or another policy."
            )
        if self.on_cost_percent < 100:
            raise DomainError(
                f"Setting on_cost_percent {self.on_cost_percent}: 100 is pay alone; use 100 or more."
            )

    def rate(self, name: str, on: date) -> int:
        """`minimum_wage`, `minimum_wage_young` or `living_wage` as it is on that day."""
        pence: int = getattr(self, name)
        for rise in self.rises:
            if rise.rate == name and rise.since <= on:
                pence = rise.pence
        return pence


_FIGURES_OF_RATES = {
    "minimum_wage": "minimum_wage.adult",
    "minimum_wage_young": "minimum_wage.16_17",
    "living_wage": "living_wage.uk",
}


def default_settings(on: date) -> Settings:
    """The settings of an agency in England that changed nothing, by the figures in force `on` that date."""

    def minutes(name: str) -> int:
        return int(figure(name, on).value)

    def factors(mode: str) -> ModeFactors:
        return ModeFactors(
            seconds_per_metre=float(figure(f"travel.seconds_per_metre.{mode}", on).value),
            circuity=float(figure(f"travel.circuity.{mode}", on).value),
            door_minutes=int(figure(f"travel.door_minutes.{mode}", on).value),
            road_factor=float(figure(f"travel.road_factor.{mode}", on).value),
            rush_factor=float(figure(f"travel.rush_factor.{mode}", on).value),
        )

    return Settings(
        agency="Agency",
        nation="england",
        policy=Policy.NICE,
        floor_minutes=minutes("visit.short_threshold"),
        tasks_enforced=False,
        hourly=minutes("minimum_wage.adult"),
        minimum_wage=minutes("minimum_wage.adult"),
        minimum_wage_young=minutes("minimum_wage.16_17"),
        on_cost_percent=minutes("cost.on_cost_percent"),
        running_cost=minutes("cost.running_cost"),
        waiting_cap=minutes("pay.counted_waiting"),
        break_after=minutes("wtr.break_after"),
        break_minutes=minutes("wtr.break_minutes"),
        young_break_after=minutes("wtr.young_break_after"),
        young_break_minutes=minutes("wtr.young_break_minutes"),
        daily_rest=minutes("wtr.daily_rest"),
        young_daily_rest=minutes("wtr.young_daily_rest"),
        weekly_rest=minutes("wtr.weekly_rest"),
        young_weekly_rest=minutes("wtr.young_weekly_rest"),
        weekly_limit=minutes("wtr.weekly_limit"),
        young_weekly_limit=minutes("wtr.young_weekly_limit"),
        rolling_days=minutes("continuity.rolling_days"),
        told_tolerance=minutes("punctuality.told"),
        modes={mode: factors(mode) for mode in MODES},
        living_wage=_living_wage(on),
        short_tolerance=minutes("delivered.short"),
        isf_surplus_weeks=minutes("isf.surplus_weeks"),
        isf_keep_weeks=minutes("isf.keep_weeks"),
        short_notice=minutes("short_notice.minutes"),
        short_notice_percent=minutes("short_notice.percent"),
        mile_costs={mode: minutes(f"mile_cost.{mode}") for mode in MODES},
        rush_hours=tuple(
            (minutes(f"travel.rush_from.{part}"), minutes(f"travel.rush_until.{part}"))
            for part in ("morning", "evening")
        ),
        young_night=(minutes("wtr.young_night_from"), minutes("wtr.young_night_until")),
        rises=tuple(
            Rise(rate, entry.since, int(entry.value))
            for rate, name in _FIGURES_OF_RATES.items()
            for entry in figures()
            if entry.name == name and entry.since > on
        ),
    )


def _living_wage(on: date) -> int:
    """The real Living Wage of that day; 0 before the first one that was read, so that older weeks can be judged."""
    try:
        return int(figure("living_wage.uk", on).value)
    except CareroundError:
        return 0
