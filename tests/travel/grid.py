"""A street grid that answers as OSRM does: streets 100 m apart, 10 metres a second, one-way going west (twice as long
back east). A real HTTP server on this machine; `mood` makes it misbehave."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any
from urllib.parse import parse_qs, urlsplit

from scheduler.domain import Place

LAT, LON = 51.58, -3.0
NORTH, EAST = 100 / 111_195, 100 / 69_100
"""Degrees of one block."""
SPEED = 10.0


def corner(x: float, y: float, label: str = "") -> Place:
    """The corner of the x-th street east and the y-th street north."""
    return Place(round(LAT + y * NORTH, 6), round(LON + x * EAST, 6), label)


@dataclass
class Grid:
    """`mood`: well, dead, nonsense, empty, slow, nulls, short, refusing, small. `dies_after`: requests that it answers
    before it dies; `asked`: the paths of all requests."""

    mood: str = "well"
    dies_after: int | None = None
    island: float = 50.0
    streets: float = 40.0
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, path: str) -> tuple[int, bytes]:
        self.asked.append(path)
        if self.dies_after is not None and len(self.asked) > self.dies_after:
            raise ConnectionAbortedError
        if self.mood == "nonsense":
            return 200, b"<html>Welcome to nginx</html>"
        if self.mood == "slow":
            time.sleep(1.0)
        if self.mood == "refusing":
            return 400, json.dumps({"code": "InvalidUrl", "message": "URL string malformed"}).encode()
        parts = urlsplit(path)
        _, service, _, _, points = parts.path.split("/")
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        at = [self._corner(point) for point in points.split(";")]
        if service == "route":
            return 200, json.dumps(self._route(at)).encode()
        return self._table(at, asked)

    def _corner(self, point: str) -> tuple[float, float]:
        lon, lat = map(float, point.split(","))
        return round((lon - LON) / EAST, 2), round((lat - LAT) / NORTH, 2)

    def _table(self, at: Sequence[tuple[float, float]], asked: dict[str, str]) -> tuple[int, bytes]:
        rows, columns = ([at[int(i)] for i in asked[name].split(";")] for name in ("sources", "destinations"))
        if self.mood == "small" and len(rows) * len(columns) > 900:
            return 400, json.dumps({"code": "TooBig", "message": "Too many table coordinates"}).encode()
        metres = [[self._metres(a, b) for b in columns] for a in rows]
        found: dict[str, Any] = {
            "code": "Ok",
            "distances": metres,
            "durations": [[None if m is None else m / SPEED for m in row] for row in metres],
            "sources": [self._snapped(a) for a in rows],
            "destinations": [self._snapped(b) for b in columns],
        }
        if self.mood == "short":
            found["durations"] = found["durations"][:-1]
        if self.mood == "empty":
            del found["durations"]
        return 200, json.dumps(found).encode()

    def _metres(self, a: tuple[float, float], b: tuple[float, float]) -> float | None:
        """Nobody comes to or from an island beyond `island` streets east; in the mood for nulls nowhere at all."""
        if self.mood == "nulls" or (a[0] > self.island) != (b[0] > self.island):
            return None
        east = b[0] - a[0]
        return 100 * ((2 * east if east > 0 else -east) + abs(b[1] - a[1]))

    def _snapped(self, a: tuple[float, float]) -> dict[str, Any]:
        """The streets end so many blocks north."""
        return {
            "distance": max(0.0, a[1] - self.streets) * 100,
            "location": [LON + a[0] * EAST, LAT + a[1] * NORTH],
        }

    def _route(self, at: Sequence[tuple[float, float]]) -> dict[str, Any]:
        legs = []
        for a, b in pairwise(at):
            corners = [a, (b[0], a[1]), b]
            line = [[LON + x * EAST, LAT + y * NORTH] for x, y in corners]
            legs.append(
                {"steps": [{"geometry": {"coordinates": line}}, {"geometry": {"coordinates": line[-1:]}}]}
            )
        return {"code": "Ok", "routes": [{"legs": legs}]}


@contextmanager
def served(grid: Grid) -> Iterator[Grid]:
    """The grid with the URL at which it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                status, body = grid.answer(self.path)
            except ConnectionAbortedError:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    grid.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield grid
    finally:
        server.shutdown()
        server.server_close()
