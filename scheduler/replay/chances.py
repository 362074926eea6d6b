"""What may happen on a day, and how likely it is: stated, or taken from what the agency clocked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scheduler.delivered import Actual
from scheduler.errors import DomainError
from scheduler.rota import Rota
from scheduler.uk import figure

FEWEST = 30
"""Visits clocked in and out from which on the agency's own overruns are drawn."""


@dataclass(frozen=True, slots=True)
class Chances:
    """A visit runs over with `overrun_percent` per cent, then by minutes with an exponential distribution of mean
    `overrun_minutes`; or, where `overruns` are given, by one of those. All travel of a carer's day is multiplied by a
    lognormal factor around 1 whose logarithm has the standard deviation `traffic_percent` per cent. A carer is absent
    for a whole day with `absence_permille` in a thousand."""

    overrun_percent: int
    overrun_minutes: int
    traffic_percent: int
    absence_permille: int
    overruns: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for name, most in (("overrun_percent", 100), ("traffic_percent", 200), ("absence_permille", 1000)):
            if not 0 <= getattr(self, name) <= most:
                raise DomainError(f"Replay: {name} {getattr(self, name)}; use 0 to {most}.")
        if self.overrun_minutes < 0:
            raise DomainError(f"Replay: overruns of {self.overrun_minutes} minutes; use 0 or more.")


def default_chances(on: date) -> Chances:
    """As the figures of that day have it; every one of them is an assumption."""

    def value(name: str) -> int:
        return int(figure(f"replay.{name}", on).value)

    return Chances(
        overrun_percent=value("overrun_percent"),
        overrun_minutes=value("overrun_minutes"),
        traffic_percent=value("traffic_percent"),
        absence_permille=value("absence_permille"),
    )


def from_actuals(chances: Chances, actuals: Iterable[Actual], rota: Rota) -> Chances:
    """The same chances with the overruns that were clocked (minutes beyond the planned ones, 0 where a visit was not
    longer). A visit that was missed or never clocked out tells nothing of how long it takes. Raises DomainError for
    fewer than FEWEST."""
    overruns = []
    for actual in actuals:
        planned = next((leg for leg in rota.of_visit(actual.visit) if leg.carer == actual.carer), None)
        if planned is not None and actual.start is not None and actual.end is not None:
            overruns.append(max(0, actual.end - actual.start - planned.minutes))
    if len(overruns) < FEWEST:
        raise DomainError(
            f"Only {len(overruns)} clocked visits of this rota have a start and an end: give {FEWEST} or more, or "
            "leave them out."
        )
    return Chances(
        chances.overrun_percent,
        chances.overrun_minutes,
        chances.traffic_percent,
        chances.absence_permille,
        tuple(overruns),
    )
