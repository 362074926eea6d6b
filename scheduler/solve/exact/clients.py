"""Who meets whom: the price of each face, and of many."""

from __future__ import annotations

from collections import Counter, defaultdict

from scheduler.solve.exact.curves import add_curve
from scheduler.solve.exact.draft import Draft, Literal


def add_clients(draft: Draft) -> None:
    """Every client whom a visit that may move is to. Faces that come anyway cost nothing more."""
    m, cp = draft.model, draft.cp
    kept = Counter(
        (int(m.client[draft.visit_of(leg)]), draft.problem.carer_index[leg.carer]) for leg in draft.kept
    )
    here: dict[int, dict[int, list[Literal]]] = defaultdict(lambda: defaultdict(list))
    moving = set(draft.movable)
    for r in draft.rounds:
        for v, stop in r.stops.items():
            if v in moving:
                here[int(m.client[v])][r.carer].append(stop.here)
    for client in sorted(set(here) | {client for client, _ in kept}):
        strangers: list[Literal] = []
        here_at_all: list[Literal] = []
        for carer in range(len(draft.problem.carers)):
            literals = here[client].get(carer, [])
            if kept[client, carer]:
                met: Literal = True
            elif literals:
                met = cp.new_bool_var("meets")
                cp.add_max_equality(met, literals)
                draft.price.append(int(m.pair_price[client, carer]) * met)
            else:
                continue
            here_at_all.append(met)
            if not m.recent[client, carer]:
                strangers.append(met)
        recent = int(m.recent[client].sum())
        add_curve(draft, strangers, m.curve[client], recent)
        add_curve(draft, here_at_all, m.curve_here[client])
