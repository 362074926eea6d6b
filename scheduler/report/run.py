"""How a rota was made: what a reader of the results must know about the run behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Progress(NamedTuple):
    """The best plan after so many seconds: its total in pence, and its unallocated visits."""

    seconds: float
    pence: int
    unallocated: int


class Gap(NamedTuple):
    """A day beside what was proved of it. Both prices are of what belongs to that day alone: pay for contact, travel
    and waiting, mileage, journeys from home, matches, starts and visits left out; not continuity, contracted hours and
    the like. `gap`: the share of the price that no other rota can save more than. `status`: how good the bound is
    (converged: as good as rounds of single days can tell)."""

    date: str
    price_pence: int
    bound_pence: int
    gap: float
    status: str
    unallocated: int
    least_unallocated: int


@dataclass(frozen=True)
class RunInfo:
    """Seed and iterations make a run repeatable; a run that was counted in seconds, or stopped early, is not.

    `gaps` has each day beside its bound, if that was asked for. No rota costs less than `bound` (pence; None: not
    known), and `optimality` says that in words; `held`: something was locked or frozen. `stamp` is when the plan was
    made; without it the results carry no time of their own, so that the same plan gives the same bytes. `warnings` are
    sentences on what was legal in the input but could not be met.
    """

    seed: int | None = None
    iterations: int | None = None
    seconds: float | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    progress: tuple[Progress, ...] = ()
    stopped_early: bool = False
    gaps: tuple[Gap, ...] = ()
    bound: int | None = None
    optimality: str = ""
    held: bool = False
    command: str = ""
    stamp: datetime | None = None
