"""Which source of travel times is used, and what happens when it fails: a choice, announced with the result."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scheduler.domain import Place
from scheduler.errors import TravelError
from scheduler.travel.base import Matrix
from scheduler.travel.engine import Doubt, RoadEngine, RoadTimes
from scheduler.travel.lines import Lines
from scheduler.travel.minutes import MOTORISED, ModeFactors
from scheduler.travel.osrm_map import OsrmMap, Say
from scheduler.travel.osrm_server import PATIENCE, OsrmServer
from scheduler.travel.remembered import FRESH, Remembered, cache_folder
from scheduler.travel.rests import Rests
from scheduler.travel.straight_line import WORDS, StraightLine


@dataclass(frozen=True)
class Choice:
    """`servers`: mode -> address of an OSRM server; `map`: a map extract for OSRM in process; neither: the straight
    line, as for a mode that has no server. `fall_back`: go on with the straight line, and say so, where a road engine
    fails; otherwise the TravelError is raised. `say` hears how far a road graph is. `rests`: a server that was silent
    is not asked again for some minutes by any choice that shares it."""

    servers: Mapping[str, str] = field(default_factory=dict)
    map: Path | None = None
    fall_back: bool = False
    say: Say = lambda line: None
    folder: Path = field(default_factory=cache_folder)
    patience: float = PATIENCE
    rests: Rests = field(default_factory=Rests)

    def travel(
        self, factors: Mapping[str, ModeFactors], places: Sequence[Place], modes: Sequence[str]
    ) -> Journeys:
        """The matrices of these modes between these places."""
        found = Journeys(folder=self.folder)
        straight = StraightLine(factors)
        sources: dict[str, str] = {}
        for mode in modes:
            try:
                engine = self._engine(mode)
                if engine is not None:
                    sources[mode] = engine.words
                    self._by_road(engine, mode, factors, places, found)
                    continue
                sources[mode] = WORDS
            except TravelError as error:
                if not self.fall_back:
                    raise TravelError(f"Travel by {mode}: {error} {_CURE}") from error
                sources[mode] = FALLEN_BACK
                found.failures.append(f"Travel by {mode}: {error}")
            found.matrices[mode] = straight.matrix(places, mode)
        found.source = _in_words(sources)
        found.map = self.map if found.engines else None
        found.doubts = _merged(found.doubts)
        return found

    def _by_road(
        self,
        engine: OsrmServer | OsrmMap,
        mode: str,
        factors: Mapping[str, ModeFactors],
        places: Sequence[Place],
        found: Journeys,
    ) -> None:
        memory = Remembered(engine, self.folder, FRESH if isinstance(engine, OsrmServer) else None)
        try:
            found.matrices[mode], doubts = RoadTimes({mode: memory}, factors).judged(places, mode)
            memory.keep()
            found.doubts.extend(doubts)
            found.engines[mode] = engine
        finally:
            found.asked += engine.asked
            found.remembered += memory.answered

    @property
    def by_road(self) -> bool:
        """Was a road engine asked for?"""
        return bool(self.servers or self.map)

    def _engine(self, mode: str) -> OsrmServer | OsrmMap | None:
        if self.map is not None:
            return OsrmMap(self.map, mode, self.folder, self.say)
        if mode in self.servers:
            return OsrmServer(self.servers[mode], mode, self.patience, rests=self.rests)
        return None


STRAIGHT = Choice()
"""No map."""


def from_environment(environment: Mapping[str, str] = os.environ, fall_back: bool = False) -> Choice:
    """The setting of this machine, for its desk and its command line: CAREROUND_OSRM (addresses as for --osrm, apart by
    blanks) or CAREROUND_MAP. Raises TravelError."""
    path, asked = environment.get("CAREROUND_MAP", ""), environment.get("CAREROUND_OSRM", "")
    if path and asked:
        raise TravelError("CAREROUND_OSRM and CAREROUND_MAP are both set: leave one of them out.")
    try:
        found = servers(asked.split())
    except TravelError as error:
        raise TravelError(f"CAREROUND_OSRM: {error}") from error
    return Choice(found, Path(path) if path else None, fall_back)


_CURE = "Or plan on straight lines: --straight, or --fall-back to do so only when roads fail."
FALLEN_BACK = "straight line (FALL-BACK: the road engine failed)"
"""What a result says of its travel times where straight lines were taken in place of roads."""


@dataclass
class Journeys:
    """What a choice gave: `matrices` by mode, `source` in words for those who read the rota, `doubts` about places,
    `failures` after which the straight line was taken, `engines` that answered (on this `map`); `asked` requests to
    engines and `remembered` pairs of places that needed none; `folder`: where they are kept."""

    matrices: dict[str, Matrix] = field(default_factory=dict)
    source: str = WORDS
    doubts: list[Doubt] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    engines: dict[str, RoadEngine] = field(default_factory=dict)
    asked: int = 0
    remembered: int = 0
    folder: Path = field(default_factory=cache_folder)
    map: Path | None = None

    def lines(self) -> Lines:
        """The ways along the roads of the engines that answered."""
        return Lines(self.engines, self.folder)


def servers(asked: Sequence[str]) -> dict[str, str]:
    """'URL' is a server for all that drives, 'foot=URL' for one mode. A plain osrm-routed has one graph, and would
    answer for walkers with car times: so nobody else is sent there unasked. Raises TravelError."""
    named: dict[str, str] = {}
    driving: dict[str, str] = {}
    for text in asked:
        mode, equals, url = text.partition("=")
        if equals and "/" not in mode:
            if mode not in ("car", "motorcycle", "bicycle", "foot"):
                raise TravelError(f"{text!r}: write car, motorcycle, bicycle or foot before the =.")
            if named.setdefault(mode, url) != url:
                raise TravelError(f"Two servers are named for {mode}: leave one of them out.")
        elif any(driving.setdefault(mode, text) != text for mode in MOTORISED):
            raise TravelError("Two servers are named for all who drive: leave one of them out.")
    found = driving | named
    for mode, url in found.items():
        OsrmServer(url, mode)
    return found


def _merged(doubts: Sequence[Doubt]) -> list[Doubt]:
    """One doubt a place, with all its modes, where they are alike."""
    by_place: dict[tuple[int, bool], list[Doubt]] = {}
    for doubt in doubts:
        by_place.setdefault((doubt.place, doubt.away is None), []).append(doubt)
    return [
        replace(
            max(alike, key=lambda doubt: (doubt.away or 0, doubt.others)),
            mode=_listed([doubt.mode for doubt in alike]),
        )
        for _, alike in sorted(by_place.items())
    ]


def _listed(modes: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(modes[:-1]), modes[-1])))


def _in_words(sources: Mapping[str, str]) -> str:
    """One source, or each with its modes."""
    by_source: dict[str, list[str]] = {}
    for mode, source in sources.items():
        by_source.setdefault(source, []).append(mode)
    if len(by_source) < 2:
        return next(iter(by_source), WORDS)
    return "; ".join(f"by {_listed(modes)}: {source}" for source, modes in by_source.items())
