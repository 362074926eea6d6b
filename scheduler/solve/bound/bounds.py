"""A bound for each day of a period, and a rota beside it."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

import numpy as np

from scheduler.rota import Rota
from scheduler.solve.bound.day import day_of
from scheduler.solve.bound.generate import generate
from scheduler.solve.bound.label import warm_up
from scheduler.solve.bound.prices import day_prices
from scheduler.solve.bound.simple import least_unallocated
from scheduler.solve.gap import DayBound, DayGap, Status
from scheduler.solve.model import Model


def day_bounds(
    model: Model,
    seconds: float = math.inf,
    stop: Callable[[], bool] = lambda: False,
    tell: Callable[[DayBound], None] = lambda bound: None,
) -> tuple[DayBound, ...]:
    """A bound for every day; `tell` hears of each. What a day does not use of its share of the seconds, the others
    get. There is always a bound, however little time there is: at least the simple one."""
    warm_up()
    until = time.monotonic() + seconds
    found = []
    for day in range(model.problem.days):
        left = max(0.0, until - time.monotonic()) / (model.problem.days - day)
        found.append(_day_bound(model, day, left, stop))
        tell(found[-1])
    return tuple(found)


def _day_bound(model: Model, day: int, seconds: float, stop: Callable[[], bool]) -> DayBound:
    begun = time.monotonic()
    asked = day_of(model, day)
    generated = generate(asked, seconds, stop)
    status = Status.CONVERGED if generated.converged else Status.LAGRANGIAN
    return DayBound(
        day=day,
        bound=generated.bound,
        status=Status.SIMPLE if generated.passes == 1 and not generated.converged else status,
        least_unallocated=least_unallocated(asked),
        columns=generated.columns,
        passes=generated.passes,
        seconds=time.monotonic() - begun,
    )


def gap_by_day(model: Model, rota: Rota, bounds: Sequence[DayBound]) -> tuple[DayGap, ...]:
    """The rota's days beside their bounds. The rota must keep the hard rules."""
    prices = day_prices(model, rota)
    index = model.problem.visit_index
    left_out = np.bincount(
        [model.day[index[visit.id]] for visit in rota.unallocated(model.problem)], minlength=len(prices)
    )
    return tuple(DayGap(bound, prices[bound.day], int(left_out[bound.day])) for bound in bounds)
