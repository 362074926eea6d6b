"""The parts of the engine that can be switched off, one by one, for the ablation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from scheduler.solve import anneal, pack, recipe, search

RUINS = (
    "strings of neighbouring rounds",
    "near in place and time",
    "a client's week",
    "a client's part of the day",
    "one carer's visits of a client",
    "whole rounds",
    "a few",
    "a double-up and what is around it",
    "tails",
)
"""Ways to take visits out, in the order of `TABLES`."""
TABLES = ("RUIN_CHANCE", "RUIN_CHANCE_UNTIED")
"""Where `pack` says how often each is chosen."""
NEVER = 2.0
"""A share of a cooling that does not come."""


@dataclass(frozen=True)
class Part:
    """A part of the engine. Without it a plan has these options, and these values (module, name, value) are others.
    `searches`: how many there are without it, which do the work of all."""

    name: str
    options: tuple[tuple[str, Any], ...] = ()
    values: tuple[tuple[Any, str, Any], ...] = ()
    searches: int | None = None

    def choices(self, budget: dict[str, Any], usual: int) -> dict[str, Any]:
        """Options of a plan without the part: the budget is that of a plan with `usual` searches."""
        found = budget | dict(self.options)
        if self.searches is None:
            return found
        work = budget["iterations"]
        return found | {"workers": self.searches, "iterations": work and work * usual // self.searches}

    @contextmanager
    def missing(self) -> Iterator[None]:
        """While the part is switched off."""
        before = [(module, name, getattr(module, name)) for module, name, _ in self.values]
        try:
            for module, name, value in self.values:
                setattr(module, name, value)
            yield
        finally:
            for module, name, value in before:
                setattr(module, name, value)


WHOLE = Part("none")


def parts() -> tuple[Part, ...]:
    """All parts that can be switched off."""
    elsewhere, through, stubborn = pack.KNOBS
    return (
        Part("core teams", options=(("teams", False),)),
        Part("exact placing of leftovers", options=(("exact", False),)),
        Part("a second search", searches=1),
        Part("coming together", values=((anneal, "SHARED", NEVER), (anneal, "meet", lambda searches: None))),
        Part("cooling down again", values=((anneal, "MOST_CYCLES", 1),)),
        Part("the last minutes", values=((recipe, "polish", lambda *_: None),)),
        Part("heat", values=((anneal, "WARM", anneal.COLD),)),
        Part("blinks", values=((search, "BLINK", 0.0),)),
        Part("nobody back where it was", values=((pack, "KNOBS", (0.0, through, stubborn)),)),
        Part("pushes through other rounds", values=((pack, "KNOBS", (elsewhere, 0.0, stubborn)),)),
        Part("giving up early", values=((pack, "KNOBS", (elsewhere, through, 1.0)),)),
        *(
            Part(
                name,
                values=tuple((pack, table, without(getattr(pack, table), kind)) for table in TABLES),
            )
            for kind, name in enumerate(RUINS)
        ),
    )


def without(chances: Sequence[float], kind: int) -> tuple[float, ...]:
    """The chances without one; the others share its part as they share the rest."""
    left = sum(chances) - chances[kind]
    return tuple(0.0 if i == kind else chance / left for i, chance in enumerate(chances))
