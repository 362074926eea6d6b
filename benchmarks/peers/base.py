"""What a peer is: another planner, what of our rules it can say, and one method that plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol

from scheduler.errors import CareroundError
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import Rule


class Waiting(StrEnum):
    """How a peer prices the gaps between two visits: FREE costs nothing, WHOLE each gap to its last minute, CAPPED
    each gap up to the agency's cap."""

    FREE = "free"
    WHOLE = "whole"
    CAPPED = "capped"


class PeerUnavailable(CareroundError):
    """The peer cannot run here: its package or something under it is missing."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a planner has words for: `says` are verbs (`scheduler.rules.base.Verbs`), `waiting` how it prices gaps,
    `doubles` whether it plans two carers together."""

    says: frozenset[str]
    waiting: Waiting
    doubles: bool = False


class Peer(Protocol):
    """Another planner. `package` is its distribution's name, `cannot_say` a sentence for each thing that it has no
    words for; `seeded` says whether another seed may give another rota."""

    @property
    def name(self) -> str: ...

    @property
    def package(self) -> str: ...

    @property
    def words(self) -> Words: ...

    @property
    def seeded(self) -> bool: ...

    @property
    def cannot_say(self) -> tuple[str, ...]: ...

    def plan(self, problem: Problem, rules: Sequence[Rule], seconds: float, seed: int) -> Rota:
        """A rota within that many seconds; a visit that it cannot place is left out. What it returns may still
        break a rule where two of its models meet. Raises PeerUnavailable."""
        ...


def version_of(package: str) -> str:
    """The version of a peer's package, as far as it is there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


EVERYBODY_SAYS = frozenset(
    "forbid charge charge_unallocated length start_between shift travel pay paid charge_legs charge_home fix".split()
)
"""Verbs that every routing library has words for: who may come and at what price, how long, when, from where."""
EVERY_DAY_ALONE = (
    "Days are planned one by one, so that nothing holds across them: rest between days, weekly rest, weekly hours, "
    "contracted and wished hours, unpopular shifts, links from day to day.",
    "A client's distinct carers are counted over the week: no continuity.",
)
"""What no peer can say that plans day by day."""
