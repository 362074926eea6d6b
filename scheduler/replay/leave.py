"""Slack where it matters, by a price: what we would pay rather than come to one visit late.

The rounds stay as they are: who comes, and in which order. Only starts move, within what the rules allow: a wait is put
where it saves most late visits for its wages, and taken from where it saves none. What a start costs is the engine's
word, to the penny; how many visits it makes late is counted in drawn lives, which should not be those that the rota is
judged by afterwards.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.problem import Problem
from scheduler.replay.course import Course, Planned
from scheduler.replay.judge import is_late
from scheduler.replay.lives import Lives
from scheduler.rota import Leg, Rota
from scheduler.solve.search import NEVER
from scheduler.solve.starts import Starts

SWEEPS = 8
"""Times that a visit is looked at, at the most."""
SHIFTS = (1, 2, 3, 5, 8, 12, 20, 30)
"""Minutes by which a visit and those behind it (or before it) are moved together."""
MOST = 16
"""Visits that are moved together at the most."""
WORTH = 60
"""A move has to save a penny."""


def leave_slack(rota: Rota, problem: Problem, lives: Lives, price: int) -> Rota:
    """The rota with its starts moved. `price` is what we would pay rather than be late at one visit, in sixtieths of a
    penny. Same lives, same rota. Raises DomainError for a rota that breaks a rule."""
    mover = _Mover(rota, problem, lives, price)
    for _ in range(SWEEPS):
        if not mover.sweep():
            break
    return mover.rota()


class _Mover:
    def __init__(self, rota: Rota, problem: Problem, lives: Lives, price: int) -> None:
        self.given, self.problem, self.price = rota, problem, price
        self.course = Course(rota, problem, lives)
        self.starts = Starts(problem, rota)
        self._due = set(self.course.start)
        """Visits in whose rounds something has changed since they were looked at."""

    def rota(self) -> Rota:
        """As it is now."""
        legs = (
            Leg(self.course.start[leg.visit], leg.carer, leg.visit, leg.minutes, leg.second)
            for leg in self.given.legs
        )
        return Rota(self.given.start, self.given.days, tuple(legs))

    def sweep(self) -> int:
        """Look at every visit that is due, the last of each day first: how many moves paid."""
        paid, before, self._due = 0, self._due, set()
        for visits in self.course.of_day.values():
            for visit in reversed(visits):
                if visit in before or visit in self._due:
                    self._due.discard(visit)
                    paid += self._alone(visit)
                    paid += sum(self._together(visit, way * by) for by in SHIFTS for way in (1, -1))
        return paid

    def _alone(self, visit: str) -> bool:
        """To the best start between its neighbours."""
        start, asked = self.course.start, self.problem.visit(visit)
        lo = max([asked.earliest, *(start[id] + 1 for id in self.course.before(visit))])
        hi = min([asked.latest, *(start[id] - 1 for id in self.course.after(visit))])
        starts = range(lo, hi + 1)
        prices = self.starts.prices(visit, starts)
        open_at = np.flatnonzero(prices != NEVER)
        if not len(open_at):
            return False
        tried = lo + open_at
        total = prices[open_at] + self.price * self._more_late({visit: tried[:, None]})
        at = int(total.argmin())
        if total[at] > self.starts.price - WORTH:
            return False
        return self._move({visit: int(tried[at])}, NEVER)

    def _together(self, visit: str, by: int) -> bool:
        """With what follows it (stands before it, where `by` is below 0) until there is time enough between two."""
        moved = {id: self.course.start[id] + by for id in self.course.block(visit, by)}
        if not 1 < len(moved) <= MOST:
            return False
        saved = -self.price * float(self._more_late({id: np.array([[at]]) for id, at in moved.items()})[0])
        return saved > WORTH and self._move(moved, int(self.starts.price + saved) - WORTH)

    def _more_late(self, planned: Planned) -> NDArray[np.float64]:
        """Visits that are late more often than now, in the mean of all lives, for each row of the planned starts."""
        course, more = self.course, np.zeros(len(next(iter(planned.values()))))
        for id, begins in course.if_moved(planned).items():
            now = is_late(course.begins[id] - course.start[id])
            more += is_late(begins - planned.get(id, course.start[id])).mean(axis=-1) - now.mean()
        return more

    def _move(self, moved: dict[str, int], at_most: int) -> bool:
        if self.starts.move(moved, at_most) is None:
            return False
        self._due |= self.course.same_rounds(self.course.move(moved))
        return True
