"""Two searches that had different rounds to change become one rota again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.kernel.adopt import adopt
from scheduler.solve.kernel.change import open_change, take
from scheduler.solve.kernel.compiled import inner
from scheduler.solve.kernel.coupling import true_total
from scheduler.solve.kernel.layout import Best, Desk, State, Undo
from scheduler.solve.kernel.search import keep


@inner
def join(s: State, u: Undo, d: Desk, best: Best, other: State, theirs: NDArray[np.bool_]) -> None:
    """Take over what the other state has in the rounds marked as `theirs`, visit by visit. A visit that no longer
    fits there (its carer has no hours left, or too little rest, by what was planned here) is left out, with its mate.
    `best` has to know that all rounds may differ."""
    visits = len(s.visits)
    moved = np.empty(visits, np.int64)
    n = 0
    for v in range(visits):
        x = s.visits[v]
        y = other.visits[v]
        was = x.placed == 1 and (theirs[x.round0] or theirs[x.round1])
        now = y.placed == 1 and (theirs[y.round0] or theirs[y.round1])
        if not was and not now:
            continue
        if was and now and x.start == y.start and x.round0 == y.round0 and x.round1 == y.round1:
            continue
        if was:
            open_change(s, u)
            take(s, u, v)
        if now:
            moved[n] = v
            n += 1
    for i in range(n):
        v = moved[i]
        y = other.visits[v]
        adopt(s, u, d, v, np.int64(y.start), np.int64(y.round0), np.int64(y.round1))
    for i in range(n):
        v = moved[i]
        m = np.int64(s.visits[v].mate)
        if m >= 0 and s.visits[v].placed != s.visits[m].placed:
            open_change(s, u)
            take(s, u, v if s.visits[v].placed == 1 else m)
    if true_total(s) < best.total[0]:
        keep(s, best)
