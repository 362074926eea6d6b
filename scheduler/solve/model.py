"""What the rules asked of the solver, as arrays: the one thing that every engine part reads.

`encode(problem)` lets each rule speak through the verbs (`scheduler.rules.base.Verbs`). The compiled search and the
CP-SAT parts are both made from the result, so that the second can be the oracle of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.problem import Problem
from scheduler.rules import RULES
from scheduler.rules.base import Rule, Visits
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

    due: int
    earned: int
    costs: int
    price: int


class Model:
    """The verbs, written down. Shapes: V visits, K carers, C clients, W weeks, D days; money in sixtieths."""

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

    # -- the verbs, in the order of scheduler.rules.base.Verbs ------------------------------------------------------

    def forbid(self, visits: Visits, carer: int) -> None:
        self.allowed[visits, carer] = False

    def charge(self, visits: Visits, carer: int, amount: int) -> None:
        self.charges[visits, carer] += amount

    def charge_unallocated(self, visit: int, amount: int) -> None:
        self.unallocated[visit] += amount

    def length(self, visits: Visits, carer: int, minutes: int) -> None:
        self.minutes[visits, carer] = np.maximum(self.minutes[visits, carer], minutes)

    def start_between(self, visit: int, earliest: int, latest: int) -> None:
        self.earliest[visit] = max(self.earliest[visit], earliest)
        self.latest[visit] = min(self.latest[visit], latest)

    def charge_start_off(self, visit: int, target: int, per_minute: int) -> None:
        self.target[visit] = target
        self.per_minute[visit] += per_minute

    def together(self, visit: int, minutes: int) -> None:
        self.double[visit] = True
        self.second_minutes[visit] = minutes

    def gap_between(self, first: int, second: int, least: int, most: int) -> None:
        self.links.append((first, second, least, most))

    def shift(self, carer: int, day: int, start: int, end: int) -> None:
        self.shifts.append((carer, day, start, end))

    def travel(self, carer: int, minutes: NDArray[np.int32], rush: NDArray[np.int32] | None = None) -> None:
        self.mode[carer] = _class_of(self.matrices, minutes)
        self.rush_matrices[int(self.mode[carer])] = minutes if rush is None else rush

    def rush_hours(self, clock: NDArray[np.int32]) -> None:
        self.rush_clock = clock

    def break_inside(self, carer: int, after: int, minutes: int) -> None:
        self.breaks[carer] = after, minutes

    def rest_between(self, carer: int, minutes: int) -> None:
        self.rest[carer] = max(self.rest[carer], minutes)

    def worked_until(self, carer: int, minute: int) -> None:
        self.home_at[carer] = max(self.home_at[carer], minute)

    def weekly_rest(self, carer: int, minutes: int) -> None:
        self.rest_a_week[carer] = max(self.rest_a_week[carer], minutes)

    def limit_work(self, carer: int, week: int, minutes: int, waiting_cap: int) -> None:
        self.limit[carer, week] = min(self.limit[carer, week], minutes)
        self.work_cap[carer] = waiting_cap

    def pay(self, carer: int, day: int, contact: int, travel: int, waiting: int, waiting_cap: int) -> None:
        self.pay_rates[carer, day] += (contact, travel, waiting)
        if waiting:  # contact-only terms pay for none, and must not cap what unpaid waiting is priced by
            self.pay_cap[carer] = min(waiting_cap, UNLIMITED)

    def paid(self, carer: int, contact: bool, travel: bool, waiting: bool) -> None:
        self.paid_kinds[carer] = contact, travel, waiting

    def charge_paid(
        self, carer: int, week: int, below: int, per_below: int, above: int, per_above: int
    ) -> None:
        prices = self.paid_prices[carer, week]
        if per_below:
            prices[:2] = below, per_below
        if per_above:
            prices[2:] = above, per_above

    def pay_floor(
        self,
        carer: int,
        weeks: range,
        due: int,
        earned: int,
        least: Sequence[int],
        costs: NDArray[np.int32],
        waiting_cap: int,
        price: int,
    ) -> None:
        self.floors[carer] = Floor(due, earned, _class_of(self.leg_amounts, costs), price)
        for week, minutes in zip(weeks, least, strict=True):
            self.floor_weeks[carer, week] = weeks.start, weeks.stop, minutes
        self.work_cap[carer] = waiting_cap

    def charge_legs(self, carer: int, amounts: NDArray[np.int32]) -> None:
        self.leg_class[carer] = _class_of(self.leg_amounts, amounts)

    def charge_home(self, carer: int, per_minute: int) -> None:
        self.home_price[carer] += per_minute

    def home_is_free(self, carer: int) -> None:
        self.home_free[carer] = True

    def charge_pairs(self, client: int, amounts: Sequence[int]) -> None:
        self.pair_price[client] += np.asarray(amounts, dtype=np.int64)

    def charge_distinct_carers(self, client: int, curve: Sequence[int], recent: Sequence[bool]) -> None:
        points = _carried_on(curve, self.curve.shape[1])
        if any(recent):
            self.curve[client] += points
            self.recent[client] = recent
        else:
            self.curve_here[client] += points

    def charge_rounds(self, carer: int, starts: Sequence[int], curve: Sequence[int]) -> None:
        self.unpopular_starts[carer] = frozenset(starts)
        self.unpopular_curve[carer] = _carried_on(curve, len(starts) + 2)

    def fix(self, visit: int, carers: Sequence[int], start: int | None) -> None:
        if start is not None:
            self.start_between(visit, start, start)
        if not carers:
            return
        if len(carers) == 1 and self.problem.visits[visit].carers == 2:
            self.must[visit] = carers[0]
            return
        others = np.ones(self.allowed.shape[1], dtype=np.bool_)
        others[list(carers)] = False
        self.allowed[visit, others] = False

    def start_within(self, visit: int, spans: Sequence[tuple[int, int]], per_late: int | None) -> None:
        self.spans[visit] = tuple(spans)
        self.per_late[visit] = STRICT if per_late is None else per_late
        self.earliest[visit], self.target[visit] = spans[0][0], spans[0][0]
        self.latest[visit] = spans[-1][1] if per_late is None else UNLIMITED

    def charge_worst_late(self, per_minute: int) -> None:
        self.worst_late += per_minute

    def charge_moved(self, visit: int, start: int, tolerance: int, amount: int) -> None:
        self.promised[visit] = start, tolerance, amount

    def together_or_not(self, first: int, second: int) -> None:
        self.mate[first], self.mate[second] = second, first

    def never_twice(self, client: int) -> None:
        self.once[client] = True

    def same_span(self, first: int, second: int) -> None:
        self.span_pairs.add((first, second))

    def away_between(
        self, carer: int, day: int, leave: int, back: int, per_over: int | None, from_leave: bool
    ) -> None:
        self.away[carer, day] = Away(leave, back, STRICT if per_over is None else per_over, from_leave)

    def pause(self, carer: int, day: int, earliest: int, latest: int, minutes: int, missed: int) -> None:
        self.pauses[carer, day] = Pause(earliest, latest, minutes, missed)

    def charge_worst_idle(self, carer: int, day: int, spell: int, per_minute: int) -> None:
        self.idle[carer, day] = spell, per_minute

    def charge_imbalance(self, per_minute: int) -> None:
        self.imbalance += per_minute

    # -- not a rule's wish but the user's --------------------------------------------------------------------------

    def keep(self, visit: int, start: int) -> None:
        """Somebody locked this visit as it is in the start rota, where it begins at `start`."""
        self.start_between(visit, start, start)
        self.kept.add(visit)

    def aim(self) -> None:
        """A visit whose wished time nobody has told is looked for in the middle of its window: what is near in time,
        and which starts are tried, hang on it (no price does)."""
        untold = self.target == UNTOLD
        self.target[untold] = (self.earliest[untold] + self.latest[untold]) // 2

    # -- derived ----------------------------------------------------------------------------------------------------

    def week_of(self, day: int) -> int:
        """Week of the period in which a day lies."""
        return day // WEEK_DAYS

    def full_week(self, week: int) -> bool:
        """Do all seven days of the week lie in the period?"""
        return (week + 1) * WEEK_DAYS <= self.problem.days

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

    def idle_price(self) -> int:
        """What a period without any visit costs: contracted hours, and the curve of recent carers is its zero."""
        below, per_below = self.paid_prices[:, :, 0], self.paid_prices[:, :, 1]
        return int((below * per_below).sum() + self.unallocated.sum())


def encode(problem: Problem, rules: Sequence[Rule] = RULES) -> Model:
    """Let every rule say what it asks."""
    model = Model(problem)
    for rule in rules:
        rule.encode(model, problem)
    model.aim()
    return model


def _class_of(known: list[NDArray[np.int32]], matrix: NDArray[np.int32]) -> int:
    """Position of this very array in the list, added if it is new: carers who share a matrix share a class."""
    for i, other in enumerate(known):
        if other is matrix:
            return i
    known.append(matrix)
    return len(known) - 1


def _carried_on(curve: Sequence[int], size: int) -> list[int]:
    """The curve with its last step going on to `size` entries, starting at 0."""
    points = [point - curve[0] for point in curve]
    step = points[-1] - points[-2] if len(points) > 1 else 0
    while len(points) < size:
        points.append(points[-1] + step)
    return points[:size]
