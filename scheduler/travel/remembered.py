"""What a road engine has answered, kept on disk: a second plan asks for nothing, a new client for one row and column.

One file for each engine, map and mode holds points and what was answered between them. It has coordinates of clients'
homes in it (no names): it lies in the user's own cache, which others cannot read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import BadZipFile

import numpy as np

from scheduler.domain import Place
from scheduler.travel.engine import Answer, Floats, RoadEngine

UNASKED = -1.0
"""Stands in a table where nobody has asked yet."""
MOST_PLACES = 3_000
"""A file with more places is begun anew."""
FRESH = 30 * 24 * 3600
"""Seconds after which all of a server's answers are asked for anew: it does not say when it gets a newer map."""


def cache_folder() -> Path:
    """Where answers and graphs are kept: CAREROUND_TRAVEL_CACHE, or the user's cache."""
    if own := os.environ.get("CAREROUND_TRAVEL_CACHE"):
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or Path.home() / ".cache"
    return Path(base) / "careround" / "travel"


def private_folder(folder: Path) -> None:
    """Make the folder, for its owner alone: it says where clients live. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


@dataclass
class _Known:
    """`points` (n, 2): latitude and longitude; `seconds` and `metres` (n, n); `off` (n,): metres to the road; `since`:
    when the oldest answer was given (a moment)."""

    points: Floats
    seconds: Floats
    metres: Floats
    off: Floats
    since: Floats


@dataclass
class Remembered:
    """A road engine with a memory in `folder`. `asked` counts the requests that went on to the engine, `answered` the
    pairs that came from the memory. Nothing is written before `keep`: an answer without sense (a map of elsewhere,
    a server that is still loading) must not be believed for a month."""

    engine: RoadEngine
    folder: Path
    lasts: float | None = None
    answered: int = 0
    _new: _Known | None = field(default=None, repr=False)

    @property
    def words(self) -> str:
        return self.engine.words

    @property
    def key(self) -> str:
        return self.engine.key

    @property
    def file(self) -> Path:
        """Where the answers of this engine are."""
        return self.folder / f"{sha256(self.key.encode()).hexdigest()[:32]}.npz"

    def table(self, sources: Sequence[Place], destinations: Sequence[Place]) -> Answer:
        """From the memory, and what is missing from the engine. Nothing is kept of an answer that broke off."""
        known = _with(self._read(), [*sources, *destinations])
        at = {point: i for i, point in enumerate(map(tuple, known.points.tolist()))}
        rows, columns = ([at[_point(place)] for place in places] for places in (sources, destinations))
        asked = self._fill(
            known, dict(zip(rows, sources, strict=True)), dict(zip(columns, destinations, strict=True))
        )
        if asked:
            self._new = known
        self.answered += len(rows) * len(columns) - asked
        cells = np.ix_(rows, columns)
        return Answer(known.seconds[cells], known.metres[cells], known.off[rows], known.off[columns])

    def keep(self) -> None:
        """Write what the engine has answered."""
        if self._new is not None:
            self._write(self._new)

    def _fill(self, known: _Known, rows: dict[int, Place], columns: dict[int, Place]) -> int:
        """Ask for what is missing; how many pairs that were. A new place misses its whole row; of an old one only the
        columns of new places are missing."""
        missing = known.seconds[np.ix_(list(rows), list(columns))] == UNASKED
        whole = missing.all(axis=1)
        new = [row for row, all_of_it in zip(rows, whole, strict=True) if all_of_it]
        old = [row for row, all_of_it in zip(rows, whole, strict=True) if not all_of_it]
        late = [column for column, some in zip(columns, missing[~whole].any(axis=0), strict=True) if some]
        for some, others in ((new, list(columns)), (old, late)):
            if not some or not others:
                continue
            cells = np.ix_(some, others)
            answer = self.engine.table([rows[i] for i in some], [columns[i] for i in others])
            # (As they come back from the file, so that a second plan has the same minutes.)
            known.seconds[cells] = answer.seconds.astype(np.float32)
            known.metres[cells] = answer.metres.astype(np.float32)
            known.off[some], known.off[others] = answer.off_source, answer.off_destination
        return int(missing.sum())

    def _read(self) -> _Known | None:
        try:
            with np.load(self.file, allow_pickle=False) as kept:
                known = _Known(*(kept[name].astype(np.float64) for name in _Known.__annotations__))
        except (OSError, ValueError, KeyError, BadZipFile, EOFError):
            return None  # there is none, or it is broken: asked anew
        if self.lasts is not None and time.time() - float(known.since) > self.lasts:
            return None
        n = len(known.points)
        whole = known.seconds.shape == known.metres.shape == (n, n) and known.off.shape == (n,)
        return known if whole and n <= MOST_PLACES else None

    def _write(self, known: _Known) -> None:
        """Whole or not at all; two plans at once: the later one is kept. A cache that cannot be written is none."""
        try:
            private_folder(self.folder)
            with NamedTemporaryFile(dir=self.folder, suffix=".new", delete=False) as file:
                np.savez(
                    file,
                    points=known.points,
                    seconds=known.seconds.astype(np.float32),
                    metres=known.metres.astype(np.float32),
                    off=known.off.astype(np.float32),
                    since=known.since,
                )
            os.replace(file.name, self.file)
        except OSError:
            return


def _point(place: Place) -> tuple[float, float]:
    """Two places on one point are one to an engine (six digits: a tenth of a metre)."""
    return round(place.lat, 6), round(place.lon, 6)


def _with(known: _Known | None, places: Sequence[Place]) -> _Known:
    """What is known, with room for these places."""
    before = [] if known is None else [tuple(point) for point in known.points.tolist()]
    points = list(dict.fromkeys([*before, *map(_point, places)]))
    n, m = len(points), len(before)
    wider = _Known(
        np.array(points, dtype=np.float64).reshape(-1, 2),
        np.full((n, n), UNASKED),
        np.full((n, n), UNASKED),
        np.zeros(n),
        np.array(time.time()) if known is None else known.since,
    )
    if known is not None:
        wider.seconds[:m, :m], wider.metres[:m, :m], wider.off[:m] = known.seconds, known.metres, known.off
    return wider
