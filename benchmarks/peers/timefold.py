"""Timefold for Python: a problem a day, the days on both cores, each with a Java machine of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from benchmarks.peers.base import EVERY_DAY_ALONE, EVERYBODY_SAYS, PeerUnavailable, Waiting, Words
from benchmarks.peers.day import Day, Ints, Planned, days_of, rota_of
from benchmarks.peers.in_turn import side_by_side
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import Rule

ONLY_ITS_SEARCH = '<solver xmlns="https://timefold.ai/xsd/solver"><localSearch/></solver>'
"""Its own first plan would try each visit that ours left over at every place of every shift, for longer than the
seconds given, before anything is improved."""


class Timefold:
    """The list of a shift's visits is what is planned; hard is nobody late, soft the money (`timefold_model`)."""

    name = "Timefold"
    package = "timefold"
    words = Words(EVERYBODY_SAYS, Waiting.WHOLE)
    seeded = False
    cannot_say = (
        *EVERY_DAY_ALONE,
        "Given code for it, it has words for every rule of ours. But its own first plan tries each visit at every "
        "place of every shift, and takes longer for a week than the seconds given: it gets the day of the other "
        "peers, their rules, and a simple first plan to begin with.",
        "Near places first, and moves on more than one core: those are in its paid edition.",
        "Rules in Java: its edition for Python translates them, and tries some hundred moves a second.",
    )

    def plan(self, problem: Problem, rules: Sequence[Rule], seconds: float, seed: int) -> Rota:
        days = days_of(problem, rules)
        return rota_of(days, side_by_side(plan_day, days, seconds, seed, ready=solver_factory), problem)


@cache
def solver_factory() -> Any:
    """Starts Java and has the model compiled: some ten seconds, once a process."""
    import jpype

    try:
        from benchmarks.peers.timefold_model import Plan, Round, constraints
    except jpype.JVMNotFoundException as error:
        raise PeerUnavailable("Timefold needs a Java of 17 or later.") from error
    from timefold.solver import SolverFactory
    from timefold.solver.config import EnvironmentMode, ScoreDirectorFactoryConfig, SolverConfig

    return SolverFactory.create(
        SolverConfig(
            solution_class=Plan,
            entity_class_list=[Round],
            environment_mode=EnvironmentMode.NO_ASSERT,
            xml_source_text=ONLY_ITS_SEARCH,
            score_director_factory_config=ScoreDirectorFactoryConfig(
                constraint_provider_function=constraints
            ),
        )
    )


def plan_day(day: Day, seconds: float, seed: int) -> list[Planned]:
    """One Timefold problem. Its seed is not set for a factory that is made once: the same day, the same search."""
    from timefold.solver.config import Duration, SolverConfigOverride, TerminationConfig

    factory = solver_factory()
    limit = TerminationConfig(spent_limit=Duration(milliseconds=max(1, int(seconds * 1000))))
    solver = factory.build_solver(SolverConfigOverride(termination_config=limit))
    plan = solver.solve(_plan(day))
    found = []
    for shift, vehicle in zip(plan.rounds, day.vehicles, strict=True):
        rows = [job.id for job in shift.jobs if day.length[job.id, vehicle.column]]
        starts = starts_of(day, vehicle.column, vehicle.start, rows)
        found += [Planned(row, vehicle.column, start) for row, start in zip(rows, starts, strict=True)]
    return found


def _plan(day: Day) -> Any:
    from benchmarks.peers.timefold_model import Job, Plan, Round, packed

    def text(table: Ints) -> str:
        return packed(table.ravel().tolist())

    spare = max(0, -int(day.price.min()))
    jobs = [
        Job(
            id=row,
            lo=int(day.lo[row]),
            hi=int(day.hi[row]),
            worth=int(day.unallocated[row]) + spare,
            length=text(day.length[row]),
            price=text(day.price[row] + spare),
        )
        for row in range(day.jobs)
    ]
    minutes, amounts = [text(table) for table in day.minutes], [text(table) for table in day.amounts]
    rounds = [
        Round(
            id=v,
            column=k,
            start=start,
            end=end,
            per_waiting=int(day.per_waiting[k]),
            per_travel=int(day.per_travel[k]),
            size=day.jobs,
            minutes=minutes[day.mode[k]],
            amounts=amounts[day.fee[k]],
            out=text(day.out[k]),
            back=text(day.back[k]),
        )
        for v, (k, start, end) in enumerate(day.vehicles)
    ]
    for shift, rows in zip(rounds, first_plan(day), strict=True):
        shift.jobs = [jobs[row] for row in rows]
    return Plan(jobs, rounds)


def first_plan(day: Day) -> list[list[int]]:
    """Rows of jobs by vehicle: in the order of their windows each job goes to the end of the shift where it adds the
    least money, or stays out where it fits behind none."""
    rounds: list[list[int]] = [[] for _ in day.vehicles]
    free = [vehicle.start for vehicle in day.vehicles]
    for row in np.argsort(day.hi, kind="stable").tolist():
        best: tuple[int, int, int] | None = None
        for v in np.flatnonzero(day.fits[row]).tolist():
            k, _, end = day.vehicles[v]
            before = rounds[v][-1] if rounds[v] else None
            way = 0 if before is None else int(day.travel(k)[before, row])
            start = max(free[v] + way, int(day.lo[row]))
            ends = start + int(day.length[row, k])
            if start > day.hi[row] or ends > end:
                continue
            if before is None:
                money = int(day.out[k, row])
            else:
                money = int(
                    day.per_travel[k] * way
                    + day.amounts[day.fee[k]][before, row]
                    + day.per_waiting[k] * (start - free[v] - way)
                )
            found = (money + int(day.price[row, k]), v, ends)
            best = found if best is None else min(best, found)
        if best is not None:
            rounds[best[1]].append(row)
            free[best[1]] = best[2]
    return rounds


def starts_of(day: Day, column: int, start: int, rows: Sequence[int]) -> list[int]:
    """The starts that the model means: the round ends as early as it can, and begins as late as that allows."""
    travel, ends = day.travel(column), start
    early: list[int] = []
    for i, row in enumerate(rows):
        way = int(travel[rows[i - 1], row]) if i else 0
        early.append(max(ends + way, int(day.lo[row])))
        ends = early[-1] + int(day.length[row, column])
    late = list(early)
    for i in reversed(range(len(rows) - 1)):
        latest = late[i + 1] - int(travel[rows[i], rows[i + 1]] + day.length[rows[i], column])
        late[i] = max(early[i], int(np.minimum(latest, day.hi[rows[i]])))
    return late
