"""The streets of a map extract, to be drawn under a rota: read from the user's own file, so nothing is fetched."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from math import cos, hypot, radians
from pathlib import Path

from scheduler.domain import Place
from scheduler.errors import TravelError
from scheduler.travel.engine import Line

MOST_BYTES = 20_000_000
"""Of a larger extract no streets are drawn: reading it would take longer than planning."""
MOST_POINTS = 60_000
"""With more points than this only the main roads are drawn: a map has to open on a phone."""
AROUND = 0.012
"""Degrees around the places that are drawn."""
DETAIL = 0.00005
"""Degrees (about 5 m) that a line may be off."""
MAIN = frozenset(
    f"{name}{link}" for name in ("motorway", "trunk", "primary", "secondary") for link in ("", "_link")
)
SMALL = frozenset({"tertiary", "tertiary_link", "unclassified", "residential", "living_street"})

Streets = tuple[list[Line], list[Line]]
"""Main roads and small streets."""


def can_read() -> bool:
    """Is the reader of map extracts installed? It comes with the extra `roads`."""
    return find_spec("osmium") is not None


def streets(path: Path, places: Sequence[Place]) -> Streets:
    """The streets around these places; none of a large extract. Raises TravelError where it cannot be read."""
    try:
        if not places or path.stat().st_size > MOST_BYTES:
            return [], []
    except OSError as error:
        raise TravelError(f"{path} cannot be read as a map: {error.strerror}.") from error
    if not can_read():
        return [], []  # the map is drawn without them
    import osmium

    south, north = min(p.lat for p in places) - AROUND, max(p.lat for p in places) + AROUND
    west, east = min(p.lon for p in places) - AROUND, max(p.lon for p in places) + AROUND
    lines: Streets = [], []
    try:
        wanted = osmium.filter.TagFilter(*(("highway", name) for name in MAIN | SMALL))
        for way in osmium.FileProcessor(str(path)).with_locations().with_filter(wanted):
            if not isinstance(way, osmium.osm.Way):
                continue
            line = tuple((node.lat, node.lon) for node in way.nodes if node.location.valid())
            if any(south < lat < north and west < lon < east for lat, lon in line):
                lines[way.tags["highway"] in SMALL].append(line)
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise TravelError(f"{path} cannot be read as a map: {error}.") from error
    main, small = ([_simpler(line) for line in of_a_kind] for of_a_kind in lines)
    if sum(map(len, main)) + sum(map(len, small)) > MOST_POINTS:
        return main, []
    return main, small


def _simpler(line: Line) -> Line:
    """Without the points that lie next to the line between their neighbours (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    kept, pieces = {0, len(line) - 1}, [(0, len(line) - 1)]
    while pieces:
        first, last = pieces.pop()
        if last - first < 2:
            continue
        worst, off = _farthest(line, first, last)
        if off > DETAIL:
            kept.add(worst)
            pieces += [(first, worst), (worst, last)]
    return tuple(line[i] for i in sorted(kept))


def _farthest(line: Line, first: int, last: int) -> tuple[int, float]:
    """The point between these two that is farthest off the line through them, and how many degrees."""
    (lat, lon), (to_lat, to_lon) = line[first], line[last]
    shrink = cos(radians(lat))
    north, east = to_lat - lat, (to_lon - lon) * shrink
    length = hypot(north, east)

    def away(i: int) -> float:
        up, right = line[i][0] - lat, (line[i][1] - lon) * shrink
        return abs(up * east - right * north) / length if length else hypot(up, right)

    worst = max(range(first + 1, last), key=away)
    return worst, away(worst)
