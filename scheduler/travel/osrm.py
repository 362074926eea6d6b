"""The answers of OSRM, from a server or in process, checked before they are believed.

Source: https://project-osrm.org/docs/v5.24.0/api/ (table and route service).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scheduler.errors import TravelError
from scheduler.travel.engine import Answer, Floats, Line

FASTEST = 90.0
"""Metres a second that nobody drives: a table that says so is nonsense."""


def read_table(found: Any, sources: int, destinations: int, who: str) -> Answer:
    """The table of an answer; `who` is named where it makes no sense."""
    if not isinstance(found, Mapping):
        raise nonsense(who, "it is no object")
    seconds = _grid(found, "durations", sources, destinations, who)
    metres = _grid(found, "distances", sources, destinations, who)
    if (np.isnan(seconds) != np.isnan(metres)).any():
        raise nonsense(who, "times and distances do not fit together")
    if (metres > FASTEST * np.maximum(seconds, 1) + 1000).any():
        raise nonsense(who, "some distances would take a racing car")
    return Answer(
        seconds,
        metres,
        _off(found, "sources", sources, who),
        _off(found, "destinations", destinations, who),
    )


def read_lines(found: Any, legs: int, who: str) -> list[Line]:
    """The way of each leg of a route that was asked for with steps and GeoJSON."""
    try:
        route = found["routes"][0]["legs"]
        lines = [
            tuple(
                (float(lat), float(lon))
                for step in leg["steps"]
                for lon, lat in step["geometry"]["coordinates"]
            )
            for leg in route
        ]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise nonsense(who, f"a route without its way ({error})") from error
    if len(lines) != legs:
        raise nonsense(who, f"a route of {len(lines)} legs, not {legs}")
    return [tuple(dict.fromkeys(line)) for line in lines]


def nonsense(who: str, what: str) -> TravelError:
    """The error for an answer that cannot be used."""
    return TravelError(
        f"{who} answered what cannot be used: {what}. Is it an OSRM server of version 5.24 or later?"
    )


def _grid(found: Mapping[str, Any], name: str, rows: int, columns: int, who: str) -> Floats:
    """A table of numbers, null where there is no way."""
    try:
        table: Sequence[Sequence[float | None]] = found[name]
        grid = np.array(
            [[np.nan if cell is None else float(cell) for cell in row] for row in table], dtype=np.float64
        )
    except (KeyError, TypeError, ValueError) as error:
        raise nonsense(who, f"no table of {name} ({error})") from error
    if grid.shape != (rows, columns):
        raise nonsense(who, f"{name} of shape {grid.shape}, not {(rows, columns)}")
    if (grid < 0).any() or np.isinf(grid).any():
        raise nonsense(who, f"{name} below zero or without end")
    return grid


def _off(found: Mapping[str, Any], name: str, count: int, who: str) -> Floats:
    """How far from each place the road is that was taken for it; 0 where an old server does not say."""
    points = found.get(name)
    try:
        far = [0.0 if point is None else float(point.get("distance", 0.0)) for point in points or ()]
    except (AttributeError, TypeError, ValueError) as error:
        raise nonsense(who, f"{name} without places ({error})") from error
    if len(far) != count:
        raise nonsense(who, f"{len(far)} {name}, not {count}")
    return np.array(far, dtype=np.float64)
