"""Prices that couple all rounds: the largest lateness, and work that is shared out unevenly."""

from __future__ import annotations

from scheduler.solve.exact.draft import Draft


def add_whole(draft: Draft) -> None:
    """The price of the worst, and of the distance from the mean."""
    _worst_late(draft)
    _imbalance(draft)


def _worst_late(draft: Draft) -> None:
    per_minute = draft.model.worst_late
    if not per_minute or not draft.late:
        return
    worst = draft.cp.new_int_var(0, draft.end, "worst lateness")
    for late in draft.late.values():
        draft.cp.add(worst >= late)
    draft.price.append(per_minute * worst)


def _imbalance(draft: Draft) -> None:
    """A begun minute counts whole: `carers` times the distance is at least that of work and total."""
    per_minute, carers = draft.model.imbalance, len(draft.problem.carers)
    if not per_minute:
        return
    work = [sum(r.busy for r in draft.rounds if r.carer == carer) for carer in range(carers)]
    for mine in work:
        off = draft.cp.new_int_var(0, 2 * draft.end, "off the mean")
        draft.cp.add(carers * off >= carers * mine - sum(work))
        draft.cp.add(carers * off >= sum(work) - carers * mine)
        draft.price.append(per_minute * off)
