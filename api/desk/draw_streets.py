"""The process that reads a map: `python -m api.desk.draw_streets MAP SOUTH WEST NORTH EAST` writes the streets around
that area (degrees) as the board asks for them, as JSON. It ends with CANNOT where the map cannot be read; the JSON then
says so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from scheduler.domain import Place
from scheduler.errors import TravelError
from scheduler.report.map_roads import packed
from scheduler.travel.engine import OSM, Line
from scheduler.travel.streets import streets

DRAWN, CANNOT = 0, 3
"""How the process ends. (Python itself ends with 1 or 2 where something is wrong.)"""
ELSEWHERE = "No streets are drawn: the map {name} has none where the clients live."
ONLY_MAIN = "Main roads only: the clients live too far apart for every street."


def drawing(main: Sequence[Line], small: Sequence[Line], told: str) -> bytes:
    """Main roads, small streets and the sentence below them, as JSON."""
    lines = {"main": [packed(line) for line in main], "small": [packed(line) for line in small]}
    return json.dumps({**lines, "told": told}, ensure_ascii=False, separators=(",", ":")).encode()


def draw(path: Path, south: float, west: float, north: float, east: float) -> tuple[bytes, int]:
    """The streets around that area, and DRAWN; or why there are none, and CANNOT."""
    try:
        main, small = streets(path, [Place(south, west), Place(north, east)])
    except TravelError as error:
        return drawing([], [], f"No streets are drawn: {str(error).replace(str(path), path.name)}"), CANNOT
    if not main and not small:
        return drawing([], [], ELSEWHERE.format(name=path.name)), DRAWN
    told = f"Streets: {OSM}."
    return drawing(main, small, told if small else f"{told} {ONLY_MAIN}"), DRAWN


def main() -> int:
    """One map and one area."""
    path, *corners = sys.argv[1:]
    south, west, north, east = map(float, corners)
    drawn, end = draw(Path(path), south, west, north, east)
    sys.stdout.buffer.write(drawn)
    return end


if __name__ == "__main__":
    sys.exit(main())
