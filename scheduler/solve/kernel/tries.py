"""What one more visit would cost at each of many starts, with everybody else left where they are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.kernel.adopt import adopt
from scheduler.solve.kernel.change import undo
from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.layout import VISIT, Desk, Int, State, Undo


@inner
def _leaves_others_alone(s: State, u: Undo, v: Int) -> Any:
    """Does every other visit of the rounds touched start when it did? (An insertion would also push.)"""
    for i in range(u.counts[0]):
        to = u.touched[i]
        was = 0
        for at in range(s.rounds[to].n):
            if s.stops[to, at].visit != v:
                if s.stops[to, at].start != u.stops[i, was].start:
                    return False
                was += 1
    return True


@inner
def try_starts(
    s: State, u: Undo, d: Desk, v: Int, lo: Int, lead: Int, second: Int, totals: NDArray[np.int64]
) -> None:
    """`totals[i]` becomes what everything costs with visit `v` at start `lo + i` in round `lead` (and `second` for a
    double-up), and stays as it is where a rule is against it or somebody else would have to be pushed. The state is as
    before."""
    visits = np.array([v], dtype=np.int64)
    before = np.zeros(1, VISIT)
    before[0] = s.visits[v]
    for i in range(len(totals)):
        if adopt(s, u, d, v, lo + i, lead, second):
            if _leaves_others_alone(s, u, v):
                totals[i] = s.totals[0]
            undo(s, u, visits, before, 1)
