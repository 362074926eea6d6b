"""One day of a problem as a routing library sees it: jobs with windows, vehicles, minutes and money between places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules import Rule
from scheduler.solve.model import Model, encode

Ints = NDArray[np.int64]


class Vehicle(NamedTuple):
    """A carer's shift: `column` is the carer's in the day's tables, times are minutes of the period."""

    column: int
    start: int
    end: int


class Planned(NamedTuple):
    """One job of a day that a carer does."""

    row: int
    column: int
    start: int


@dataclass(frozen=True, eq=False)
class Day:
    """n jobs (those that some shift can do at all), K carers on shift. Minutes are of the period, money in sixtieths.

    `visits` (n) and `carers` (K) are positions in the problem. `lo`, `hi`, `target` (n): first, last and wished
    start; `off` (n): money a minute off it. `unallocated` (n). `length` (n, K): minutes with this carer, 0 where the
    carer may not come. `price` (n, K): money for the visit by this carer, wages for it included. `minutes` (modes, n,
    n) and `amounts` (classes, n, n): travel and the money of a journey, chosen by `mode` and `fee` (K). `out` and
    `back` (K, n): money of the journeys from home and back, which lie outside the shift. `per_travel` and
    `per_waiting` (K): money a minute. `links`: rows (first, second, least, most) between two starts of this day.
    `fits` (n, vehicles): can this shift do the job, as far as it alone is concerned?
    """

    visits: Ints
    carers: Ints
    vehicles: tuple[Vehicle, ...]
    lo: Ints
    hi: Ints
    target: Ints
    off: Ints
    unallocated: Ints
    length: Ints
    price: Ints
    minutes: Ints
    amounts: Ints
    mode: Ints
    fee: Ints
    out: Ints
    back: Ints
    per_travel: Ints
    per_waiting: Ints
    links: tuple[tuple[int, int, int, int], ...]
    fits: NDArray[np.bool_]

    @property
    def jobs(self) -> int:
        return len(self.visits)

    def travel(self, column: int) -> Ints:
        """Minutes (n, n) from job to job by this carer."""
        found: Ints = self.minutes[self.mode[column]]
        return found

    def journeys(self, column: int) -> Ints:
        """Money (n, n) of the way from job to job by this carer, waiting apart."""
        found: Ints = self.per_travel[column] * self.travel(column) + self.amounts[self.fee[column]]
        return found


def days_of(problem: Problem, rules: Sequence[Rule]) -> list[Day]:
    """The days of the period that have visits and shifts."""
    model = encode(problem, rules)
    days = (_day(model, day) for day in range(problem.days))
    return [day for day in days if day.jobs]


def rota_of(days: Sequence[Day], plans: Iterable[Iterable[Planned]], problem: Problem) -> Rota:
    """The days' plans, in their order, as one rota."""
    legs = [
        Leg(
            start=start,
            carer=problem.carers[day.carers[column]].id,
            visit=problem.visits[day.visits[row]].id,
            minutes=int(day.length[row, column]),
        )
        for day, plan in zip(days, plans, strict=True)
        for row, column, start in plan
    ]
    return Rota(problem.start, problem.days, tuple(legs))


def _day(model: Model, day: int) -> Day:
    shifts = [shift for shift in model.shifts if shift[1] == day]
    carers = np.array(sorted({shift[0] for shift in shifts}), dtype=np.int64)
    column = {int(carer): i for i, carer in enumerate(carers)}
    vehicles = tuple(Vehicle(column[carer], start, end) for carer, _, start, end in shifts)
    visits = np.flatnonzero(model.day == day)
    length = np.where(model.allowed, model.minutes, 0)[np.ix_(visits, carers)].astype(np.int64)
    fits = _fits(model.earliest[visits], model.latest[visits], length, vehicles)
    possible = fits.any(axis=1)
    visits, length, fits = visits[possible], length[possible], fits[possible]
    rates = model.pay_rates[carers, day]
    places, homes = model.client[visits], len(model.problem.clients) + carers
    between = np.ix_(places, places)
    free = np.zeros_like(model.matrices[0])
    row = {int(visit): i for i, visit in enumerate(visits)}
    return Day(
        visits=visits.astype(np.int64),
        carers=carers,
        vehicles=vehicles,
        lo=model.earliest[visits],
        hi=model.latest[visits],
        target=model.target[visits],
        off=model.per_minute[visits],
        unallocated=model.unallocated[visits],
        length=length,
        price=model.charges[np.ix_(visits, carers)] + rates[:, 0] * length,
        minutes=np.stack([matrix[between] for matrix in model.matrices]).astype(np.int64),
        amounts=np.stack([matrix[between] for matrix in (*model.leg_amounts, free)]).astype(np.int64),
        mode=model.mode[carers],
        fee=np.where(model.leg_class[carers] < 0, len(model.leg_amounts), model.leg_class[carers]),
        out=_home(model, carers, homes, places, out=True),
        back=_home(model, carers, homes, places, out=False),
        per_travel=rates[:, 1].copy(),
        per_waiting=np.where(model.pay_cap[carers] > 0, rates[:, 2], 0),
        links=tuple((row[a], row[b], lo, hi) for a, b, lo, hi in model.links if a in row and b in row),
        fits=fits,
    )


def _fits(lo: Ints, hi: Ints, length: Ints, vehicles: Sequence[Vehicle]) -> NDArray[np.bool_]:
    """(visits, vehicles): may the carer come, and is there a start within both the window and the shift?"""
    column, start, end = np.array(vehicles, dtype=np.int64).reshape(-1, 3).T
    minutes = length[:, column]
    begin = np.maximum(lo[:, None], start)
    found: NDArray[np.bool_] = (minutes > 0) & (begin <= hi[:, None]) & (begin + minutes <= end)
    return found


def _home(model: Model, carers: Ints, homes: Ints, places: Ints, out: bool) -> Ints:
    """(carers, jobs): money of the journey from home, or back home."""
    rows = []
    for carer, home in zip(carers, homes, strict=True):
        matrix = model.matrices[model.mode[carer]]
        minutes = matrix[home, places] if out else matrix[places, home]
        rows.append(model.home_price[carer] * minutes.astype(np.int64))
    return np.array(rows, dtype=np.int64).reshape(len(carers), len(places))
