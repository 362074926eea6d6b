"""What the search left over: placed exactly, or proved impossible where it was tried.

For each unallocated visit a few rounds are set free together and CP-SAT plans them anew, everything else staying.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduler.rota import Rota
from scheduler.solve.allowance import Allowance
from scheduler.solve.because import because, left_out, not_settled, too_dear
from scheduler.solve.core import Reasons, minimal
from scheduler.solve.exact import Spell, solve_exactly
from scheduler.solve.exact.listening import never
from scheduler.solve.model import Model
from scheduler.solve.nearby import Corner, corner
from scheduler.solve.pack import Packing

ROUNDS = 3
"""Rounds set free around one visit (a double-up: one more)."""
MOST = 12
"""Visits tried at the most: the exact half is for a handful."""
EFFORT = 6.0
"""CP-SAT's deterministic seconds a visit."""
IN_ALL, FOR_REASONS = 2.0, 3.0
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
    model: Model,
    rota: Rota,
    effort: float = EFFORT,
    seconds: float = math.inf,
    explain: bool = True,
    stopped: Callable[[], bool] = never,
) -> Placing:
    """Try the unallocated visits, dearest first, within `effort` each and `seconds` in all; without those, within
    `IN_ALL` and `FOR_REASONS` of effort, so that the same call gives the same answer. `explain`: the model is of the
    agency's own rules, so that CP-SAT can be asked which of them stand in the way. `stopped` is asked a few times a
    second; what was placed by then is kept."""
    until = time.monotonic() + seconds
    allowance, for_reasons = (
        Allowance(most if math.isinf(seconds) else math.inf) for most in (IN_ALL, FOR_REASONS)
    )
    problem = model.problem
    packing = Packing(model)
    left = sorted(
        rota.unallocated(problem),
        key=lambda visit: (-model.unallocated[problem.visit_index[visit.id]], visit.id),
    )
    tried = 0
    placed: list[str] = []
    proved: dict[str, list[Spell]] = {}
    outdated: set[str] = set()
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
        if tried > MOST or time_left < 0.5 or allowance.is_used_up or stopped():
            continue
        answer = solve_exactly(
            model, rota, near, _with_mate(model, v), allowance.part(effort), time_left, stopped
        )
        allowance.spend(answer.effort)
        if answer.rota is not None and not answer.unallocated:
            rota = answer.rota
            placed.append(visit.id)
            outdated |= proved.keys()  # what is cheapest beside the rota as it was
            proofs |= {id: not_settled(_names(model, proved[id])) for id in outdated}
        elif answer.proven:
            proofs[visit.id] = left_out(_names(model, near), visit.id in answer.unallocated)
            proved[visit.id] = near
        else:
            proofs[visit.id] = not_settled(_names(model, near))

    def over() -> bool:
        return time.monotonic() > until or stopped()

    for id, near in proved.items() if explain else ():
        around = _around(model, rota, id, near)
        reasons = minimal(around, over, for_reasons)
        if isinstance(reasons, Reasons):
            proofs[id] = because(around, reasons)
        elif isinstance(reasons, Rota) and id not in outdated:
            proofs[id] = too_dear(_names(model, near))
    return Placing(rota, tuple(placed), proofs)


def _names(model: Model, near: list[Spell]) -> list[str]:
    return sorted({model.problem.carers[spell[0]].name for spell in near})


def _around(model: Model, rota: Rota, visit: str, near: list[Spell]) -> Corner:
    """The rounds that may change for the visit, as a problem of their own."""
    problem = model.problem
    carers = list(dict.fromkeys(problem.carers[spell[0]].id for spell in near))
    return corner(problem, rota, visit, carers, [problem.visits[v].id for v in model.kept])


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
