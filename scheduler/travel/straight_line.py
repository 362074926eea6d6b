"""Travel without a map: the straight line, made longer and slower by factors of the mode.

In Newport its car times correlate 0.95 with a road engine's, its walking times 0.99. A river, a railway or a
hill between two places it does not see: where those matter, use a road engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.domain import Place
from scheduler.errors import UnknownName
from scheduler.travel.base import Matrix
from scheduler.travel.minutes import ModeFactors, door_to_door, straight_metres

WORDS = "straight line"


@dataclass(frozen=True, slots=True)
class StraightLine:
    """The built-in `TravelTimes`: `factors` by mode are the agency's settings (by default UK figures)."""

    factors: Mapping[str, ModeFactors]

    def matrix(self, places: Sequence[Place], mode: str) -> Matrix:
        """Minutes and metres by the straight line between each two places."""
        if mode not in self.factors:
            raise UnknownName("travel mode", mode, self.factors)
        by = self.factors[mode]
        straight = straight_metres(places)
        return door_to_door(straight * by.seconds_per_metre, straight * by.circuity, places, by, mode)
