"""Why a visit has no place: a minimal set of reasons. Take away any one of them and there is room.

A reason is a rule, another visit that has to stay, or the shift of a carer near by. CP-SAT is asked again and again
whether the visit could be placed if only some of them counted; whatever is not needed for the no is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from ortools.sat.python import cp_model

from scheduler.rota import Rota
from scheduler.rules import RULES
from scheduler.rules.base import Level, Rule
from scheduler.rules.double_up import DoubleUp
from scheduler.rules.shifts import Shifts
from scheduler.rules.travel import Travel
from scheduler.solve.allowance import Allowance
from scheduler.solve.exact.listening import never, solved
from scheduler.solve.exact.solve import drafted, rota_of
from scheduler.solve.model import encode
from scheduler.solve.nearby import Corner

GROUND = (DoubleUp.name, Shifts.name)
"""Not among the reasons: how many carers a visit takes is part of it, and each carer's shift is a reason by itself."""
REASONS = tuple(rule for rule in RULES if rule.level is Level.HARD and rule.name not in GROUND)
EFFORT = 1.0
"""CP-SAT's deterministic seconds for one question."""


@dataclass(frozen=True)
class Reasons:
    """Names of rules, ids of visits that must stay, ids of carers whose shifts count: all that counts. `needed`: is
    each known to be, or had CP-SAT too little time to tell of some?"""

    rules: frozenset[str]
    visits: frozenset[str]
    shifts: frozenset[str]
    needed: bool = True

    def without(self, other: Reasons) -> Reasons:
        """These reasons but those."""
        return Reasons(self.rules - other.rules, self.visits - other.visits, self.shifts - other.shifts)

    def each(self) -> list[Reasons]:
        """One by one: visits, then rules in the reverse order of the list, then shifts."""
        rules = [rule.name for rule in reversed(REASONS) if rule.name in self.rules]
        return [
            *(some(visits=[id]) for id in sorted(self.visits)),
            *(some(rules=[name]) for name in rules),
            *(some(shifts=[id]) for id in sorted(self.shifts)),
        ]


def some(rules: Iterable[str] = (), visits: Iterable[str] = (), shifts: Iterable[str] = ()) -> Reasons:
    """Just these."""
    return Reasons(frozenset(rules), frozenset(visits), frozenset(shifts))


def all_reasons(corner: Corner) -> Reasons:
    """Everything that may stand in the way."""
    return some((rule.name for rule in REASONS), corner.movable, corner.carers)


def minimal(
    corner: Corner, over: Callable[[], bool] = never, allowance: Allowance | None = None
) -> Reasons | Rota | None:
    """A minimal set of reasons; if the visit has a place after all, a rota that shows it. None if CP-SAT could not tell
    within its effort, or if it was `over`, or the allowance used up, before all were tried."""
    allowance = allowance or Allowance()
    reasons = all_reasons(corner)
    if over() or allowance.is_used_up:
        return None
    room = placed(corner, reasons, allowance, over)
    if isinstance(room, Rota):
        return room
    if room is None:
        return None
    nearer = reasons.without(some(visits=set(corner.movable) - _at_the_same_time(corner)))
    if nearer != reasons and placed(corner, nearer, allowance, over) is False:
        reasons = nearer
    unsure = False
    for one in reasons.each():
        if over() or allowance.is_used_up:
            return None
        fewer = reasons.without(one)
        room = placed(corner, fewer, allowance, over)
        if room is False:
            reasons = fewer
        unsure = unsure or room is None
    return None if over() else replace(reasons, needed=not unsure)


def _at_the_same_time(corner: Corner) -> set[str]:
    """Visits that could be under way when the one without a place is."""
    asked = corner.problem.visit(corner.visit)
    return {
        id
        for id in corner.movable
        if corner.problem.visit(id).earliest < asked.latest + asked.commissioned
        and corner.problem.visit(id).latest + corner.problem.visit(id).commissioned > asked.earliest
    }


def rules_of(reasons: Reasons) -> list[Rule]:
    """The rules that hold where these are the reasons. Journeys take no time instead of falling under no rule."""
    kept = reasons.rules | {*GROUND, Travel.name}
    return [rule for rule in RULES if rule.level is Level.HARD and rule.name in kept]


def placed(
    corner: Corner,
    reasons: Reasons,
    allowance: Allowance | None = None,
    over: Callable[[], bool] = never,
) -> Rota | Literal[False] | None:
    """A rota with the visit, if these reasons alone counted; False if there is none; None if CP-SAT could not tell
    before it was `over`."""
    allowance = allowance or Allowance()
    problem = corner.eased(Travel.name in reasons.rules, reasons.shifts)
    model = encode(problem, rules_of(reasons))
    free = [
        shift
        for shift in model.shifts
        if shift[1] == corner.day and problem.carers[shift[0]].id in corner.carers
    ]
    for id, (earliest, latest) in corner.holds.starts.items():
        model.start_between(problem.visit_index[id], earliest, latest)
    for id, carers in corner.holds.carers.items():
        model.fix(problem.visit_index[id], [problem.carer_index[carer] for carer in carers], None)
    moving = {corner.visit, *corner.movable}
    model.kept = {v for v, visit in enumerate(problem.visits) if visit.id not in moving}
    draft = drafted(model, corner.rota.without(moving), free, moving)
    for id in sorted({corner.visit, *reasons.visits}):
        draft.cp.add(draft.planned[problem.visit_index[id]] == 1)
    draft.cp.clear_objective()  # type: ignore[no-untyped-call]  # OR-Tools has no hint for it
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is ours to hear
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = allowance.part(EFFORT)
    status = solved(solver, draft.cp, over)
    allowance.spend(solver.response_proto.deterministic_time)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return rota_of(draft, solver)
    return False if status == cp_model.INFEASIBLE else None
