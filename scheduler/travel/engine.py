"""What is asked of a road engine, and how its answers become travel times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Place
from scheduler.errors import TravelError
from scheduler.travel.base import Matrix
from scheduler.travel.minutes import ModeFactors, door_to_door

OSM = "© OpenStreetMap contributors, ODbL 1.0"
"""To be printed on every map and report made with roads from OpenStreetMap."""
FAR_FROM_ROADS = 250.0
"""Metres from the nearest road beyond which a place is not planned: the engine would begin in another street."""

Floats = NDArray[np.float64]
Line = tuple[tuple[float, float], ...]
"""Latitude and longitude of the points of a way."""


@dataclass(frozen=True, eq=False, slots=True)
class Answer:
    """Seconds and metres from each source (row) to each destination (column), `nan` where there is no way; and how many
    metres each source, and each destination, is from the road where the engine begins."""

    seconds: Floats
    metres: Floats
    off_source: Floats
    off_destination: Floats


class Tables(Protocol):
    """Who answers with tables for one mode, raising TravelError where that cannot be."""

    @property
    def words(self) -> str:
        """What it is, for those who read the rota: "OSRM on newport.osm.pbf"."""
        ...

    def table(self, sources: Sequence[Place], destinations: Sequence[Place]) -> Answer:
        """Travel from all sources to all destinations."""
        ...


class RoadEngine(Tables, Protocol):
    """A road engine for one mode."""

    @property
    def key(self) -> str:
        """What its answers hang on: the engine, its map and the mode."""
        ...

    def line(self, places: Sequence[Place]) -> list[Line]:
        """The way from each place to the next, along the roads."""
        ...


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a road engine cannot do with a place (a row of the matrix) by a mode ("car and foot": by both): it is `away`
    metres from the nearest road or, where that is None, without a way from or to `others` of the other places."""

    place: int
    mode: str
    away: float | None
    others: int = 0


@dataclass(frozen=True)
class RoadTimes:
    """The `TravelTimes` of road engines, one a mode."""

    engines: Mapping[str, Tables]
    factors: Mapping[str, ModeFactors]

    def matrix(self, places: Sequence[Place], mode: str) -> Matrix:
        """Travel by road; NO_WAY from and to places that are far from every road, and where there is none."""
        return self.judged(places, mode)[0]

    def judged(self, places: Sequence[Place], mode: str) -> tuple[Matrix, tuple[Doubt, ...]]:
        """The same, and what is odd about the places. Raises TravelError where the map is plainly not theirs."""
        answer = self.engines[mode].table(places, places)
        seconds = answer.seconds * self.factors[mode].road_factor
        far = np.maximum(answer.off_source, answer.off_destination)
        lost = far > FAR_FROM_ROADS
        if lost.sum() * 2 > len(places):
            raise TravelError(
                f"{self.engines[mode].words}: {int(lost.sum())} of {len(places)} places are further than "
                f"{FAR_FROM_ROADS:.0f} m from every road there. It is a map of another part of the country: give one "
                "that holds the agency's clients."
            )
        others = ~np.eye(len(places), dtype=np.bool_)
        if len(places) > 1 and np.isnan(seconds[others]).all():
            raise TravelError(
                f"{self.engines[mode].words}: it knows no way between any two of {len(places)} places. It is a map of "
                "another part of the country, or it has no roads for this mode."
            )
        seconds[lost, :] = np.nan
        seconds[:, lost] = np.nan
        return (
            door_to_door(seconds, answer.metres, places, self.factors[mode], mode),
            tuple(_doubts(seconds, far, lost, mode)),
        )


def _doubts(seconds: Floats, far: Floats, lost: NDArray[np.bool_], mode: str) -> list[Doubt]:
    """A pair without a way is reported for the place that misses more: an island, not all of the mainland."""
    found = [Doubt(int(i), mode, float(far[i])) for i in np.nonzero(lost)[0]]
    missing = np.isnan(seconds)
    missing[lost, :] = missing[:, lost] = False
    missing |= missing.T
    np.fill_diagonal(missing, False)
    while missing.any():
        worst = int(missing.sum(axis=1).argmax())
        found.append(Doubt(worst, mode, None, int(missing[worst].sum())))
        missing[worst, :] = missing[:, worst] = False
    return found
