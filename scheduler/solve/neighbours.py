"""What the search knows beforehand of who is near whom: possible rounds, neighbours, a client's visits."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.model import Model
from scheduler.solve.records import Spell

NEAR = 40
"""Neighbours kept a visit."""
SLOT_WEIGHT = 0.25
"""How many minutes of travel one minute apart on the clock is worth when neighbours are chosen."""


def candidates(m: Model, shifts: Sequence[Spell]) -> NDArray[np.int32]:
    """(visits, most): the shifts that could take each visit."""
    carer, day, start, end = np.array(shifts, dtype=np.int64).reshape(-1, 4).T
    rows = []
    for v in range(len(m.client)):
        need = m.minutes[v, carer]
        if m.second_minutes[v]:  # the carer may be the one who helps
            need = np.minimum(need, m.second_minutes[v])
        fits = (
            (day == m.day[v])
            & m.allowed[v, carer]
            & (start <= m.latest[v])
            & (end >= m.earliest[v] + need)
            & (m.earliest[v] <= m.latest[v])
        )
        rows.append(np.nonzero(fits)[0])
    return _padded(rows)


def near(m: Model, minutes: NDArray[np.int32]) -> NDArray[np.int32]:
    """(visits, NEAR): visits of the same day, the nearest in place and time first."""
    found = np.full((len(m.client), NEAR), -1, dtype=np.int32)
    for day in np.unique(m.day):
        of_day = np.nonzero(m.day == day)[0]
        place, target = m.client[of_day], m.target[of_day]
        kept = min(NEAR, len(of_day) - 1)
        for v in range(len(of_day) if kept > 0 else 0):
            apart = minutes[place[v], place] + SLOT_WEIGHT * np.abs(target[v] - target)
            apart[v] = np.inf
            found[of_day[v], :kept] = of_day[np.argsort(apart, kind="stable")[:kept]]
    return found


def by_day(m: Model, minutes: NDArray[np.int32]) -> NDArray[np.int32]:
    """(visits,): all visits day by day, those of a day in the order of one way through the town, from a client to the
    nearest who is left."""
    clients = len(m.problem.clients)
    turn = np.zeros(clients, dtype=np.int64)
    left = np.ones(clients, dtype=np.bool_)
    here = 0
    for i in range(clients):
        turn[here], left[here] = i, False
        here = int(np.argmin(np.where(left, minutes[here, :clients], np.iinfo(np.int32).max)))
    return np.lexsort((turn[m.client], m.day)).astype(np.int32)


def client_visits(m: Model) -> NDArray[np.int32]:
    """(clients, most): every client's visits."""
    return _padded([np.nonzero(m.client == c)[0] for c in range(len(m.problem.clients))])


def rounds_on(m: Model, shifts: Sequence[Spell]) -> NDArray[np.int32]:
    """(carers, days, most): every carer's shifts of each day."""
    carers, days = len(m.problem.carers), m.problem.days
    rows: list[list[int]] = [[] for _ in range(carers * days)]
    for to, (carer, day, _start, _end) in enumerate(shifts):
        rows[carer * days + day].append(to)
    table = _padded([np.array(row, dtype=np.intp) for row in rows])
    return table.reshape(carers, days, table.shape[1])


def _padded(rows: list[NDArray[np.intp]]) -> NDArray[np.int32]:
    """Rows of different length as one table with -1 behind each, and at least one -1."""
    width = max((len(row) for row in rows), default=0) + 1
    table = np.full((len(rows), width), -1, dtype=np.int32)
    for i, row in enumerate(rows):
        table[i, : len(row)] = row
    return table
