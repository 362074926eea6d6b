"""The streets under a board's map, drawn from the map extract of this machine: nothing is fetched."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil, floor
from pathlib import Path

from api.desk.draw_streets import CANNOT, DRAWN, drawing
from api.desk.memory import Memory
from api.desk.roads import STREETS, extract
from scheduler.domain import Place
from scheduler.travel.streets import AROUND, MOST_BYTES, can_read

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
GONE = "No streets are drawn: whatever reads {name} ended too soon, perhaps for want of memory."
STEP = AROUND / 2
"""Degrees to which an area is rounded outwards: new clients within it need no new reading."""


@dataclass(frozen=True)
class Drawn:
    """Streets as they are sent: JSON, the same compressed, and a mark of its content; `lasts`: it is so for as long as
    the map is the same."""

    plain: bytes
    packed: bytes
    etag: str
    lasts: bool = True


_memory: Memory[Drawn] = Memory(KEPT)


def streets_around(places: Sequence[Place]) -> Drawn:
    """Main roads and small streets around these places, with the sentence to say below them. Read once for an area, in
    a second or some (by another process: nobody else waits for it); whoever has no map, or one that cannot be used, is
    told so and what to do."""
    path = extract()
    if path is None or not places:
        return _drawn(drawing([], [], NONE if path is None else ""))
    try:
        stat = path.stat()
        mark = stat.st_mtime_ns, stat.st_size
    except OSError:
        mark = 0, 0
    lats, lons = [place.lat for place in places], [place.lon for place in places]
    # What is kept under a box is read around that box, whoever asks for it first.
    box = (
        *(floor(min(part) / STEP) for part in (lats, lons)),
        *(ceil(max(part) / STEP) for part in (lats, lons)),
    )
    return _memory.get((path, mark, box), lambda: _read(path, mark[1], box), lasts=lambda drawn: drawn.lasts)


def _read(path: Path, size: int, box: Sequence[int]) -> Drawn:
    if size > MOST_BYTES:
        return _drawn(drawing([], [], TOO_LARGE.format(name=path.name, size=-(-size // MEGABYTE))))
    if not can_read():
        return _drawn(drawing([], [], NO_READER))
    ended, plain = read_aside(path, [step * STEP for step in box])
    if ended not in (DRAWN, CANNOT):
        return _drawn(drawing([], [], GONE.format(name=path.name)), lasts=False)
    return _drawn(plain, lasts=ended == DRAWN)


def read_aside(path: Path, corners: Sequence[float]) -> tuple[int, bytes]:
    """How `draw_streets` ended, and what it wrote: read here, a map would hold up everybody for seconds."""
    command = [sys.executable, "-m", "api.desk.draw_streets", str(path), *map(str, corners)]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
    except OSError:  # no memory, or no more processes
        return -1, b""
    return done.returncode, done.stdout


def _drawn(plain: bytes, lasts: bool = True) -> Drawn:
    return Drawn(plain, gzip.compress(plain, mtime=0), f'"{sha256(plain).hexdigest()[:16]}"', lasts)
