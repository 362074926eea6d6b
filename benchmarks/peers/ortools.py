"""Plain OR-Tools routing (pywrapcp): a model a day, guided local search, both cores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.peers.base import EVERY_DAY_ALONE, EVERYBODY_SAYS, Waiting, Words
from benchmarks.peers.day import Day, Ints, Planned, days_of, rota_of
from benchmarks.peers.in_turn import side_by_side
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import Rule

HORIZON = 1440
"""Minutes of a day: no wait and no route is longer."""


class OrTools:
    """The routing library as its manual shows it: one node a visit, one vehicle a shift, a time dimension."""

    name = "OR-Tools routing"
    package = "ortools"
    words = Words(EVERYBODY_SAYS | {"charge_start_off"}, Waiting.WHOLE)
    seeded = False
    cannot_say = (
        *EVERY_DAY_ALONE,
        "Waiting that is paid up to a cap only: a slack costs the same from its first minute to its last.",
        "It could say double-ups, linked visits and breaks, but then finds few solutions or none on a day of some "
        "hundred visits: they are left out.",
    )

    def plan(self, problem: Problem, rules: Sequence[Rule], seconds: float, seed: int) -> Rota:
        days = days_of(problem, rules)
        return rota_of(days, side_by_side(plan_day, days, seconds, seed), problem)


def plan_day(day: Day, seconds: float, seed: int) -> list[Planned]:
    """One routing model. The library has no seed: the same day gives the same search."""
    from ortools.constraint_solver import pywrapcp
    from ortools.constraint_solver.routing_enums_pb2 import FirstSolutionStrategy, LocalSearchMetaheuristic

    n, vehicles = day.jobs, len(day.vehicles)
    manager = pywrapcp.RoutingIndexManager(n + 1, vehicles, [n] * vehicles, [n] * vehicles)
    routing = pywrapcp.RoutingModel(manager)
    spare = max(0, -int(day.price.min()))
    _money(routing, day, spare)
    time = _time(routing, day)
    base = int(day.lo.min()) // HORIZON * HORIZON
    for v, (_, start, end) in enumerate(day.vehicles):
        for index in (routing.Start(v), routing.End(v)):
            time.CumulVar(index).SetRange(start - base, end - base)
        routing.AddVariableMaximizedByFinalizer(time.CumulVar(routing.Start(v)))
        routing.AddVariableMinimizedByFinalizer(time.CumulVar(routing.End(v)))
    for row in range(n):
        _job(routing, time, manager.NodeToIndex(row), day, row, base, spare)
    search = pywrapcp.DefaultRoutingSearchParameters()
    search.first_solution_strategy = FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    search.local_search_metaheuristic = LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    search.time_limit.FromMilliseconds(max(1, int(seconds * 1000)))
    solution = routing.SolveWithParameters(search)
    if solution is None:
        return []
    found = []
    for row in range(n):
        index = manager.NodeToIndex(row)
        vehicle = solution.Value(routing.VehicleVar(index))
        if vehicle >= 0:
            start = base + solution.Min(time.CumulVar(index))
            found.append(Planned(row, day.vehicles[vehicle].column, start))
    return found


def _money(routing: Any, day: Day, spare: int) -> None:
    """What each arc costs each carer: the journey, and the visit that it leads to. `spare` is added to every visit,
    done or not, so that no arc is below 0."""
    arcs = []
    for k in range(len(day.carers)):
        price = day.price[:, k] + spare
        table = np.zeros((day.jobs + 1, day.jobs + 1), dtype=np.int64)
        table[:-1, :-1] = day.journeys(k) + price
        table[-1, :-1] = day.out[k] + price
        table[:-1, -1] = day.back[k]
        arcs.append(routing.RegisterTransitMatrix(table.tolist()))
    for v, vehicle in enumerate(day.vehicles):
        routing.SetArcCostEvaluatorOfVehicle(arcs[vehicle.column], v)


def _time(routing: Any, day: Day) -> Any:
    """The time dimension: a visit's minutes and the way on, by carer; journeys from and to home lie outside."""
    known: dict[bytes, int] = {}
    by_carer = []
    for k in range(len(day.carers)):
        table: Ints = np.zeros((day.jobs + 1, day.jobs + 1), dtype=np.int64)
        table[:-1, :-1] = day.travel(k)
        table[:-1] += day.length[:, k, None]
        key = table.tobytes()
        if key not in known:
            known[key] = routing.RegisterTransitMatrix(table.tolist())
        by_carer.append(known[key])
    transits = [by_carer[vehicle.column] for vehicle in day.vehicles]
    routing.AddDimensionWithVehicleTransits(transits, HORIZON, 2 * HORIZON, False, "time")
    time = routing.GetDimensionOrDie("time")
    for v, vehicle in enumerate(day.vehicles):
        if day.per_waiting[vehicle.column]:
            time.SetSlackCostCoefficientForVehicle(int(day.per_waiting[vehicle.column]), v)
    return time


def _job(routing: Any, time: Any, index: int, day: Day, row: int, base: int, spare: int) -> None:
    """A visit: when, by whom, and what it costs to leave it out. Its window is cut to what its shifts can reach:
    an optional visit that no vehicle can reach would make the whole model fail."""
    able = np.flatnonzero(day.fits[row])
    shifts = [day.vehicles[v] for v in able]
    lo = max(int(day.lo[row]), min(shift.start for shift in shifts))
    hi = min(int(day.hi[row]), max(shift.end - int(day.length[row, shift.column]) for shift in shifts))
    time.CumulVar(index).SetRange(lo - base, hi - base)
    if day.off[row]:
        target = min(max(int(day.target[row]), lo), hi) - base
        time.SetCumulVarSoftLowerBound(index, target, int(day.off[row]))
        time.SetCumulVarSoftUpperBound(index, target, int(day.off[row]))
    routing.VehicleVar(index).SetValues([-1, *able.tolist()])
    routing.AddDisjunction([index], int(day.unallocated[row]) + spare)
