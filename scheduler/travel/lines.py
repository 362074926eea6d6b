"""The ways of rounds along the roads, for maps; kept on disk leg by leg, as travel times are."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from tempfile import NamedTemporaryFile

from scheduler.domain import Place
from scheduler.travel.engine import Line, RoadEngine
from scheduler.travel.remembered import private_folder

MOST_LEGS = 20_000
"""A file with more legs is begun anew."""


@dataclass
class Lines:
    """Ways by the engine of each mode. `asked` counts the rounds that engines were asked for."""

    engines: Mapping[str, RoadEngine]
    folder: Path
    asked: int = 0
    _legs: dict[str, dict[str, Line]] = field(default_factory=dict)

    def of(self, places: Sequence[Place], mode: str) -> list[Line] | None:
        """The way from each place to the next; None for a mode without an engine. Raises TravelError."""
        engine = self.engines.get(mode)
        if engine is None or len(places) < 2:
            return None
        kept = self._legs.setdefault(mode, {}) or self._read(engine, mode)
        names = [_name(a, b) for a, b in pairwise(places)]
        if any(name not in kept for name in names):
            self.asked += 1
            kept.update(zip(names, engine.line(places), strict=True))
        return [kept[name] for name in names]

    def keep(self) -> None:
        """Write what was asked for, to be read by its owner alone: it says where rounds go. A cache that cannot be
        written is none. Modes with one engine (car and motorcycle) share a file."""
        if not self.asked:
            return
        files: dict[Path, dict[str, Line]] = {}
        for mode, legs in self._legs.items():
            files.setdefault(self._file(self.engines[mode]), {}).update(legs)
        for file, legs in files.items():
            try:
                private_folder(self.folder)
                with NamedTemporaryFile(dir=self.folder, suffix=".new", delete=False) as new:
                    new.write(gzip.compress(json.dumps(legs, separators=(",", ":")).encode(), mtime=0))
                os.replace(new.name, file)
            except OSError:
                return

    def _read(self, engine: RoadEngine, mode: str) -> dict[str, Line]:
        try:
            found = json.loads(gzip.decompress(self._file(engine).read_bytes()))
            legs = {name: tuple((lat, lon) for lat, lon in line) for name, line in found.items()}
        except (OSError, ValueError, AttributeError, TypeError, EOFError, zlib.error):
            legs = {}
        self._legs[mode] = legs if len(legs) <= MOST_LEGS else {}
        return self._legs[mode]

    def _file(self, engine: RoadEngine) -> Path:
        return self.folder / f"{sha256(engine.key.encode()).hexdigest()[:32]}.lines.gz"


def _name(a: Place, b: Place) -> str:
    return f"{a.lat:.6f},{a.lon:.6f},{b.lat:.6f},{b.lon:.6f}"
