"""A rota as CP-SAT's starting point: the choices that make it, then whatever follows from them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from ortools.sat.python import cp_model

from scheduler.rota import Leg, Rota
from scheduler.solve.exact.draft import Draft, Spell
from scheduler.solve.exact.listening import never, solved


def hint(draft: Draft, rota: Rota) -> None:
    """Hint at the rota's visits, starts, carers and order."""
    cp = draft.cp
    cp.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools has no hint for it
    where: dict[tuple[int, Spell | None], Leg] = {}
    order: dict[Spell | None, list[int]] = {}
    for leg in rota.legs:
        v, spell = draft.visit_of(leg), draft.spell_of(leg)
        where[v, spell] = leg
        order.setdefault(spell, []).append(v)
    for v in draft.movable:
        legs = rota.of_visit(draft.problem.visits[v].id)
        cp.add_hint(draft.planned[v], bool(legs))
        if legs:
            cp.add_hint(draft.start[v], legs[0].start)
    for r in draft.rounds:
        if not r.free:
            continue
        visits = order.get(r.spell, [])
        cp.add_hint(r.active, bool(visits))
        for v, stop in r.stops.items():
            if v in draft.planned:
                cp.add_hint(stop.here, v in visits)
            cp.add_hint(stop.first, visits[:1] == [v])
            cp.add_hint(stop.last, visits[-1:] == [v])
            if (v, r.spell) in draft.helps:
                cp.add_hint(draft.helps[v, r.spell], v in visits and where[v, r.spell].second)
    used = {(spell, a, b) for spell, visits in order.items() for a, b in pairwise(visits)}
    for arc, literal in draft.arcs.items():
        cp.add_hint(literal, arc in used)


def complete_hint(draft: Draft, rota: Rota, over: Callable[[], bool] = never) -> int | None:
    """Hint at every variable. Returns the price of the rota by this model; None where the rota breaks a rule, or it was
    `over` before that was known: it is then hinted at as far as it goes."""
    hint(draft, rota)
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is ours to hear
    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.num_workers = 1
    if solved(solver, draft.cp, over) != cp_model.OPTIMAL:
        return None
    draft.cp.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools has no hint for it
    for index, value in enumerate(solver.response_proto.solution):
        draft.cp.add_hint(draft.cp.get_int_var_from_proto_index(index), value)
    return round(solver.objective_value)
