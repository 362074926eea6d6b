"""Postcodes that the offline directory does not know, asked of a server: only where somebody names one.

The convention is that of postcodes.io (POST /postcodes, 100 at most a call), which can be run on one's own machine.
What is sent is postcodes and nothing else. Answers are kept on disk; a server that fails is told of, and the postcodes
stay unknown.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from urllib.request import Request, urlopen

from scheduler.errors import CareroundError
from scheduler.places.bounds import in_uk
from scheduler.web_address import address_fault

MOST = 100
"""Postcodes of one call."""
PATIENCE = 10.0
"""Seconds without a sign of life."""

Point = tuple[float, float]


@dataclass
class Geocoder:
    """`url` is the server's address, `folder` where answers are kept. `asked` counts calls; `failure` says why the
    last one gave nothing."""

    url: str
    folder: Path
    patience: float = PATIENCE
    asked: int = 0
    failure: str = ""

    def __post_init__(self) -> None:
        if fault := address_fault(self.url):
            raise CareroundError(f"--geocoder: {fault}; write https://api.postcodes.io.")

    def locate(self, postcodes: Iterable[str]) -> dict[str, Point]:
        """(latitude, longitude) of those that the server knows. It never raises: see `failure`."""
        known = self._read()
        wanted = sorted(set(postcodes))
        missing = [code for code in wanted if code not in known]
        for begin in range(0, len(missing), MOST):
            answer = self._ask(missing[begin : begin + MOST])
            if answer is None:
                break
            known |= answer
        if missing and self.asked:
            self._write(known)
        return {code: point for code in wanted if (point := known.get(code)) is not None}

    def _ask(self, postcodes: list[str]) -> dict[str, Point | None] | None:
        """None where the server failed."""
        self.asked += 1
        body = json.dumps({"postcodes": postcodes}).encode()
        request = Request(
            f"{self.url.rstrip('/')}/postcodes", body, {"Content-Type": "application/json"}, method="POST"
        )
        try:
            with urlopen(request, timeout=self.patience) as answer:
                found = json.loads(answer.read())
            points = {str(one["query"]): _point(one["result"]) for one in found["result"]}
        except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
            self.failure = f"The geocoder {self.url} gave no answer that can be used ({error})."
            return None
        return {code: points.get(code) for code in postcodes}

    @property
    def _file(self) -> Path:
        return self.folder / f"postcodes-{sha256(self.url.encode()).hexdigest()[:16]}.json"

    def _read(self) -> dict[str, Point | None]:
        try:
            kept = json.loads(self._file.read_bytes())
            return {code: None if point is None else (point[0], point[1]) for code, point in kept.items()}
        except (OSError, ValueError, AttributeError, TypeError, IndexError):
            return {}

    def _write(self, known: dict[str, Point | None]) -> None:
        new = self._file.with_suffix(f".{os.getpid()}")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # What the server does not know today it may know tomorrow.
            new.write_text(json.dumps({code: point for code, point in known.items() if point}))
            os.replace(new, self._file)
        except OSError:
            return


def _point(result: dict[str, float] | None) -> Point | None:
    if result is None or result["latitude"] is None:
        return None
    lat, lon = float(result["latitude"]), float(result["longitude"])
    if not in_uk(lat, lon):
        raise ValueError(f"{lat}, {lon} is not in the United Kingdom")
    return lat, lon
