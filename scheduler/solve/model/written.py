"""What has been said so far, as arrays: what every engine part reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.problem import Problem
from scheduler.units import WEEK_DAYS

UNLIMITED = 10**7
"""More minutes than any week has."""
LONG_AGO = -(10**6)
UNTOLD = -(10**9)
"""In place of a target that no rule has told."""
STRICT = -1
"""In place of a price: not at any price."""


class Away(NamedTuple):
    """A carer's day from home to home: see `Verbs.away_between`. `per_over` is STRICT where nothing over is allowed."""

    leave: int
    back: int
    per_over: int
    from_leave: bool


class Pause(NamedTuple):
    """A pause somewhere in a carer's day: see `Verbs.pause`."""

    earliest: int
    latest: int
    minutes: int
    missed: int


class Floor(NamedTuple):
    """What a carer's pay is held against: see `Verbs.pay_floor`. `costs` is the position in `leg_amounts`."""

    earned: int
    costs: int
    price: int


class Written:
    """Before any rule has spoken. Shapes: V visits, K carers, C clients, W weeks, D days; money in sixtieths."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        visits, carers, clients = len(problem.visits), len(problem.carers), len(problem.clients)
        weeks, days = problem.weeks, problem.days
        self.client = np.array([problem.client_index[v.client] for v in problem.visits], dtype=np.int64)
        self.day = np.array([v.day for v in problem.visits], dtype=np.int64)
        self.allowed = np.ones((visits, carers), dtype=np.bool_)
        self.minutes = np.ones((visits, carers), dtype=np.int32)
        self.charges = np.zeros((visits, carers), dtype=np.int32)
        self.unallocated = np.zeros(visits, dtype=np.int64)
        self.earliest = self.day * 1440
        self.latest = self.earliest + 1439
        self.target = np.full(visits, UNTOLD, dtype=np.int64)
        self.per_minute = np.zeros(visits, dtype=np.int64)
        self.double = np.zeros(visits, dtype=np.bool_)
        self.second_minutes = np.zeros(visits, dtype=np.int64)
        self.must = np.full(visits, -1, dtype=np.int64)
        self.links: list[tuple[int, int, int, int]] = []
        self.shifts: list[tuple[int, int, int, int]] = []
        self.matrices: list[NDArray[np.int32]] = []
        self.rush_matrices: dict[int, NDArray[np.int32]] = {}
        self.rush_clock = np.zeros((0, 2), dtype=np.int32)
        self.mode = np.zeros(carers, dtype=np.int64)
        self.leg_amounts: list[NDArray[np.int32]] = []
        self.leg_class = np.full(carers, -1, dtype=np.int64)
        self.breaks = np.tile(np.array([UNLIMITED, 0], dtype=np.int64), (carers, 1))
        self.rest = np.zeros(carers, dtype=np.int64)
        self.home_at = np.full(carers, LONG_AGO, dtype=np.int64)
        self.rest_a_week = np.zeros(carers, dtype=np.int64)
        self.limit = np.full((carers, weeks), UNLIMITED, dtype=np.int64)
        self.work_cap = np.full(carers, UNLIMITED, dtype=np.int64)
        self.pay_rates = np.zeros((carers, days, 3), dtype=np.int64)
        self.pay_cap = np.zeros(carers, dtype=np.int64)
        self.paid_kinds = np.zeros((carers, 3), dtype=np.bool_)
        self.paid_prices = np.zeros((carers, weeks, 4), dtype=np.int64)
        self.paid_prices[:, :, 2] = UNLIMITED
        self.floors: dict[int, Floor] = {}
        self.floor_due = np.zeros((carers, weeks), dtype=np.int64)
        self.floor_weeks = np.zeros(
            (carers, weeks, 3), dtype=np.int64
        )  # first and past week of its period, least
        self.home_price = np.zeros(carers, dtype=np.int64)
        self.home_free = np.zeros(carers, dtype=np.bool_)
        self.pair_price = np.zeros((clients, carers), dtype=np.int64)
        self.curve = np.zeros((clients, carers + 2), dtype=np.int64)
        self.curve_here = np.zeros((clients, carers + 2), dtype=np.int64)
        self.recent = np.zeros((clients, carers), dtype=np.bool_)
        self.spans: dict[int, tuple[tuple[int, int], ...]] = {}
        self.per_late = np.full(visits, STRICT, dtype=np.int64)
        self.worst_late = 0
        self.promised = np.zeros((visits, 3), dtype=np.int64)
        self.mate = np.full(visits, -1, dtype=np.int64)
        self.once = np.zeros(clients, dtype=np.bool_)
        self.span_pairs: set[tuple[int, int]] = set()
        self.away: dict[tuple[int, int], Away] = {}
        self.pauses: dict[tuple[int, int], Pause] = {}
        self.idle: dict[tuple[int, int], tuple[int, int]] = {}
        self.imbalance = 0
        self.unpopular_starts: dict[int, frozenset[int]] = {}
        self.unpopular_curve: dict[int, list[int]] = {}
        self.kept: set[int] = set()
        self.held_starts: dict[int, tuple[int, int]] = {}
        """Visit -> earliest and latest start that somebody tied it to: no rule asks for that."""
        self.held_carers: dict[int, list[int]] = {}
        """Visit -> the carers, in the same way."""
        self.not_before = 0
        """Nothing but what is kept begins before this minute."""

    def week_of(self, day: int) -> int:
        """Week of the period in which a day lies."""
        return day // WEEK_DAYS

    def full_week(self, week: int) -> bool:
        """Do all seven days of the week lie in the period?"""
        return (week + 1) * WEEK_DAYS <= self.problem.days

    @property
    def is_held(self) -> bool:
        """Has somebody locked or frozen anything?"""
        return bool(self.kept or self.held_starts or self.held_carers or self.not_before)

    @property
    def has_rush(self) -> bool:
        """Does travel depend on the hour? The exact half (CP-SAT, bounds) cannot say that, and is left out then."""
        return len(self.rush_clock) > 0

    @property
    def rich(self) -> bool:
        """Does anything ask for the search's general half: pushes through other rounds, prices that couple them all?"""
        return bool(
            self.spans
            or self.away
            or self.pauses
            or self.idle
            or self.worst_late
            or self.imbalance
            or (self.mate >= 0).any()
        )

    @property
    def regular(self) -> bool:
        """Is coming earlier never worse: no waiting is paid, nobody has a wished time, spans do not follow another?"""
        return bool(
            self.rich
            and not self.pay_rates[:, :, 2].any()
            and not self.per_minute.any()
            and not self.promised[:, 2].any()
            and not self.pauses
            and all(len(spans) == 1 for spans in self.spans.values())
        )

    @property
    def ties_visits(self) -> bool:
        """Does it matter to a client's other visits who comes to one: has it a price who comes at all, or how many
        do? (That nobody may come twice is no tie: it sends them apart.)"""
        return bool(self.pair_price.any() or self.curve.any() or self.curve_here.any())

    def idle_price(self) -> int:
        """What a period without any visit costs: contracted hours, and the curve of recent carers is its zero."""
        below, per_below = self.paid_prices[:, :, 0], self.paid_prices[:, :, 1]
        return int((below * per_below).sum() + self.unallocated.sum())


def class_of(known: list[NDArray[np.int32]], matrix: NDArray[np.int32]) -> int:
    """Position of this very array in the list, added if it is new: carers who share a matrix share a class."""
    for i, other in enumerate(known):
        if other is matrix:
            return i
    known.append(matrix)
    return len(known) - 1


def carried_on(curve: Sequence[int], size: int) -> list[int]:
    """The curve with its last step going on to `size` entries, starting at 0."""
    points = [point - curve[0] for point in curve]
    step = points[-1] - points[-2] if len(points) > 1 else 0
    while len(points) < size:
        points.append(points[-1] + step)
    return points[:size]
