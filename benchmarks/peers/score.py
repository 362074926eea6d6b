"""How a rota of a subset is judged, whoever made it: by the checker, and in money above what no planner can save."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers.legal import made_legal
from benchmarks.peers.subset import Subset, put_together
from scheduler.check import check
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import Rule
from scheduler.solve.model import encode
from scheduler.units import pence

UNALLOCATED = "unallocated"
"""The rule whose price is no cost."""


@dataclass(frozen=True, slots=True)
class Score:
    """One rota, in pence. `price` is that of all findings, `cost` leaves out what unallocated visits cost, and
    `above_floor` of that what is more than each planned visit costs at the very least with its cheapest carer, next
    door: the part that planning can change. `dropped` visits broke a hard rule of the subset and were left out.
    `hard_of_all` and `price_of_all` are by all rules of the whole problem, for information."""

    unallocated: int
    dropped: int
    price: int
    cost: int
    above_floor: int
    seconds: float
    hard_of_all: int
    price_of_all: int


def score(rota: Rota, subset: Subset, whole: Problem, rules: Sequence[Rule], seconds: float) -> Score:
    """The score of a rota of `subset`, which was made of `whole` and `rules`; it took `seconds`."""
    problem = subset.problem
    legal = made_legal(rota, problem, subset.rules)
    report = check(legal, problem, subset.rules)
    missing = sum(finding.price for finding in report.findings if finding.rule == UNALLOCATED)
    cost = report.total - missing
    left = {visit.id for visit in legal.unallocated(problem)}
    least = sum(
        int(amount)
        for visit, amount in zip(problem.visits, floor(subset), strict=True)
        if visit.id not in left
    )
    of_all = check(put_together(legal, whole), whole, rules)
    return Score(
        unallocated=len(left),
        dropped=len(left) - len(rota.unallocated(problem)),
        price=pence(report.total),
        cost=pence(cost),
        above_floor=pence(cost - least),
        seconds=round(seconds, 1),
        hard_of_all=len(of_all.hard),
        price_of_all=pence(of_all.total),
    )


def floor(subset: Subset) -> NDArray[np.int64]:
    """What each visit costs at the very least (sixtieths): wages for it and prices of who comes, with the cheapest
    carer, or the two cheapest; no journeys, no waiting. Visits that nobody may do: 0."""
    model = encode(subset.problem, subset.rules)
    contact = model.pay_rates[:, :, 0].T[model.day]
    alone = np.where(model.allowed, model.charges + contact * model.minutes, np.iinfo(np.int64).max)
    helper = np.minimum(
        model.minutes, np.where(model.second_minutes > 0, model.second_minutes, 1440)[:, None]
    )
    second = np.where(model.allowed, model.charges + contact * helper, 0).min(axis=1)
    least = alone.min(axis=1) + np.where(model.double, second, 0)
    found: NDArray[np.int64] = np.where(model.allowed.any(axis=1), least, 0)
    return found
