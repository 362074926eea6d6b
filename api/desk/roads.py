"""Where this desk's travel times come from: its environment says so, for all its agencies.

An agency's own data cannot name a server: whoever imports a table could then make this machine ask any address that it
reaches.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from scheduler.errors import TravelError
from scheduler.travel.choice import Choice, from_environment
from scheduler.travel.osrm_map import OsrmMap
from scheduler.travel.rests import Rests

STREETS = "CAREROUND_STREETS"
PATIENCE = 10.0
"""Seconds that somebody in front of a page waits for a server without a sign of life."""
_rests = Rests()


def roads() -> Choice:
    """The choice, whose servers are let be for some minutes by all loads of this process when one was in vain. Raises
    TravelError where the environment says nonsense."""
    return replace(from_environment(fall_back=True), rests=_rests, patience=PATIENCE)


def extract() -> Path | None:
    """The map extract whose streets are drawn under boards, if any: that of the roads, unless another one is named (for
    those whose roads are a server's, or straight lines)."""
    named = os.environ.get(STREETS, "")
    return Path(named) if named else roads().map


def silent() -> list[str]:
    """What there is to say of servers that are not asked at the moment; straight lines are used meanwhile."""
    return _rests.told()


def require_usable() -> None:
    """Raise TravelError, before anybody loads anything, where what the environment names cannot be used; whether
    a server answers today is not asked."""
    chosen = roads()
    if chosen.map is not None:
        try:
            _ = OsrmMap(chosen.map, "car", chosen.folder).key
        except TravelError as error:
            raise TravelError(f"CAREROUND_MAP: {error}") from error
    drawn = extract()
    if drawn is not None and not drawn.is_file():
        raise TravelError(f"{STREETS}: {drawn}: there is no such map.")


def may_answer_again() -> bool:
    """Is there a road engine to be asked, and none that was silent a moment ago?"""
    return roads().by_road and not silent()
