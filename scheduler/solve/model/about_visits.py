"""Verbs about a visit: who may come, when, for how long, beside which others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.rules.base import Visits
from scheduler.solve.model.written import STRICT, UNLIMITED, UNTOLD, Written


class AboutVisits(Written):
    """Also what the user says of visits: `keep`, `aim`."""

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

    def charge_moved(self, visit: int, start: int, tolerance: int, amount: int) -> None:
        self.promised[visit] = start, tolerance, amount

    def together_or_not(self, first: int, second: int) -> None:
        self.mate[first], self.mate[second] = second, first

    def same_span(self, first: int, second: int) -> None:
        self.span_pairs.add((first, second))

    def keep(self, visit: int, start: int) -> None:
        """Somebody locked this visit as it is in the start rota, where it begins at `start`."""
        self.start_between(visit, start, start)
        self.kept.add(visit)

    def aim(self) -> None:
        """A visit whose wished time nobody has told is looked for in the middle of its window: what is near in time,
        and which starts are tried, hang on it (no price does)."""
        untold = self.target == UNTOLD
        self.target[untold] = (self.earliest[untold] + self.latest[untold]) // 2
