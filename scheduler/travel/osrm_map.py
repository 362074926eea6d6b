"""OSRM in process, on a map extract (.osm.pbf) that the user gives: no server, no network.

The graph of a mode is built once by the tools that come with `osrm-bindings`, and kept in the user's cache under the
digest of the map. (An OSRM object cannot be pickled, and is used only before a Problem exists.)
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from scheduler.domain import Place
from scheduler.errors import TravelError
from scheduler.travel.engine import OSM, Answer, Line
from scheduler.travel.osrm import read_lines, read_table
from scheduler.travel.remembered import private_folder

PACKAGE = "osrm-bindings"
PROFILES = {"car": "car", "motorcycle": "car", "bicycle": "bicycle", "foot": "foot"}
SUFFIX = ".osm.pbf"
_GRAPH = "map.osrm"
_LAST_LINES = 3

Say = Callable[[str], None]


@dataclass
class OsrmMap:
    """One map for one mode; `folder` is where graphs are kept, `say` hears how far a build is. `asked` counts tables
    and routes, as for a server."""

    path: Path
    mode: str
    folder: Path
    say: Say = lambda line: None
    asked: int = 0

    def __post_init__(self) -> None:
        if not self.path.name.endswith(SUFFIX):
            raise TravelError(f"{self.path} is not called *{SUFFIX}: give a map extract of OpenStreetMap.")
        if not self.path.is_file():
            raise TravelError(f"{self.path}: there is no such map.")

    @property
    def words(self) -> str:
        """The engine and its map."""
        return f"OSRM on {self.path.name} ({OSM})"

    @cached_property
    def key(self) -> str:
        """The map's digest, the graph's profile and the engine's version."""
        with self.path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
        return f"{PACKAGE} {_version()} {PROFILES[self.mode]} {digest}"

    def table(self, sources: Sequence[Place], destinations: Sequence[Place]) -> Answer:
        """One table, however large."""
        first = len(sources)
        self.asked += 1
        parameters = self._osrm.TableParameters(
            coordinates=_points([*sources, *destinations]),
            sources=list(range(first)),
            destinations=list(range(first, first + len(destinations))),
            annotations=["duration", "distance"],
            generate_hints=False,
        )
        found = self._answer(self._engine.Table, parameters)
        return read_table(found, len(sources), len(destinations), self.words)

    def line(self, places: Sequence[Place]) -> list[Line]:
        """The way of a round."""
        self.asked += 1
        parameters = self._osrm.RouteParameters(
            coordinates=_points(places),
            overview="false",
            steps=True,
            geometries="geojson",
            generate_hints=False,
        )
        return read_lines(self._answer(self._engine.Route, parameters), len(places) - 1, self.words)

    def _answer(self, service: Callable[[Any], Any], parameters: Any) -> Any:
        try:
            return self._plain(service(parameters))
        except RuntimeError as error:
            raise TravelError(f"{self.words} cannot answer: {error}.") from error

    def _plain(self, value: Any) -> Any:
        if isinstance(value, self._osrm.Object):
            return {name: self._plain(value[name]) for name in value}
        if isinstance(value, self._osrm.Array):
            return [self._plain(part) for part in value]
        return value

    @cached_property
    def _osrm(self) -> Any:
        _version()
        import osrm

        return osrm

    @cached_property
    def _engine(self) -> Any:
        osrm = self._osrm
        graph = self.folder / self.key.replace(" ", "-")
        if not graph.is_dir():
            self._build(graph)
        try:
            return osrm.OSRM(
                storage_config=str(graph / _GRAPH),
                use_shared_memory=False,
                algorithm="CH",
                max_locations_distance_table=-1,
            )
        except RuntimeError as error:
            raise TravelError(f"The road graph in {graph} cannot be read ({error}): delete it.") from error

    def _build(self, graph: Path) -> None:
        """In a folder beside, which takes its place when it is whole."""
        self.say(f"Building the road graph of {self.path.name} for {self.mode} (once for each map) ...")
        profile = _package() / "share" / "profiles" / f"{PROFILES[self.mode]}.lua"
        with _beside(graph) as new:
            base = new / _GRAPH
            self._tool("extract", "-p", str(profile), "-o", str(base), str(self.path.resolve()))
            self.say("Road graph: read; working out its short cuts ...")
            self._tool("contract", str(base))
            with suppress(OSError):  # somebody else was quicker: theirs is as good
                new.rename(graph)
        self.say("Road graph: done.")

    def _tool(self, *command: str) -> None:
        done = subprocess.run([sys.executable, "-m", "osrm", *command], capture_output=True, text=True)
        if done.returncode:
            said = " / ".join((done.stdout + done.stderr).strip().splitlines()[-_LAST_LINES:])
            raise TravelError(f"No road graph could be made of {self.path}: {said or 'osrm died'}.")


@contextmanager
def _beside(graph: Path) -> Iterator[Path]:
    private_folder(graph.parent)
    new = Path(mkdtemp(prefix=".building-", dir=graph.parent))
    try:
        yield new
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _points(places: Sequence[Place]) -> list[tuple[float, float]]:
    return [(place.lon, place.lat) for place in places]


def _version() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        raise TravelError(
            f"--map needs {PACKAGE}, which is not installed here: with Python 3.12 or later, pip install {PACKAGE} "
            "osmium. With Python 3.11, start an OSRM server and name it with --osrm URL."
        ) from None


def _package() -> Path:
    spec = find_spec("osrm")
    if spec is None or not spec.submodule_search_locations:
        raise TravelError(f"{PACKAGE} is not whole: install it anew.")
    return Path(spec.submodule_search_locations[0])
