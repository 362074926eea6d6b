"""Rota -> the published solution format, in the instance's own numbers.

Where the file has whole numbers, the rota's times are written as they are. Elsewhere the orders are kept and every
visit starts as early as the file's own numbers allow, if nothing is to be gained by starting later (no price on
waiting or idle time, no lunch, no second window that is missed by being between the two).

Times are multiples of `GRID`: in binary their differences are then exact, and a checker that compares without any
tolerance (length of a service, distance between two) finds what we wrote.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.uhhc.case import Case
from benchmarks.uhhc.days import Day, Lunch, days
from benchmarks.uhhc.judge import Verdict
from scheduler.errors import Disagreement
from scheduler.rota import Rota

GRID = 2.0**-24
"""Minutes: far below what any file writes."""
Bound = tuple[int, int, float]
"""(visit a, visit b, minutes): b starts so long after a, or later."""


def solution_of(rota: Rota, case: Case) -> dict[str, Any]:
    """The rota as the format has it: a route for each carer with visits."""
    starts = starts_of(rota, case)
    return {
        "instance": case.instance.name,
        "routes": [
            {
                "caregiver_id": case.instance.carers[day.carer].id,
                "locations": list(_locations(day, starts, case)),
            }
            for day in days(rota, case)
            if day is not None
        ],
    }


def write_solution(path: Path, solution: dict[str, Any], verdict: Verdict) -> None:
    """Write the file, with what we say that the solution costs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = {**solution, "cost": {"objective": verdict.objective}, "cost_components": verdict.parts}
    path.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


def starts_of(rota: Rota, case: Case) -> dict[int, float]:
    """Visit's position -> minute at which it starts."""
    if case.instance.is_whole or _late_may_be_better(case):
        return {case.problem.visit_index[leg.visit]: leg.start / case.ticks for leg in rota.legs}
    return _earliest(_lows(rota, case), list(_bounds(rota, case)))


def _late_may_be_better(case: Case) -> bool:
    priced = any(case.instance.weight(part) for part in ("total_waiting_time", "max_idle_time"))
    lunch = any(carer.lunch for carer in case.instance.carers)
    return priced or lunch or any(len(client.windows) > 1 for client in case.instance.clients)


def _lows(rota: Rota, case: Case) -> dict[int, float]:
    """Visit's position -> the minute before which it cannot start, whatever the others do."""
    lows: dict[int, float] = {}
    for day in filter(None, days(rota, case)):
        carer, first = case.instance.carers[day.carer], day.visits[0]
        lows |= {v: _up(case.client(v).windows[0][0]) for v in day.visits}
        opens = carer.shift[0] if carer.shift else 0
        there = opens + case.instance.distances[carer.leaves][case.client(first).place]
        lows[first] = max(lows[first], _up(there))
    return lows


def _bounds(rota: Rota, case: Case) -> Iterator[Bound]:
    """Everything that keeps one visit behind another: a carer's order, and the gaps between a client's services."""
    distances = case.instance.distances
    for day in filter(None, days(rota, case)):
        for a, b in pairwise(day.visits):
            here, there = case.client(a), case.client(b)
            length = here.services[case.needs[a].service].minutes
            yield a, b, length + distances[here.place][there.place]
    for client, visits in zip(case.instance.clients, case.visits_of, strict=True):
        planned = [v for v in visits if case.problem.visits[v].id in rota.legs_by_visit]
        if client.gap is not None and len(planned) == len(visits):
            for a, b in pairwise(visits):
                yield a, b, client.gap[0]
                yield b, a, -client.gap[1]


def _earliest(lows: dict[int, float], bounds: list[Bound]) -> dict[int, float]:
    """The least fixed point of the bounds: visits are pushed later until none has to move."""
    starts = dict(lows)
    for _ in range(len(starts) + 1):
        moved = False
        for a, b, minutes in bounds:
            least = _up(starts[a] + minutes)
            if starts[b] < least:
                starts[b], moved = least, True
        if not moved:
            return starts
    raise Disagreement(
        "The rota's orders cannot be kept in the instance's own numbers: this is a fault of ours."
    )


def _up(minutes: float) -> float:
    """The next minute on the grid."""
    return math.ceil(minutes / GRID) * GRID


def _locations(day: Day, starts: dict[int, float], case: Case) -> Iterator[dict[str, Any]]:
    """The day's stops in order, lunch among them."""
    for i, v in enumerate(day.visits):
        if day.lunch and day.lunch.before == i:
            yield _lunch(day.lunch, day, case)
        client, need = case.client(v), case.needs[v]
        ends = starts[v] + client.services[need.service].minutes
        yield _stop(client.id, case.service(v), starts[v], _up(ends))
    if day.lunch and day.lunch.before == len(day.visits):
        yield _lunch(day.lunch, day, case)


def _lunch(lunch: Lunch, day: Day, case: Case) -> dict[str, Any]:
    """Lunch at the place of the visit before it, or of the one after it; before all of them at the departing point."""
    at = lunch.before if lunch.moved else lunch.before - 1
    carer = case.instance.carers[day.carer]
    where = case.client(day.visits[at]).id if at >= 0 else carer.departing
    ends = lunch.at + lunch.ticks
    return _stop(where, "lunch_break", lunch.at / case.ticks, ends / case.ticks)


def _stop(where: str, what: str, begin: float, end: float) -> dict[str, Any]:
    return {
        "patient": where,
        "service": what,
        "arrival_time": _number(begin),
        "departure_time": _number(end),
    }


def _number(minutes: float) -> int | float:
    """Whole numbers are written as such."""
    return int(minutes) if minutes.is_integer() else minutes
