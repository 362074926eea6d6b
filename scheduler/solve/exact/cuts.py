"""What follows from the model anyway, said once more so that CP-SAT's linear relaxation sees it: bounds rise sooner.

Going from one visit to the next, both near their wished starts, either there is too little time (then one is early or
the other late by what is missing) or too much (then the carer waits, or one is late or the other early).
"""

from __future__ import annotations

from scheduler.solve.exact.draft import Draft, Linear, Round
from scheduler.solve.exact.gaps import Way


def add_cuts(draft: Draft, r: Round, ways: list[Way], waiting: dict[int, Linear]) -> None:
    """`waiting`: paid minutes before each stop, each up to the carer's cap; empty where they cost nothing."""
    cap = int(draft.model.pay_cap[r.carer])
    paused = (r.carer, r.day) in draft.model.pauses
    for before, stop, way, arc in ways:
        v, w = before.visit, stop.visit
        if v not in draft.early or w not in draft.early:
            continue
        apart = int(draft.model.target[w] - draft.model.target[v]) - way
        missing = before.least_minutes - apart
        if missing > 0:
            draft.cp.add(draft.early[v] + draft.after[w] >= missing * arc)
        elif w in waiting and isinstance(before.minutes, int) and not paused:
            left = min(apart - before.minutes, cap)
            draft.cp.add(waiting[w] + draft.early[w] + draft.after[v] >= left * arc)
