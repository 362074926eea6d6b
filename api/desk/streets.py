"""The streets under a board's map, drawn from the map extract of this machine: nothing is fetched."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from api.desk.memory import Memory
from api.desk.roads import STREETS, extract
from scheduler.domain import Place
from scheduler.errors import TravelError
from scheduler.report.map_roads import packed
from scheduler.travel.engine import OSM, Line
from scheduler.travel.streets import AROUND, MOST_BYTES, can_read, streets

KEPT = 8
"""Areas; each takes at most about a megabyte."""
MEGABYTE = 1_000_000
NONE = (
    f"No streets are drawn: this desk has no map. Whoever runs it can name an OpenStreetMap extract in {STREETS} "
    "(README, Travel times)."
)
TOO_LARGE = (
    f"No streets are drawn: {{name}} has {{size}} MB, and {MOST_BYTES // MEGABYTE} are the most. Cut it to the area "
    "where the clients live."
)
NO_READER = (
    "No streets are drawn: osmium is not installed here, which reads map extracts (pip install osmium)."
)
ELSEWHERE = "No streets are drawn: the map {name} has none where the clients live."
ONLY_MAIN = "Main roads only: the clients live too far apart for every street."


@dataclass(frozen=True)
class Drawn:
    """Streets as they are sent: JSON, the same compressed, and a mark of its content."""

    plain: bytes
    packed: bytes
    etag: str


_memory: Memory[Drawn] = Memory(KEPT)


def streets_around(places: Sequence[Place]) -> Drawn:
    """Main roads and small streets around these places, with the sentence to say below them. Read once for an area, in
    a second or some; whoever has no map, or one that cannot be used, is told so and what to do."""
    path = extract()
    if path is None or not places:
        return _drawn([], [], NONE if path is None else "")
    try:
        stat = path.stat()
        mark = stat.st_mtime_ns, stat.st_size
    except OSError:
        mark = 0, 0
    lats, lons = [place.lat for place in places], [place.lon for place in places]
    corners = [Place(min(lats), min(lons)), Place(max(lats), max(lons))]
    # (Rounded to half of what is drawn around it: new clients within it need no new reading.)
    box = tuple(round(part / AROUND) for place in corners for part in (place.lat, place.lon))
    return _memory.get((path, mark, box), lambda: _read(path, mark[1], corners))


def _read(path: Path, size: int, places: Sequence[Place]) -> Drawn:
    if size > MOST_BYTES:
        return _drawn([], [], TOO_LARGE.format(name=path.name, size=-(-size // MEGABYTE)))
    if not can_read():
        return _drawn([], [], NO_READER)
    try:
        main, small = streets(path, places)
    except TravelError as error:
        return _drawn([], [], f"No streets are drawn: {str(error).replace(str(path), path.name)}")
    if not main and not small:
        return _drawn([], [], ELSEWHERE.format(name=path.name))
    told = f"Streets: {OSM}."
    return _drawn(main, small, told if small else f"{told} {ONLY_MAIN}")


def _drawn(main: Sequence[Line], small: Sequence[Line], told: str) -> Drawn:
    lines = {"main": [packed(line) for line in main], "small": [packed(line) for line in small]}
    plain = json.dumps({**lines, "told": told}, ensure_ascii=False, separators=(",", ":")).encode()
    return Drawn(plain, gzip.compress(plain, mtime=0), f'"{sha256(plain).hexdigest()[:16]}"')
