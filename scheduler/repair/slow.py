"""Slower roads: the rest of the day is planned with the slower way, and put back into the week.

Travel is one table for all days, and what is done or lies on another day was planned by the ordinary one. So what is
planned while the roads are slow is a problem of its own: what is left of the day, with each carer's last visit that has
begun in front of it. A rota that keeps the slower way keeps the ordinary one too, so the whole is judged as always.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.check import check
from scheduler.problem import Problem
from scheduler.repair.day import Day, Slower, without_visits
from scheduler.rota import Rota
from scheduler.rules.base import Finding
from scheduler.travel.base import NO_WAY, Matrix
from scheduler.units import DAY


def with_slow_roads(problem: Problem, day: Day) -> tuple[Problem, Rota]:
    """What is planned on slow roads, and what it begins with."""
    slow = slow_now(day)
    percent = slow.percent if slow else 0
    today = day.now // DAY
    last = {
        max(day.begun(carer.id)).visit
        for carer in problem.carers
        if any(leg.start // DAY == today for leg in day.begun(carer.id))
    }
    kept = {
        visit.id
        for visit in problem.visits
        if visit.day == today and (visit.id in last or not day.has_begun(visit.id))
    }
    part = without_visits(problem, {visit.id for visit in problem.visits} - kept)
    part = part.replace(
        shifts=tuple(shift for shift in problem.shifts if shift.day == today),
        travel={mode: _slower(matrix, percent) for mode, matrix in problem.travel.items()},
    )
    return part, day.rota.without(set(day.rota.legs_by_visit) - kept)


def slow_now(day: Day) -> Slower | None:
    """The slowest roads that are told of for the rest of today, if any."""
    still = [slow for slow in day.slower if slow.until > day.now and slow.begins // DAY <= day.now // DAY]
    return max(still, key=lambda slow: slow.percent, default=None)


def merged(found: Rota, problem: Problem, day: Day) -> Rota:
    """The whole rota: what was planned, and all that was not part of it. Where both together break what neither breaks
    alone (a night's rest before tomorrow), the last visits of today that do so are left to nobody, and told so."""
    rest = day.rota.without(visit.id for visit in problem.visits)
    begun = {leg.visit for leg in day.rota.legs if leg.start < day.now}
    while True:
        whole = rest.with_legs(found.legs)
        gone = {_in_the_way(finding, found, begun) for finding in check(whole, day.problem).hard} - {""}
        if not gone:
            return whole
        found = found.without(gone)


def _in_the_way(finding: Finding, found: Rota, begun: set[str]) -> str:
    """The visit of today that a finding is about: the one that it names, else the last one of its carer; empty where
    there is none that could still be left out."""
    if finding.visit in found.legs_by_visit and finding.visit not in begun:
        return finding.visit
    own = [leg for leg in found.legs_by_carer.get(finding.carer, ()) if leg.visit not in begun]
    return max(own).visit if own else ""


def _slower(matrix: Matrix, percent: int) -> Matrix:
    """The same percentage in rush hours. Where there is no way there is none, and not six times none, for which the
    engine's tables have no room."""

    def slower(minutes: NDArray[np.int32]) -> NDArray[np.int32]:
        longer = -(-minutes.astype(np.int64) * (100 + percent) // 100)
        return np.maximum(minutes, np.minimum(longer, NO_WAY).astype(np.int32))

    return matrix.with_minutes(slower)
