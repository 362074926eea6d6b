"""An OSRM server by its URL: `osrm-routed`, or anything that answers as it does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from time import sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import numpy as np

from scheduler.domain import Place
from scheduler.errors import NoAnswer, TravelError
from scheduler.travel.engine import OSM, Answer, Line
from scheduler.travel.osrm import nonsense, read_lines, read_table
from scheduler.travel.rests import Rests
from scheduler.web_address import address_fault

PROFILES = {"car": "driving", "motorcycle": "driving", "bicycle": "cycling", "foot": "walking"}
"""How the protocol calls a mode. A plain osrm-routed does not look at it: it has one graph, whatever is asked."""
BLOCK = 100
"""Sources, and destinations, of one request: what a server allows that nobody has configured."""
SMALLEST_BLOCK = 10
PATIENCE = 30.0
"""Seconds without a sign of life after which a request is given up."""
TRIES = 2
"""A request that found no answer is asked so many times in all."""
PAUSE = 0.5
"""Seconds before it is asked again."""


@dataclass
class OsrmServer:
    """One server for one mode. `asked` counts its requests; `rests` knows since when it is silent."""

    url: str
    mode: str
    patience: float = PATIENCE
    asked: int = 0
    rests: Rests = field(default_factory=Rests, repr=False)
    _block: int = field(default=BLOCK, repr=False)

    def __post_init__(self) -> None:
        self.url = self.url.rstrip("/")
        if fault := address_fault(self.url):
            raise TravelError(f"{fault}; write http://localhost:5000.")

    @property
    def words(self) -> str:
        """Host and port only: a path may carry a key."""
        parts = urlsplit(self.url)
        port = f":{parts.port}" if parts.port else ""
        return f"OSRM server {parts.hostname}{port} ({OSM})"

    @property
    def key(self) -> str:
        """A server does not say which map it has: answers are kept by address."""
        return f"osrm server {self.url} {PROFILES[self.mode]}"

    def table(self, sources: Sequence[Place], destinations: Sequence[Place]) -> Answer:
        """Asked for in blocks; smaller ones where the server finds them too big."""
        while True:
            try:
                return self._table(sources, destinations)
            except _TooBig:
                self._block //= 2
                if self._block < SMALLEST_BLOCK:
                    raise TravelError(
                        f"{self.words} refuses tables of {2 * self._block} places: start it with a larger "
                        "--max-table-size."
                    ) from None

    def _table(self, sources: Sequence[Place], destinations: Sequence[Place]) -> Answer:
        shape = len(sources), len(destinations)
        seconds, metres = np.full(shape, np.nan), np.full(shape, np.nan)
        off_source, off_destination = np.zeros(shape[0]), np.zeros(shape[1])
        for i in range(0, shape[0], self._block):
            for j in range(0, shape[1], self._block):
                rows, columns = slice(i, i + self._block), slice(j, j + self._block)
                part = self._part(sources[rows], destinations[columns])
                seconds[rows, columns], metres[rows, columns] = part.seconds, part.metres
                off_source[rows], off_destination[columns] = part.off_source, part.off_destination
        return Answer(seconds, metres, off_source, off_destination)

    def _part(self, sources: Sequence[Place], destinations: Sequence[Place]) -> Answer:
        numbers = count()
        asked = {
            "annotations": "duration,distance",
            "sources": ";".join(str(next(numbers)) for _ in sources),
            "destinations": ";".join(str(next(numbers)) for _ in destinations),
            "generate_hints": "false",
        }
        found = self._ask("table", [*sources, *destinations], asked)
        return read_table(found, len(sources), len(destinations), self.words)

    def line(self, places: Sequence[Place]) -> list[Line]:
        """One request for the whole round."""
        asked = {"overview": "false", "steps": "true", "geometries": "geojson", "generate_hints": "false"}
        return read_lines(self._ask("route", places, asked), len(places) - 1, self.words)

    def _ask(self, service: str, places: Sequence[Place], asked: dict[str, str]) -> Any:
        points = ";".join(f"{place.lon:.6f},{place.lat:.6f}" for place in places)
        url = f"{self.url}/{service}/v1/{PROFILES[self.mode]}/{points}?{urlencode(asked, safe=';,')}"
        with self.rests.turn(urlsplit(self.url).netloc):
            return self._answer(url)

    def _answer(self, url: str) -> Any:
        for left in reversed(range(TRIES)):
            self.asked += 1
            try:
                with urlopen(url, timeout=self.patience) as answer:
                    return self._judged(answer.read())
            except HTTPError as error:
                return self._judged(_body(error), error.code)
            except (URLError, HTTPException, OSError) as error:
                # (Who has waited in vain for half a minute does not begin that again.)
                if not left or _is_silence(error):
                    raise NoAnswer(f"{self.words} does not answer: {_why(error, self.patience)}.") from error
                sleep(PAUSE)

    def _judged(self, body: bytes, status: int = 200) -> Any:
        try:
            found = json.loads(body)
            code = found["code"]
        except (ValueError, KeyError, TypeError):
            said = f"status {status} and " if status != 200 else ""
            raise nonsense(self.words, f"{said}{body[:80]!r}") from None
        if code == "TooBig":
            raise _TooBig
        if code != "Ok":
            raise TravelError(f"{self.words} refuses: {code}, {str(found.get('message', ''))[:200]}")
        return found


class _TooBig(Exception):
    """The server wants fewer places at once."""


def _body(error: HTTPError) -> bytes:
    """What a server says to its refusal, if it gets so far."""
    try:
        return error.read()
    except (HTTPException, OSError):
        return b""


def _is_silence(error: Exception) -> bool:
    return isinstance(getattr(error, "reason", error), TimeoutError)


def _why(error: Exception, patience: float) -> str:
    reason = getattr(error, "reason", error)
    if _is_silence(error):
        return f"no sign of life for {patience:g} seconds"
    return str(getattr(reason, "strerror", "") or reason or type(error).__name__)
