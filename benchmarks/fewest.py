"""The fewest carers with whom one client's visits can all be made, were there nobody else to visit: a bound that no
rota gets below, by CP-SAT.

A carer counts as able to make a visit where the rules allow the pair and one of the carer's spells holds the visit at a
start that its window allows. Travel, rest and hours are left out, so that a real rota may need more, never fewer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from ortools.sat.python import cp_model

from scheduler.problem import Problem
from scheduler.rules import RULES
from scheduler.solve.model import Model, encode


def fewest_carers(problem: Problem) -> dict[str, int]:
    """Client id -> a number of carers below which no rota with all of that client's visits can be (visits that
    nobody can make are left out)."""
    model = encode(problem, RULES)
    spells = _spells(model)
    return {
        client.id: _fewest(model, (int(v) for v in problem.visits_of(client.id)), spells)
        for client in problem.clients
        if len(problem.visits_of(client.id))
    }


def _spells(model: Model) -> dict[int, list[tuple[int, int]]]:
    spells: dict[int, list[tuple[int, int]]] = {}
    for carer, _, start, end in model.shifts:
        spells.setdefault(carer, []).append((start, end))
    return spells


def _fewest(model: Model, visits: Iterable[int], spells: dict[int, list[tuple[int, int]]]) -> int:
    cp = cp_model.CpModel()
    comes = [cp.new_bool_var("") for _ in model.problem.carers]
    for v in visits:
        able = [comes[carer] for carer, own in spells.items() if _can(model, v, carer, own)]
        need = 2 if model.double[v] else 1
        if len(able) >= need:
            cp.add(sum(able) >= need)
    cp.minimize(sum(comes))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 10.0
    solver.solve(cp)
    return math.ceil(solver.best_objective_bound - 1e-6)


def _can(model: Model, visit: int, carer: int, spells: list[tuple[int, int]]) -> bool:
    """Could the carer make the visit on any start? The second of a double-up may leave earlier."""
    least = int(model.minutes[visit, carer])
    if model.second_minutes[visit]:
        least = min(least, int(model.second_minutes[visit]))
    return bool(model.allowed[visit, carer]) and any(
        max(start, int(model.earliest[visit])) <= min(int(model.latest[visit]), end - least)
        for start, end in spells
    )
