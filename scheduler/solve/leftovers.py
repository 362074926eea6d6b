"""What the search left over: placed exactly, or proved impossible where it was tried.

For each unallocated visit a few rounds are set free together and CP-SAT plans them anew, everything else staying.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

import numpy as np

from scheduler.rota import Rota
from scheduler.solve.allowance import Allowance
from scheduler.solve.because import because
from scheduler.solve.core import minimal
from scheduler.solve.exact import Spell, solve_exactly
from scheduler.solve.model import Model
from scheduler.solve.nearby import corner
from scheduler.solve.pack import Packing

ROUNDS = 3
"""Rounds set free around one visit (a double-up: one more)."""
MOST = 12
"""Visits tried at the most: the exact half is for a handful."""
EFFORT = 6.0
"""CP-SAT's deterministic seconds a visit."""
IN_ALL, REASONS = 2.0, 3.0
"""The same for all visits together, and for their reasons, where no clock ends it: some seconds on the demo's week.
(Without it a plan of 3,000 iterations searched for two seconds there and then placed leftovers for a hundred.)"""
_UNTRIED = "No exact rearranging of rounds was tried: CP-SAT's model does not know rush hours."


@dataclass(frozen=True)
class Placing:
    """The rota afterwards, and a sentence on each visit that is still unallocated."""

    rota: Rota
    placed: tuple[str, ...]
    proofs: dict[str, str]


def place_leftovers(
    model: Model, rota: Rota, effort: float = EFFORT, seconds: float = math.inf, explain: bool = True
) -> Placing:
    """Try the unallocated visits, dearest first, within `effort` each and `seconds` in all; without those, within
    `IN_ALL` and `REASONS` of effort, so that the same call gives the same answer. `explain`: the model is of the
    agency's own rules, so that CP-SAT can be asked which of them stand in the way."""
    until = time.monotonic() + seconds
    allowance, for_reasons = (
        Allowance(most if math.isinf(seconds) else math.inf) for most in (IN_ALL, REASONS)
    )
    problem = model.problem
    packing = Packing(model)
    left = sorted(
        rota.unallocated(problem),
        key=lambda visit: (-model.unallocated[problem.visit_index[visit.id]], visit.id),
    )
    tried = 0
    placed: list[str] = []
    proved: list[tuple[str, list[Spell]]] = []
    proofs: dict[str, str] = {}
    for visit in left:
        v = problem.visit_index[visit.id]
        if (
            len({spell[0] for spell in _possible(model, packing, v) if model.allowed[v, spell[0]]})
            < visit.carers
        ):
            proofs[visit.id] = _nobody(model, packing, v, visit.carers)
            continue
        if model.has_rush:
            proofs[visit.id] = _UNTRIED
            continue
        near = _rounds_to_free(model, packing, rota, v)
        tried += 1
        time_left = until - time.monotonic()
        if tried > MOST or time_left < 0.5 or allowance.is_used_up:
            continue
        answer = solve_exactly(model, rota, near, _with_mate(model, v), allowance.part(effort), time_left)
        allowance.spend(answer.effort)
        names = " and ".join(sorted({problem.carers[spell[0]].name for spell in near}))
        if answer.rota is not None and visit.id not in answer.unallocated and not answer.unallocated:
            rota = answer.rota
            placed.append(visit.id)
        elif answer.proven:
            proofs[visit.id] = f"Proved by CP-SAT: no rearranging of the rounds of {names} makes room for it."
            proved.append((visit.id, near))
        else:
            proofs[visit.id] = (
                f"Rearranging the rounds of {names} was tried and not settled in the time given."
            )
    for id, near in proved if explain else ():
        proofs[id] = _because(model, rota, id, near, until, for_reasons) or proofs[id]
    return Placing(rota, tuple(placed), proofs)


def _because(
    model: Model, rota: Rota, visit: str, near: list[Spell], until: float, allowance: Allowance
) -> str | None:
    """A sentence with a minimal set of reasons, if they are found in time."""
    problem = model.problem
    carers = list(dict.fromkeys(problem.carers[spell[0]].id for spell in near))
    around = corner(problem, rota, visit, carers, [problem.visits[v].id for v in model.kept])
    reasons = minimal(around, until, allowance)
    return because(around, reasons) if reasons is not None else None


def _rounds_to_free(model: Model, packing: Packing, rota: Rota, v: int) -> list[Spell]:
    """The day's rounds of the few carers in which the visit would cost least extra travel: who may do it, and where
    those are too few, others too, who can take over from them."""
    problem = model.problem
    visit = problem.visits[v]
    scored = []
    for spell in _possible(model, packing, v):
        carer, _, start, end = spell
        minutes = model.matrices[model.mode[carer]]
        legs = [
            leg for leg in rota.legs_by_carer.get(problem.carers[carer].id, ()) if start <= leg.start < end
        ]
        near = sorted(legs, key=lambda leg: abs(leg.start - visit.preferred))[:2]
        places = [problem.place_of_client(problem.visit(leg.visit).client) for leg in near]
        places = places or [len(problem.clients) + carer]
        here = int(model.client[v])
        busy = sum(leg.minutes for leg in legs if abs(leg.start - visit.preferred) < 120)
        way = sum(int(minutes[at, here]) for at in places) / len(places)
        scored.append((not model.allowed[v, carer], way + 0.3 * busy, spell))
    scored.sort()
    carers = list(dict.fromkeys(spell[0] for _, _, spell in scored))[: ROUNDS + visit.carers - 1]
    return [spell for spell in packing.shifts if spell[1] == visit.day and spell[0] in carers]


def _with_mate(model: Model, v: int) -> list[str]:
    """The visit, and the one without which it is not planned."""
    return [model.problem.visits[i].id for i in (v, int(model.mate[v])) if i >= 0]


def _possible(model: Model, packing: Packing, v: int) -> list[Spell]:
    """Shifts in which the visit could be, as far as day and window go."""
    return [
        spell
        for spell in packing.shifts
        if spell[1] == model.day[v] and spell[2] <= model.latest[v] and spell[3] >= model.earliest[v]
    ]


def _nobody(model: Model, packing: Packing, v: int, need: int) -> str:
    """Why too few carers could do the visit at all."""
    allowed = np.nonzero(model.allowed[v])[0]
    on_shift = {spell[0] for spell in _possible(model, packing, v) if model.allowed[v, spell[0]]}
    takes = "two carers" if need == 2 else "a carer"
    if len(allowed) < need:
        return f"It takes {takes}, and {len(allowed)} of {model.allowed.shape[1]} may do it at all."
    return (
        f"It takes {takes}: {len(allowed)} may do it, and {len(on_shift)} of them are on shift at that time."
    )
