"""How far from the best a rota can be. A small period is proved whole: CP-SAT with everything free, starting from the
rota that the search found. A larger one is proved day by day, with the prices that days share shared out."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.rota import Leg, Rota
from scheduler.solve.days import split
from scheduler.solve.exact.draft import Draft
from scheduler.solve.exact.hints import complete_hint
from scheduler.solve.exact.listening import never
from scheduler.solve.exact.solve import drafted
from scheduler.solve.model import Model
from scheduler.solve.race import race
from scheduler.solve.result import WHOLE

MOST_WHOLE = 150_000
"""Pairs of visits that could follow each other in some round: a period with more is proved day by day."""
MOST_DAY = 150_000
"""A day with more pairs is not tried."""
EFFORT = 60.0
"""CP-SAT's deterministic seconds for a whole proof, where no clock counts."""


@dataclass(frozen=True)
class Proof:
    """The rota, or a better one; the price below which there is none (sixtieths of a penny; None: nothing could be
    said), and in half a sentence what that covers."""

    rota: Rota
    bound: int | None
    covers: str


Tell = Callable[[int], None]


def provable(model: Model, rota: Rota) -> bool:
    """Is it small enough, as a whole or day by day, to be worth the time? What is locked in the rota is small."""
    return _is_small(_unlocked(model, rota)[0])


def _is_small(model: Model) -> bool:
    days = range(model.problem.days)
    return _pairs(model, days) <= MOST_WHOLE or all(_pairs(model, [day]) <= MOST_DAY for day in days)


def prove(
    model: Model,
    rota: Rota,
    price: int,
    seconds: float = math.inf,
    together: bool = False,
    tell: Tell = lambda bound: None,
    stopped: Callable[[], bool] = never,
) -> Proof:
    """Prove within `seconds` (and CP-SAT's effort) how good the rota of this price is. `together`: use two processors;
    `tell` hears the bound of the whole as it rises."""
    free, must = _unlocked(model, rota)
    if not _is_small(free):
        return Proof(rota, None, "")
    if _pairs(free, range(model.problem.days)) <= MOST_WHOLE:
        return _whole(free, must, rota, price, seconds, together, tell, stopped)
    return _by_day(free, must, rota, seconds, together, tell, stopped)


def _whole(
    model: Model,
    must: set[int],
    rota: Rota,
    price: int,
    seconds: float,
    together: bool,
    tell: Tell,
    stopped: Callable[[], bool],
) -> Proof:
    begun = time.monotonic()
    draft = _draft(model, must, range(model.problem.days))
    own = complete_hint(draft, rota, stopped)
    if own is None or stopped():
        return Proof(rota, None, "")
    other = price - own  # what no choice changes: the contracts of carers without a shift
    left = max(1.0, seconds - (time.monotonic() - begun))
    end = race(draft, EFFORT, left, together, lambda bound: tell(bound + other), stopped)
    found = end.rota and _as_locked(end.rota, rota, model, must)
    if found and end.price < own:
        rota = found
    return Proof(rota, None if end.bound is None else end.bound + other, WHOLE)


def _by_day(
    model: Model,
    must: set[int],
    rota: Rota,
    seconds: float,
    together: bool,
    tell: Tell,
    stopped: Callable[[], bool],
) -> Proof:
    begun, days = time.monotonic(), model.problem.days
    parts = split(model, rota)
    bound = parts.constant
    for i, (day, mine) in enumerate(parts.days.items()):
        if stopped():
            return Proof(rota, None, "")
        draft = _draft(mine, must, [day])
        complete_hint(draft, rota, stopped)
        left = seconds - (time.monotonic() - begun)
        end = race(draft, EFFORT / days, max(0.5, left / (days - i)), together, stopped=stopped)
        if end.bound is None:
            return Proof(rota, None, "")
        bound += end.bound
    tell(bound)
    return Proof(rota, bound, "each day by itself, without rest and links between days")


def _draft(model: Model, must: set[int], days: range | list[int]) -> Draft:
    """Everything of these days is free; locked visits stay planned."""
    problem = model.problem
    spells = [spell for spell in model.shifts if spell[1] in days]
    visits = [visit.id for visit in problem.visits if visit.day in days]
    draft = drafted(model, Rota(problem.start, problem.days), spells, visits)
    for v in must:
        if v in draft.planned:
            draft.cp.add(draft.planned[v] == 1)
    return draft


def _unlocked(model: Model, rota: Rota) -> tuple[Model, set[int]]:
    """Locked visits as visits that only their carers may do: their prices count like all others."""
    free = copy.copy(model)
    free.kept, free.allowed = set(), model.allowed.copy()
    for v in model.kept:
        carers = [model.problem.carer_index[leg.carer] for leg in rota.of_visit(model.problem.visits[v].id)]
        free.allowed[v] = np.isin(np.arange(len(model.problem.carers)), carers)
    return free, set(model.kept)


def _as_locked(found: Rota, rota: Rota, model: Model, must: set[int]) -> Rota | None:
    """The rota found with locked visits as they were (CP-SAT does not care who of two leads); None if it has moved
    one."""
    ids = [model.problem.visits[v].id for v in must]
    if any(_who_when(found.of_visit(id)) != _who_when(rota.of_visit(id)) for id in ids):
        return None
    return found.without(ids).with_legs([leg for id in ids for leg in rota.of_visit(id)])


def _who_when(legs: Sequence[Leg]) -> set[tuple[str, int, int]]:
    return {(leg.carer, leg.start, leg.minutes) for leg in legs}


def _pairs(model: Model, days: range | list[int]) -> int:
    """Pairs of visits that one carer may do, over all rounds of these days."""
    pairs = 0
    for carer, day, lo, hi in model.shifts:
        if day in days:
            here = (model.day == day) & model.allowed[:, carer] & (model.earliest < hi) & (model.latest >= lo)
            pairs += int(here.sum()) ** 2
    return pairs
