"""Where people live: real postcodes, most of them round a few centres, as houses stand."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, isqrt, radians

from scenarios.generate.dice import Dice
from scenarios.generate.spec import Spec
from scheduler.errors import CareroundError
from scheduler.places import in_district, locate

_METRES_PER_DEGREE = 111_195
_NEAR = {"urban": 900, "rural": 2_000}
"""Metres from its centre within which a neighbourhood lies."""
_CLIENTS_A_CENTRE = {"urban": 12, "rural": 9}
_ROUND_A_CENTRE = 0.8
"""Share of people who live in a neighbourhood; the others live anywhere in the districts."""


@dataclass(frozen=True)
class Town:
    """All postcodes of the districts with their points on a flat map in metres, and the neighbourhoods among them."""

    postcodes: list[str]
    points: list[tuple[int, int]]
    neighbourhoods: list[list[int]]

    def home(self, dice: Dice) -> int:
        """Somebody's postcode, as a position."""
        if dice.chance(_ROUND_A_CENTRE):
            return dice.pick(dice.pick(self.neighbourhoods))
        return dice.whole(0, len(self.postcodes) - 1)

    def metres(self, one: int, other: int) -> int:
        """Straight line between two postcodes."""
        (x, y), (u, v) = self.points[one], self.points[other]
        return isqrt((x - u) ** 2 + (y - v) ** 2)


def town(spec: Spec) -> Town:
    """The districts' postcodes; a known district without any is an error that names it."""
    by_district = {district: in_district(district) for district in spec.districts}
    for district, found in by_district.items():
        if not found:
            raise CareroundError(
                f"Made-up agency: no postcode is known in district {district!r}; use one like 'NP20'."
            )
    located = locate(postcode for found in by_district.values() for postcode in found)
    if not located:
        raise CareroundError(f"Made-up agency: nothing is known of where {', '.join(spec.districts)} are.")
    points = _flat(list(located.values()))
    return Town(list(located), points, _neighbourhoods(points, spec))


def _flat(places: list[tuple[float, float]]) -> list[tuple[int, int]]:
    """Degrees -> metres east and north of the first place; exact enough within a county."""
    lat0, lon0 = places[0]
    east = _METRES_PER_DEGREE * cos(radians(lat0))
    return [(round((lon - lon0) * east), round((lat - lat0) * _METRES_PER_DEGREE)) for lat, lon in places]


def _neighbourhoods(points: list[tuple[int, int]], spec: Spec) -> list[list[int]]:
    dice = Dice(spec.seed, "town")
    count = max(2, round(spec.clients / _CLIENTS_A_CENTRE[spec.setting]))
    near = _NEAR[spec.setting] ** 2
    found = []
    for _ in range(count):
        x, y = dice.pick(points)
        found.append([i for i, (u, v) in enumerate(points) if (x - u) ** 2 + (y - v) ** 2 <= near])
    return found
