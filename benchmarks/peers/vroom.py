"""VROOM, through pyvroom: a problem a day, both cores."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from benchmarks.peers.base import EVERY_DAY_ALONE, EVERYBODY_SAYS, Waiting, Words
from benchmarks.peers.day import Day, Planned, days_of, rota_of
from benchmarks.peers.in_turn import in_turn
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import Rule

MOST_URGENT = 100
"""VROOM's highest priority of a job."""
THREADS, THOROUGH = 2, 5


class Vroom:
    """A job a visit, a vehicle a shift with its carer's own profile (minutes and money), skills for who may come."""

    name = "VROOM"
    package = "pyvroom"
    words = Words(EVERYBODY_SAYS, Waiting.FREE)
    seeded = False
    cannot_say = (
        *EVERY_DAY_ALONE,
        "Two carers together, and the time between two visits of a day.",
        "A break wherever a stretch gets long: its breaks have fixed windows.",
        "A price of waiting, or of a start away from the wished one.",
        "A visit left out against its price: it places all it can by priority and looks at the money after that.",
    )

    def plan(self, problem: Problem, rules: Sequence[Rule], seconds: float, seed: int) -> Rota:
        days = days_of(problem, rules)
        return rota_of(days, in_turn(plan_day, days, seconds, seed), problem)


def plan_day(day: Day, seconds: float, seed: int) -> list[Planned]:
    """One VROOM problem. It knows no seed. A second of it is a minute of ours: both are whole."""
    import vroom

    n = day.jobs
    base = int(day.lo.min()) // 1440 * 1440
    spare = max(0, -int(day.price.min()))
    given = vroom.Input()
    for k in range(len(day.carers)):
        minutes = np.zeros((n + 1, n + 1), dtype=np.uint32)
        minutes[:-1, :-1] = day.travel(k)
        money = np.zeros((n + 1, n + 1), dtype=np.uint32)
        price = day.price[:, k] + spare
        money[:-1, :-1] = day.journeys(k) + price
        money[-1, :-1] = day.out[k] + price
        money[:-1, -1] = day.back[k]
        given.set_durations_matrix(f"k{k}", minutes)
        given.set_costs_matrix(f"k{k}", money)
    for v, (column, start, end) in enumerate(day.vehicles):
        window = vroom.TimeWindow(start - base, end - base)
        skills = set(np.flatnonzero(day.length[:, column]).tolist())
        given.add_vehicle(
            vroom.Vehicle(
                v,
                start=n,
                end=n,
                profile=f"k{column}",
                skills=skills,
                time_window=window,
                type=f"k{column}",
            )
        )
    urgent = np.maximum(1, np.rint(MOST_URGENT * day.unallocated / max(1, day.unallocated.max())))
    for row in range(n):
        lengths = {f"k{k}": int(day.length[row, k]) for k in range(len(day.carers)) if day.length[row, k]}
        given.add_job(
            vroom.Job(
                row,
                row,
                default_service=max(lengths.values()),
                service_per_type=lengths,
                skills={row},
                priority=int(urgent[row]),
                time_windows=[vroom.TimeWindow(int(day.lo[row]) - base, int(day.hi[row]) - base)],
            )
        )
    routes = given.solve(
        exploration_level=THOROUGH, nb_threads=THREADS, timeout=timedelta(seconds=seconds)
    ).routes
    jobs = routes[routes.type == "job"]
    return [
        Planned(int(row), day.vehicles[int(v)].column, base + int(arrival) + int(waiting))
        for row, v, arrival, waiting in zip(
            jobs.id, jobs.vehicle_id, jobs.arrival, jobs.waiting_time, strict=True
        )
    ]
