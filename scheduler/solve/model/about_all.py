"""Verbs about what holds between rounds: a client's carers, and prices that couple all rounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scheduler.solve.model.written import Written, carried_on


class AboutAll(Written):
    """What no round can say alone."""

    def charge_pairs(self, client: int, amounts: Sequence[int]) -> None:
        self.pair_price[client] += np.asarray(amounts, dtype=np.int64)

    def charge_distinct_carers(self, client: int, curve: Sequence[int], recent: Sequence[bool]) -> None:
        points = carried_on(curve, self.curve.shape[1])
        if any(recent):
            self.curve[client] += points
            self.recent[client] = recent
        else:
            self.curve_here[client] += points

    def never_twice(self, client: int) -> None:
        self.once[client] = True

    def charge_worst_late(self, per_minute: int) -> None:
        self.worst_late += per_minute

    def charge_worst_idle(self, carer: int, day: int, spell: int, per_minute: int) -> None:
        self.idle[carer, day] = spell, per_minute

    def charge_imbalance(self, per_minute: int) -> None:
        self.imbalance += per_minute
