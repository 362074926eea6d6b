"""Travel without a map: the straight line, made longer and slower by factors of the mode.

In Newport its car times correlate 0.95 with a road engine's, its walking times 0.99. A river, a railway or a
hill between two places it does not see: where those matter, use a road engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Place
from scheduler.errors import DomainError, UnknownName
from scheduler.travel.base import Matrix

EARTH_RADIUS = 6_371_008.8
"""Mean radius of the earth in metres; the sphere is wrong by at most 0.5 % within the UK."""
_SAME_SPOT = 1.0
"""Metres. Nearer than this, two places are one building: nobody drives off and parks again."""
_SAME_SPOT_MINUTES = 1


@dataclass(frozen=True, slots=True)
class ModeFactors:
    """How a mode travels.

    `seconds_per_metre` of STRAIGHT line (detours are in it already); `circuity`, metres by road or path per
    metre of straight line (for mileage); `door_minutes` to park and walk to the door at each arrival.
    """

    seconds_per_metre: float
    circuity: float
    door_minutes: int

    def __post_init__(self) -> None:
        if not self.seconds_per_metre > 0:
            raise DomainError(f"Travel: {self.seconds_per_metre} seconds per metre; use more than 0.")
        if not self.circuity >= 1:
            raise DomainError(
                f"Travel: circuity {self.circuity}; no road beats the straight line: use 1 or more."
            )
        if self.door_minutes < 0:
            raise DomainError(f"Travel: {self.door_minutes} minutes to the door; use 0 or more.")


@dataclass(frozen=True, slots=True)
class StraightLine:
    """The built-in `TravelTimes`: `factors` by mode are the agency's settings (by default UK figures)."""

    factors: Mapping[str, ModeFactors]

    def matrix(self, places: Sequence[Place], mode: str) -> Matrix:
        """Minutes are rounded up and never below 1 between two places; metres are rounded to the nearest."""
        if mode not in self.factors:
            raise UnknownName("travel mode", mode, self.factors)
        by = self.factors[mode]
        straight = straight_metres(places)
        # The hair keeps a whole number of minutes whole when floats put it a hair above.
        on_the_way = np.ceil(straight * by.seconds_per_metre / 60 - 1e-9)
        minutes = np.maximum(on_the_way + by.door_minutes, 1)
        minutes[straight < _SAME_SPOT] = _SAME_SPOT_MINUTES
        np.fill_diagonal(minutes, 0)
        return Matrix(minutes.astype(np.int32), np.rint(straight * by.circuity).astype(np.int32))


def straight_metres(places: Sequence[Place]) -> NDArray[np.float64]:
    """Metres along the great circle between all pairs (haversine formula: exact for near places too)."""
    lat = np.radians(np.array([place.lat for place in places], dtype=np.float64))
    lon = np.radians(np.array([place.lon for place in places], dtype=np.float64))
    half_lat = np.sin((lat[:, None] - lat) / 2) ** 2
    half_lon = np.sin((lon[:, None] - lon) / 2) ** 2
    across = half_lat + np.cos(lat)[:, None] * np.cos(lat) * half_lon
    metres: NDArray[np.float64] = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(across, 1.0)))
    return metres
