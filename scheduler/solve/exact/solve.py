"""Best plan for some rounds, everything else left as it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.rota import Leg, Rota
from scheduler.solve.exact.carers import add_carers
from scheduler.solve.exact.clients import add_clients
from scheduler.solve.exact.days import add_days
from scheduler.solve.exact.draft import Draft, Spell
from scheduler.solve.exact.hints import complete_hint, hint
from scheduler.solve.exact.listening import never, solved
from scheduler.solve.exact.rounds import add_round, add_round_as_it_is
from scheduler.solve.exact.visits import add_company, add_visits
from scheduler.solve.exact.whole import add_whole
from scheduler.solve.memory import give_back
from scheduler.solve.model import Model


@dataclass(frozen=True)
class Answer:
    """The best rota found (None: none), what was free to choose costs in it by the model's own account, how far from
    the best possible that may be (sixtieths of a penny; `proven` when that is nothing) while all else stays, which of
    the visits that were asked for are still unallocated, and the deterministic time that it took."""

    rota: Rota | None
    price: int
    gap: int
    proven: bool
    unallocated: frozenset[str]
    effort: float = 0.0


def solve_exactly(
    model: Model,
    rota: Rota,
    free: Iterable[Spell],
    extra: Iterable[str] = (),
    effort: float = 10.0,
    seconds: float = math.inf,
    over: Callable[[], bool] = never,
) -> Answer:
    """Best plan for the visits in the `free` rounds of the rota and the `extra` ones (ids, unallocated so far).

    `effort` is CP-SAT's deterministic time, so that the same call gives the same answer on any machine; `seconds`, if
    given, may end it earlier, and so does `over`, which is asked a few times a second.
    """
    draft = drafted(model, rota, free, extra)
    hint(draft, rota)
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is ours to hear
    solver.parameters.max_deterministic_time = effort
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    status = solved(solver, draft.cp, over)
    took = solver.response_proto.deterministic_time
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, 0, 0, status == cp_model.INFEASIBLE, frozenset(), took)
    found = rota_of(draft, solver)
    return Answer(
        rota=found,
        price=round(solver.objective_value),
        gap=round(solver.objective_value - solver.best_objective_bound),
        proven=status == cp_model.OPTIMAL,
        unallocated=frozenset(
            draft.problem.visits[v].id for v in draft.movable if not solver.value(draft.planned[v])
        ),
        effort=took,
    )


def price_exactly(model: Model, rota: Rota) -> int | None:
    """What the exact model, every shift free, says that visits by these carers at these starts cost; None where that
    breaks a rule. How long they stay and who leads where both stay to the end is for the model to say."""
    return complete_hint(drafted(model, Rota(rota.start, rota.days), model.shifts, _all(model)), rota)


def _all(model: Model) -> list[str]:
    return [visit.id for visit in model.problem.visits]


def drafted(model: Model, rota: Rota, free: Iterable[Spell], extra: Iterable[str] = ()) -> Draft:
    """The whole CP-SAT model, to be made small."""
    give_back()  # what the models before have left
    draft = Draft(model, rota, free, extra)
    add_visits(draft)
    for spell in draft.free:
        add_round(draft, spell)
    for spell in _rounds_that_matter(draft):
        add_round_as_it_is(draft, spell)
    add_company(draft)
    add_days(draft)
    add_carers(draft)
    add_clients(draft)
    add_whole(draft)
    draft.cp.minimize(sum(draft.price))
    return draft


def _rounds_that_matter(draft: Draft) -> list[Spell]:
    """Rounds that stay: the other ones of the same carers, and all where a price couples everybody."""
    everybody = bool(draft.model.idle or draft.model.imbalance)
    carers = {spell[0] for spell in draft.free}
    return sorted(
        spell
        for spell in draft.kept_in
        if spell is not None and spell not in set(draft.free) and (everybody or spell[0] in carers)
    )


def rota_of(draft: Draft, solver: cp_model.CpSolver) -> Rota:
    """The rota with the visits where CP-SAT has put them."""
    m, problem = draft.model, draft.problem
    legs = list(draft.kept)
    leading: set[int] = set()
    for r in draft.rounds:
        for v, stop in r.stops.items():
            if v not in draft.planned or not solver.value(stop.here):
                continue
            if (v, r.spell) in draft.helps:
                second = bool(solver.value(draft.helps[v, r.spell]))
            else:
                second = v in leading
                leading.add(v)
            legs.append(
                Leg(
                    start=solver.value(draft.start[v]),
                    carer=problem.carers[r.carer].id,
                    visit=problem.visits[v].id,
                    minutes=solver.value(stop.minutes),
                    second=second,
                )
            )
    return Rota(m.problem.start, m.problem.days, tuple(legs))
