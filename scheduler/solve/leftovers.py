"""What the search left over: placed exactly, or proved impossible where it was tried.

For each unallocated visit a few rounds are set free together and CP-SAT plans them anew, everything else staying.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable

import numpy as np

from scheduler.rota import Rota
from scheduler.solve.allowance import Allowance
from scheduler.solve.because import because, left_out, not_settled, too_dear
from scheduler.solve.core import Reasons, minimal
from scheduler.solve.exact import Spell, solve_exactly
from scheduler.solve.exact.listening import never
from scheduler.solve.model import Model
from scheduler.solve.nearby import Corner, Holds, corner
from scheduler.solve.pack import Packing
from scheduler.solve.placing import Placing

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
    problem, packing = model.problem, Packing(model)
    dearest = sorted(
        rota.unallocated(problem),
        key=lambda visit: (-model.unallocated[problem.visit_index[visit.id]], visit.id),
    )
    left, again, tries = deque(dearest), set[str](), 0
    placed: list[str] = []
    proved: dict[str, list[Spell]] = {}
    proofs: dict[str, str] = {}
    tried: dict[str, list[str]] = {}
    while left:
        visit = left.popleft()
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
        tries += 1
        time_left = until - time.monotonic()
        if tries > MOST or time_left < 0.5 or allowance.is_used_up or stopped():
            continue
        near = _rounds_to_free(model, packing, rota, v)
        tried[visit.id] = _names(model, near)
        answer = solve_exactly(
            model, rota, near, _with_mate(model, v), allowance.part(effort), time_left, stopped
        )
        allowance.spend(answer.effort)
        if answer.rota is not None and not answer.unallocated:
            rota = answer.rota
            placed.append(visit.id)
            proofs.pop(visit.id, None)
            # What was proved was about the rounds as they were: once more, beside those of now.
            left += [problem.visit(id) for id in proved if id not in again]
            again |= proved.keys()
            proofs |= {id: not_settled(tried[id]) for id in proved}
            proved.clear()
        elif answer.rota is not None and answer.proven:
            proofs[visit.id] = left_out(tried[visit.id], visit.id in answer.unallocated)
            proved[visit.id] = near
        else:
            proofs[visit.id] = not_settled(tried[visit.id])

    def over() -> bool:
        return time.monotonic() > until or stopped()

    for id, near in proved.items() if explain else ():
        around = _around(model, rota, id, near)
        reasons = minimal(around, over, for_reasons)
        if isinstance(reasons, Reasons):
            proofs[id] = because(around, reasons)
        elif isinstance(reasons, Rota):
            proofs[id] = too_dear(tried[id])
    return Placing(rota, tuple(placed), proofs, tried)


def _names(model: Model, near: list[Spell]) -> list[str]:
    return sorted({model.problem.carers[spell[0]].name for spell in near})


def _around(model: Model, rota: Rota, visit: str, near: list[Spell]) -> Corner:
    """The rounds that may change for the visit, as a problem of their own."""
    carers = list(dict.fromkeys(model.problem.carers[spell[0]].id for spell in near))
    return corner(model.problem, rota, visit, carers, _holds(model, model.problem.visit(visit).day))


def _holds(model: Model, day: int) -> Holds:
    """What somebody has tied down of a day's visits."""
    visits, carers = model.problem.visits, model.problem.carers
    starts = dict(model.held_starts)
    for v in np.nonzero((model.day == day) & (model.not_before > 0))[0].tolist():
        earliest, latest = starts.get(v, (visits[v].earliest, visits[v].latest))
        if earliest < model.not_before:
            starts[v] = model.not_before, latest
    return Holds(
        frozenset(visits[v].id for v in model.kept),
        {visits[v].id: span for v, span in starts.items()},
        {visits[v].id: tuple(carers[c].id for c in them) for v, them in model.held_carers.items()},
    )


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
