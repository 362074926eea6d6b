"""PyVRP: a problem a day, the days on both cores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.peers.base import EVERY_DAY_ALONE, EVERYBODY_SAYS, Waiting, Words
from benchmarks.peers.day import Day, Planned, days_of, rota_of
from benchmarks.peers.in_turn import side_by_side
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import Rule


class PyVrp:
    """A client a visit, a vehicle type a shift with its carer's own profile. What differs from carer to carer
    (who may come, how long, at what price) is written into that carer's matrices."""

    name = "PyVRP"
    package = "pyvrp"
    words = Words(EVERYBODY_SAYS, Waiting.WHOLE)
    seeded = True
    cannot_say = (
        *EVERY_DAY_ALONE,
        "Two carers together, and the time between two visits of a day.",
        "A break wherever a stretch gets long.",
        "A price of a start away from the wished one.",
        "Waiting that is paid up to a cap only: a minute of a route costs the same whatever it is for.",
    )

    def plan(self, problem: Problem, rules: Sequence[Rule], seconds: float, seed: int) -> Rota:
        days = days_of(problem, rules)
        return rota_of(days, side_by_side(plan_day, days, seconds, seed), problem)


def plan_day(day: Day, seconds: float, seed: int) -> list[Planned]:
    """One PyVRP problem. Places are one depot (home) and the visits; minutes that a carer needs more than the
    quickest are put on the way out of the visit, money for the visit on the way in."""
    import pyvrp
    from pyvrp.stop import MaxRuntime

    n = day.jobs
    base = int(day.lo.min()) // 1440 * 1440
    spare = max(0, -int((day.price - day.per_waiting * day.length).min()))
    quickest = np.where(day.length > 0, day.length, day.length.max()).min(axis=1)
    never = 4 * int(day.unallocated.max() + spare)
    money, minutes = [], []
    for k in range(len(day.carers)):
        # A route's minutes cost `per_waiting` each, so that only what visits and ways cost above it is left.
        price = day.price[:, k] - day.per_waiting[k] * day.length[:, k] + spare
        price = np.where(day.length[:, k] > 0, price, never)
        table = np.zeros((n + 1, n + 1), dtype=np.int64)
        table[1:, 1:] = day.journeys(k) - day.per_waiting[k] * day.travel(k) + price
        table[0, 1:] = day.out[k] + price
        table[1:, 0] = day.back[k]
        np.fill_diagonal(table, 0)
        money.append(table)
        table = np.zeros((n + 1, n + 1), dtype=np.int64)
        table[1:, 1:] = day.travel(k)
        table[1:] += np.maximum(day.length[:, k] - quickest, 0)[:, None]
        np.fill_diagonal(table, 0)
        minutes.append(table)
    clients = [
        pyvrp.Client(
            location=row + 1,
            service_duration=int(quickest[row]),
            tw_early=int(day.lo[row]) - base,
            tw_late=int(day.hi[row]) - base,
            prize=int(day.unallocated[row]) + spare,
            required=False,
        )
        for row in range(n)
    ]
    vehicles = [
        pyvrp.VehicleType(
            tw_early=start - base,
            tw_late=end - base,
            unit_distance_cost=1,
            unit_duration_cost=int(day.per_waiting[column]),
            profile=column,
        )
        for column, start, end in day.vehicles
    ]
    places = [pyvrp.Location(0, 0) for _ in range(n + 1)]
    data = pyvrp.ProblemData(places, clients, [pyvrp.Depot(0)], vehicles, money, minutes)
    best = pyvrp.solve(data, MaxRuntime(seconds), seed=seed, collect_stats=False).best
    return [
        Planned(
            stop.idx,
            day.vehicles[route.vehicle_type()].column,
            base + stop.end_time - int(quickest[stop.idx]),
        )
        for route in best.routes()
        for stop in route
        if stop.is_client()
    ]
