"""From seconds on the way to the whole minutes, door to door, that a rota is planned with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Place
from scheduler.errors import DomainError
from scheduler.travel.base import NO_WAY, Matrix

EARTH_RADIUS = 6_371_008.8
"""Mean radius of the earth in metres; the sphere is wrong by at most 0.5 % within the UK."""
MOTORISED = ("car", "motorcycle")
"""The modes that stand in traffic and look for a place to park."""
_SAME_SPOT = 1.0
"""Metres. Nearer than this, two places are one building: nobody drives off and parks again."""
_SAME_SPOT_MINUTES = 1


@dataclass(frozen=True, slots=True)
class ModeFactors:
    """How a mode travels.

    Without a map: `seconds_per_metre` of STRAIGHT line (detours are in it already), and `circuity`, metres by road or
    path per metre of straight line (for mileage). With one: the road engine's seconds times `road_factor`. With both:
    `door_minutes` to park and walk to the door at each arrival, and what is on the way times `rush_factor` in rush
    hours (1: they are as all others).
    """

    seconds_per_metre: float
    circuity: float
    door_minutes: int
    road_factor: float = 1.0
    rush_factor: float = 1.0

    def __post_init__(self) -> None:
        for name in ("seconds_per_metre", "road_factor"):
            if not getattr(self, name) > 0:
                raise DomainError(f"Travel: {name} {getattr(self, name)}; use more than 0.")
        if not self.circuity >= 1:
            raise DomainError(
                f"Travel: circuity {self.circuity}; no road beats the straight line: use 1 or more."
            )
        if not self.rush_factor >= 1:
            raise DomainError(
                f"Travel: rush_factor {self.rush_factor}; nobody is quicker in a rush hour: use 1 or more."
            )
        if self.door_minutes < 0:
            raise DomainError(f"Travel: {self.door_minutes} minutes to the door; use 0 or more.")


def door_to_door(
    seconds: NDArray[np.float64],
    metres: NDArray[np.float64],
    places: Sequence[Place],
    by: ModeFactors,
    mode: str,
) -> Matrix:
    """The matrix of these seconds and metres on the way, (n, n) each; `nan` seconds: there is no way. Minutes are
    rounded up and never below 1 between two places; metres are rounded to the nearest."""
    # The hair keeps a whole number of minutes whole when floats put it a hair above.
    door = np.full(len(places), by.door_minutes, dtype=np.float64)
    if mode in MOTORISED:
        door += [place.parking for place in places]
    near = straight_metres(places) < _SAME_SPOT

    def minutes(factor: float) -> NDArray[np.int32]:
        found = np.maximum(np.ceil(seconds * factor / 60 - 1e-9) + door, 1)
        found[near] = _SAME_SPOT_MINUTES
        found[np.isnan(found)] = NO_WAY
        np.fill_diagonal(found, 0)
        return np.minimum(found, NO_WAY).astype(np.int32)

    rush = minutes(by.rush_factor) if by.rush_factor > 1 else None
    return Matrix(minutes(1.0), np.rint(np.nan_to_num(metres)).astype(np.int32), rush)


def straight_metres(places: Sequence[Place]) -> NDArray[np.float64]:
    """Metres along the great circle between all pairs (haversine formula: exact for near places too)."""
    lat = np.radians(np.array([place.lat for place in places], dtype=np.float64))
    lon = np.radians(np.array([place.lon for place in places], dtype=np.float64))
    half_lat = np.sin((lat[:, None] - lat) / 2) ** 2
    half_lon = np.sin((lon[:, None] - lon) / 2) ** 2
    across = half_lat + np.cos(lat)[:, None] * np.cos(lat) * half_lon
    metres: NDArray[np.float64] = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(across, 1.0)))
    return metres
