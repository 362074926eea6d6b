"""What a change is: a named edit of a Problem with checked parameters and the sentence that tells what it does.

A change is data first (it comes from a catalogue and goes into every result), so it is a pydantic model: its fields are
the parameters, with their bounds, and `apply` gives another Problem. Changes compose: each takes what the one before
it gave. Nothing in a change is random: whoever is "chosen" is chosen by a digest of the name, so that the same change
of the same problem always meets the same people, and 20 per cent holds all whom 10 per cent held.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from scheduler.problem import Problem


class Change(BaseModel, ABC):
    """One edit. `figures` names the UK figures that it stands on, for the report's list of assumptions; `limits` says
    what the edit leaves out, for those who read the report."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ClassVar[str]
    figures: ClassVar[tuple[str, ...]] = ()
    limits: ClassVar[str] = ""

    @property
    @abstractmethod
    def sentence(self) -> str:
        """What it does, for a committee."""

    @abstractmethod
    def apply(self, problem: Problem) -> Problem:
        """The problem under the change."""


def applied(problem: Problem, changes: Iterable[Change]) -> Problem:
    """The problem under all of them, one after the other."""
    for change in changes:
        problem = change.apply(problem)
    return problem


def chosen(ids: Sequence[str], share: float, salt: str) -> frozenset[str]:
    """A share (0 to 1) of the ids, to the nearest whole number and at least one: always the same ones, however the ids
    are ordered."""
    ranked = sorted(ids, key=lambda id: (sha256(f"{salt}:{id}".encode()).digest(), id))
    return frozenset(ranked[: max(1, round(share * len(ids)))])


def per_cent(number: float) -> str:
    """10.0 -> '10 per cent'."""
    return f"{number:g} per cent"
