"""Core teams, planned up front by CP-SAT: which few carers each client should see.

The search then starts from these teams instead of from whoever is nearest. The model knows nothing of routes: a client
asks for minutes in each part of the week, a carer has minutes on shift there, and every face has its price.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from scheduler.solve.areas import areas
from scheduler.solve.memory import give_back
from scheduler.solve.model import UNLIMITED, Model
from scheduler.units import HOUR, pence

PARTS = ((0, 11 * HOUR), (11 * HOUR, 15 * HOUR), (15 * HOUR, 18 * HOUR), (18 * HOUR, 24 * HOUR))
"""Morning, lunch, tea, bed: minutes of the day."""
CANDIDATES = 12
"""Carers considered a client."""
JOURNEY = 8
"""Minutes of travel that one visit is taken to cost: more than plans turn out to have, so that a team has time to
spare."""
SHORT_PRICE = 50
"""Pence a minute that no team can give: dearer than any face."""
FILL = 0.9
"""Share of a carer's time on shift that a team may count on."""

Slot = tuple[bool, int]
"""Weekend or not, and the part of the day: days of one kind are added up to keep the model small."""


@dataclass(frozen=True)
class Teams:
    """`pairs`: (client, carer) positions that belong together. `status` is CP-SAT's own word, or its words."""

    pairs: frozenset[tuple[int, int]]
    status: str

    def size(self) -> float:
        """Mean number of carers a client."""
        clients = {client for client, _ in self.pairs}
        return len(self.pairs) / len(clients) if clients else 0.0


def plan_teams(model: Model, effort: float = 4.0, seconds: float = math.inf) -> Teams:
    """Small teams that can carry the week, area by area: each may count on what the ones before have left of the
    carers' time. `effort` is CP-SAT's deterministic time for all; `seconds` ends it earlier."""
    until = time.monotonic() + seconds
    demand = _demand(model)
    limits = {k: int(limit) for k, limit in enumerate(model.limit.sum(axis=1)) if limit < UNLIMITED}
    left = Left(_supply(model), limits)
    pairs: set[tuple[int, int]] = set()
    said: set[str] = set()
    groups = areas(model.problem.clients, sorted(demand))
    for i, group in enumerate(groups):
        share = (until - time.monotonic()) / (len(groups) - i)
        found, status = _plan_area(model, {c: demand[c] for c in group}, left, effort / len(groups), share)
        pairs |= found
        said.add(status)
        give_back()  # what CP-SAT had for this area
    return Teams(frozenset(pairs), " and ".join(sorted(said)))


@dataclass
class Left:
    """Minutes of each carer that no team counts on yet: in each slot, and in all weeks of those who have a limit."""

    supply: dict[tuple[int, Slot], int]
    limit: dict[int, int]


def _plan_area(
    model: Model, demand: dict[int, dict[Slot, int]], left: Left, effort: float, seconds: float
) -> tuple[set[tuple[int, int]], str]:
    """Teams of some clients, which take their minutes out of what is left; none, and CP-SAT's word, if there was not
    time enough."""
    cp = cp_model.CpModel()
    objective: list[Any] = []
    member: dict[tuple[int, int], Any] = {}
    load: dict[tuple[int, Slot], list[Any]] = defaultdict(list)
    for client, slots in demand.items():
        carers = _candidates(model, client)
        for carer in carers:
            member[client, carer] = cp.new_bool_var(f"{client} {carer}")
            objective.append(pence(int(model.pair_price[client, carer])) * member[client, carer])
        strangers = [member[client, k] for k in carers if not model.recent[client, k]]
        recent = int(model.recent[client].sum())
        _price_of_faces(cp, model.curve[client, recent:], strangers, objective)
        _price_of_faces(cp, model.curve_here[client], [member[client, k] for k in carers], objective)
        charge = _mean_charge(model, client)
        for slot, minutes in slots.items():
            parts = []
            for carer in carers:
                most = min(minutes, left.supply.get((carer, slot), 0))
                if most <= 0:
                    continue
                given = cp.new_int_var(0, most, "")
                cp.add(given <= most * member[client, carer])
                parts.append(given)
                load[carer, slot].append(given)
                objective.append(int(charge[carer]) * given)
            short = cp.new_int_var(0, minutes, "")
            cp.add(sum(parts) + short == minutes)
            objective.append(SHORT_PRICE * short)
    for (carer, slot), parts in load.items():
        cp.add(sum(parts) <= left.supply[carer, slot])
    _weekly_limits(cp, left, load)
    cp.minimize(sum(objective))
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is ours to hear
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = effort
    solver.parameters.max_time_in_seconds = max(0.1, seconds)
    status = solver.solve(cp)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return set(), solver.status_name(status)
    for (carer, slot), parts in load.items():
        used = sum(solver.value(part) for part in parts)
        left.supply[carer, slot] -= used
        if carer in left.limit:
            left.limit[carer] -= used
    return {pair for pair, x in member.items() if solver.value(x)}, solver.status_name(status)


def _slot(model: Model, day: int, minute: int) -> Slot:
    within = minute % (24 * HOUR)
    part = next(i for i, (_, end) in enumerate(PARTS) if within < end)
    return model.problem.date_of(day).weekday() >= 5, part


def _demand(model: Model) -> dict[int, dict[Slot, int]]:
    """Minutes of carers' time, journeys included, that each client asks for in each slot."""
    demand: dict[int, dict[Slot, int]] = defaultdict(lambda: defaultdict(int))
    for v, visit in enumerate(model.problem.visits):
        second = 0
        if model.double[v]:
            second = int(model.second_minutes[v]) or visit.commissioned
            second += JOURNEY
        slot = _slot(model, visit.day, int(model.target[v]))
        demand[int(model.client[v])][slot] += visit.commissioned + JOURNEY + second
    return demand


def _supply(model: Model) -> dict[tuple[int, Slot], int]:
    """Minutes of each carer in each slot that teams may count on."""
    supply: dict[tuple[int, Slot], float] = defaultdict(float)
    for carer, day, start, end in model.shifts:
        for i, (begin, finish) in enumerate(PARTS):
            lo, hi = max(start, day * 24 * HOUR + begin), min(end, day * 24 * HOUR + finish)
            if hi > lo:
                supply[carer, (model.problem.date_of(day).weekday() >= 5, i)] += FILL * (hi - lo)
    return {key: int(minutes) for key, minutes in supply.items()}


def _mean_charge(model: Model, client: int) -> NDArray[np.float64]:
    """What one minute of each carer at this client costs beside pay: wishes, interests, the way from home (pence)."""
    visits = model.problem.visits_of(model.problem.clients[client].id)
    clients = len(model.problem.clients)
    carers = np.arange(len(model.problem.carers))
    away = np.array([model.matrices[model.mode[k]][clients + k, client] for k in carers])
    per_visit = model.charges[visits].mean(axis=0) / 60 + away * model.home_price / 60 / 4
    dearer: NDArray[np.float64] = np.maximum(0, per_visit - per_visit.min()) / (30 + JOURNEY)
    return dearer


def _candidates(model: Model, client: int) -> list[int]:
    """The carers most likely to be in the client's team: allowed, known, cheap."""
    visits = model.problem.visits_of(model.problem.clients[client].id)
    share = model.allowed[visits].mean(axis=0)
    score = model.pair_price[client] / 60 + 40 * _mean_charge(model, client) - 2_000 * share
    order = np.argsort(score, kind="stable")
    return [int(k) for k in order if share[k] > 0][:CANDIDATES]


def _price_of_faces(
    cp: cp_model.CpModel, points: NDArray[np.int64], faces: list[Any], objective: list[Any]
) -> None:
    """The price of many distinct carers, as the rules set it: points[n] for n of these faces."""
    curve = [pence(int(points[min(n, len(points) - 1)])) for n in range(len(faces) + 1)]
    if len(set(curve)) < 2:
        return
    price = cp.new_int_var(min(curve), max(curve), "")
    cp.add_element(sum(faces), curve, price)
    objective.append(price)


def _weekly_limits(cp: cp_model.CpModel, left: Left, load: dict[tuple[int, Slot], list[Any]]) -> None:
    """No carer is counted on for more than the weeks allow."""
    by_carer: dict[int, list[Any]] = defaultdict(list)
    for (carer, _), parts in load.items():
        by_carer[carer] += parts
    for carer, parts in by_carer.items():
        if carer in left.limit:
            cp.add(sum(parts) <= left.limit[carer])
