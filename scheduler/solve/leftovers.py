"""What the search left over: placed exactly, or proved impossible where it was tried.

For each unallocated visit a few rounds are set free together and CP-SAT plans them anew, everything else staying.
"""

from __future__ import annotations

import math
import time
from collections import deque
from collections.abc import Callable

import numpy as np

from scheduler.domain import Visit
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
from scheduler.solve.to_free import possible, rounds_to_free
from scheduler.units import DAY

MOST = 12
"""Visits tried at the most: the exact half is for a handful."""
EFFORT = 6.0
"""CP-SAT's deterministic seconds a visit."""
IN_ALL, FOR_REASONS = 2.0, 3.0
"""The same for all visits together, and for their reasons, where no clock ends it: some seconds on the demo's week.
(Without it a plan of 3,000 iterations searched for two seconds there and then placed leftovers for a hundred.)"""
_NO_TIME = "Its fixed start lies outside its window."
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
    in_all, for_reasons = (
        Allowance(most if math.isinf(seconds) else math.inf) for most in (IN_ALL, FOR_REASONS)
    )
    trying = _Trying(model, rota, effort, in_all, time.monotonic() + seconds, stopped)
    while trying.left:
        trying.next()
    if explain:
        trying.find_reasons(for_reasons)
    return Placing(trying.rota, tuple(trying.placed), trying.proofs, trying.tried)


class _Trying:
    """One visit after the other. `proved`: of which visits the cheapest rearranging of which rounds leaves somebody
    out, as the rota is now."""

    def __init__(
        self,
        model: Model,
        rota: Rota,
        effort: float,
        allowance: Allowance,
        until: float,
        stopped: Callable[[], bool],
    ) -> None:
        self.model, self.rota, self.packing = model, rota, Packing(model)
        self.effort, self.allowance, self.until, self.stopped = effort, allowance, until, stopped
        self.left = deque(sorted(rota.unallocated(model.problem), key=self._dearest_first))
        self.tries = 0
        self.again: set[str] = set()
        self.placed: list[str] = []
        self.proved: dict[str, list[Spell]] = {}
        self.proofs: dict[str, str] = {}
        self.tried: dict[str, list[str]] = {}

    def _dearest_first(self, visit: Visit) -> tuple[int, str]:
        return -int(self.model.unallocated[self.model.problem.visit_index[visit.id]]), visit.id

    def next(self) -> None:
        """Count who could do it, or try to make room for it."""
        model, visit = self.model, self.left.popleft()
        v = model.problem.visit_index[visit.id]
        could = {spell[0] for spell in possible(model, self.packing, v) if model.allowed[v, spell[0]]}
        if model.earliest[v] > model.latest[v]:
            if (
                model.latest[v] >= model.not_before
            ):  # (else the freeze is the reason, and is told with the lock)
                self.proofs[visit.id] = _NO_TIME
        elif len(could) < visit.carers or (model.must[v] >= 0 and int(model.must[v]) not in could):
            self.proofs[visit.id] = _nobody(model, visit, v, could)
        elif model.has_rush:
            self.proofs[visit.id] = _UNTRIED
        elif not self.rota.of_visit(visit.id):  # (where its mate was placed, it was too)
            self.tries += 1
            seconds = self.until - time.monotonic()
            if self.tries <= MOST and seconds >= 0.5 and not self.allowance.is_used_up and not self.stopped():
                self._try(visit.id, v, seconds)

    def _try(self, id: str, v: int, seconds: float) -> None:
        near = rounds_to_free(self.model, self.packing, self.rota, v)
        names = self.tried[id] = sorted({self.model.problem.carers[spell[0]].name for spell in near})
        effort, extra = self.allowance.part(self.effort), _with_mate(self.model, v)
        answer = solve_exactly(self.model, self.rota, near, extra, effort, seconds, self.stopped)
        self.allowance.spend(answer.effort)
        if answer.rota is not None and not answer.unallocated:
            self._place(id, answer.rota)
        elif answer.rota is not None and answer.proven:
            self.proofs[id] = left_out(names, self.model.is_held, id in answer.unallocated)
            self.proved[id] = near
        else:
            self.proofs[id] = not_settled(names)

    def _place(self, id: str, rota: Rota) -> None:
        """What was proved was about the rounds as they were: those visits once more, beside the rounds of now."""
        self.rota = rota
        self.placed.append(id)
        self.proofs.pop(id, None)
        self.left += [self.model.problem.visit(other) for other in self.proved if other not in self.again]
        self.again |= self.proved.keys()
        self.proofs |= {other: not_settled(self.tried[other]) for other in self.proved}
        self.proved.clear()

    def find_reasons(self, allowance: Allowance) -> None:
        """Of those that are left out at the best: a minimal set of reasons, or that room would be too dear."""
        for id, near in self.proved.items():
            around = _around(self.model, self.rota, id, near)
            reasons = minimal(around, self._is_over, allowance)
            if isinstance(reasons, Reasons):
                self.proofs[id] = because(around, reasons)
            elif isinstance(reasons, Rota):
                self.proofs[id] = too_dear(self.tried[id], around.is_held)

    def _is_over(self) -> bool:
        return time.monotonic() > self.until or self.stopped()


def _around(model: Model, rota: Rota, visit: str, near: list[Spell]) -> Corner:
    """The rounds that may change for the visit, as a problem of their own."""
    carers = list(dict.fromkeys(model.problem.carers[spell[0]].id for spell in near))
    return corner(model.problem, rota, visit, carers, _holds(model, model.problem.visit(visit).day))


def _holds(model: Model, day: int) -> Holds:
    """What somebody has tied down of a day's visits. (The ends of a window are a rule's, and stay with it.)"""
    visits, carers = model.problem.visits, model.problem.carers
    starts = {visits[v].id: span for v, span in model.held_starts.items()}
    if model.not_before > day * DAY:
        for v in np.nonzero(model.day == day)[0].tolist():
            earliest, latest = starts.get(visits[v].id, (day * DAY, (day + 1) * DAY - 1))
            starts[visits[v].id] = max(earliest, model.not_before), latest
    return Holds(
        frozenset(visits[v].id for v in model.kept),
        starts,
        {visits[v].id: tuple(carers[c].id for c in them) for v, them in model.held_carers.items()},
    )


def _with_mate(model: Model, v: int) -> list[str]:
    """The visit, and the one without which it is not planned."""
    return [model.problem.visits[i].id for i in (v, int(model.mate[v])) if i >= 0]


def _nobody(model: Model, visit: Visit, v: int, could: set[int]) -> str:
    """Why too few carers could do the visit at all."""
    allowed, everybody = int(model.allowed[v].sum()), model.allowed.shape[1]
    takes = "two carers" if visit.carers == 2 else "a carer"
    if allowed < visit.carers:
        return f"It takes {takes}, and {allowed} of {everybody} may do it at all."
    if len(could) < visit.carers:
        return f"It takes {takes}: {allowed} may do it, and {len(could)} of them are on shift at that time."
    name = model.problem.carers[model.must[v]].name
    return f"{name} must be one of the two, and may not do it or is not on shift at that time."
