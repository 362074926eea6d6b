"""Which rounds are set free, so that CP-SAT can make room for a visit."""

from __future__ import annotations

from scheduler.rota import Rota
from scheduler.solve.exact import Spell
from scheduler.solve.model import Model
from scheduler.solve.pack import Packing

ROUNDS = 3
"""Rounds set free around one visit (a double-up: one more)."""


def rounds_to_free(model: Model, packing: Packing, rota: Rota, v: int) -> list[Spell]:
    """The day's rounds of the few carers in which the visit would cost least extra travel: whoever must come first,
    then who may do it, and where those are too few, others too, who can take over from them."""
    problem = model.problem
    visit = problem.visits[v]
    scored = []
    for spell in possible(model, packing, v):
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
        may = bool(model.allowed[v, carer])
        scored.append((carer != model.must[v], not may, way + 0.3 * busy, spell))
    scored.sort()
    carers = list(dict.fromkeys(spell[0] for *_, spell in scored))[: ROUNDS + visit.carers - 1]
    return [spell for spell in packing.shifts if spell[1] == visit.day and spell[0] in carers]


def possible(model: Model, packing: Packing, v: int) -> list[Spell]:
    """Shifts in which the visit could be, as far as day and window go."""
    return [
        spell
        for spell in packing.shifts
        if spell[1] == model.day[v] and spell[2] <= model.latest[v] and spell[3] >= model.earliest[v]
    ]
