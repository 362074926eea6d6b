"""Verbs about a carer's day and week: shifts, journeys, breaks and rest, limits of work."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.model.written import STRICT, Away, Pause, Written, carried_on, class_of


class AboutCarers(Written):
    """What is said of one carer, money apart but for the price of unpopular shifts."""

    def shift(self, carer: int, day: int, start: int, end: int) -> None:
        self.shifts.append((carer, day, start, end))

    def travel(self, carer: int, minutes: NDArray[np.int32], rush: NDArray[np.int32] | None = None) -> None:
        self.mode[carer] = class_of(self.matrices, minutes)
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

    def home_is_free(self, carer: int) -> None:
        self.home_free[carer] = True

    def away_between(
        self, carer: int, day: int, leave: int, back: int, per_over: int | None, from_leave: bool
    ) -> None:
        self.away[carer, day] = Away(leave, back, STRICT if per_over is None else per_over, from_leave)

    def pause(self, carer: int, day: int, earliest: int, latest: int, minutes: int, missed: int) -> None:
        self.pauses[carer, day] = Pause(earliest, latest, minutes, missed)

    def charge_rounds(self, carer: int, starts: Sequence[int], curve: Sequence[int]) -> None:
        self.unpopular_starts[carer] = frozenset(starts)
        self.unpopular_curve[carer] = carried_on(curve, len(starts) + 2)
