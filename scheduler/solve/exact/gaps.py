"""The time between two visits: never less than the journey; what of it is waiting that counts, and the breaks due."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.solve.exact.draft import Draft, Linear, Literal, Round, Stop
from scheduler.solve.model import UNLIMITED

Way = tuple[Stop, Stop, int, cp_model.IntVar]
"""From stop to stop in so many minutes, if the literal holds."""


def add_ways(draft: Draft, r: Round, ways: list[Way]) -> None:
    """Nobody is anywhere before the journey is over. Where waiting, a break or a pause may count, `reach` says when
    the carer is there."""
    cp = draft.cp
    if not (_waiting_counts(draft, r) or _breaks_matter(draft, r) or (r.carer, r.day) in draft.model.pauses):
        for before, stop, way, arc in ways:
            cp.add(stop.start >= before.end + way).only_enforce_if(arc)
        return
    for stop in r.stops.values():
        stop.reach = cp.new_int_var(draft.dawn(r.spell), r.spell[3], "reach")
        cp.add(stop.reach <= stop.start).only_enforce_if(stop.here)
        cp.add(stop.reach == reach_of_first(draft, r, stop)).only_enforce_if(stop.first)
    for before, stop, way, arc in ways:
        cp.add(stop.reach == before.end + way).only_enforce_if(arc)
    if _breaks_matter(draft, r):
        _breaks(draft, r, ways)


def reach_of_first(draft: Draft, r: Round, stop: Stop) -> Linear:
    """When the carer gets to the first stop: just in time (after the pause, if that comes before), or as soon as the
    day that begins at a given time allows."""
    away, pause = draft.model.away.get((r.carer, r.day)), draft.model.pauses.get((r.carer, r.day))
    if away is not None and away.from_leave:
        return away.leave + r.out
    return stop.start if pause is None else stop.start - pause.minutes * stop.paused


def _waiting_counts(draft: Draft, r: Round) -> bool:
    return _waiting_is_paid(draft, r) or _waiting_is_work(draft, r)


def _waiting_is_paid(draft: Draft, r: Round) -> bool:
    m, week = draft.model, draft.model.week_of(r.day)
    hours = m.paid_kinds[r.carer, 2] and (m.paid_prices[r.carer, week, [1, 3]].any() or r.carer in m.floors)
    return bool(m.pay_cap[r.carer] > 0 and (m.pay_rates[r.carer, r.day, 2] or hours))


def _waiting_is_work(draft: Draft, r: Round) -> bool:
    m, week = draft.model, draft.model.week_of(r.day)
    asked = m.limit[r.carer, week] < UNLIMITED or r.carer in m.floors
    return bool(asked and m.work_cap[r.carer] > 0)


def _breaks_matter(draft: Draft, r: Round) -> bool:
    """Could the round be so long that a break is due?"""
    return r.free and r.spell[3] - r.spell[2] > int(draft.model.breaks[r.carer, 0])


def _breaks(draft: Draft, r: Round, ways: list[Way]) -> None:
    """`since`: when the stretch of work without a break began that the visit is in."""
    cp = draft.cp
    after, least = (int(x) for x in draft.model.breaks[r.carer])
    since = {v: cp.new_int_var(r.spell[2], r.spell[3], "since") for v in r.stops}
    rested = {v: cp.new_bool_var("rested") for v in r.stops}
    for v, stop in r.stops.items():
        cp.add(since[v] <= stop.start).only_enforce_if(stop.here)
        cp.add(stop.end - since[v] <= after).only_enforce_if(stop.here)
        cp.add(since[v] == stop.start).only_enforce_if(stop.first)
        cp.add_implication(stop.first, ~rested[v])
        cp.add(stop.start - stop.reach >= least).only_enforce_if(rested[v], stop.here)
    for before, stop, _, arc in ways:
        cp.add(since[stop.visit] <= since[before.visit]).only_enforce_if(arc, ~rested[stop.visit])


def add_waiting(draft: Draft, r: Round) -> dict[int, Linear]:
    """Waiting that is work, and waiting that is paid, each gap up to its cap; the pause is no waiting. Returns the
    latter, by the visit that it is before."""
    m = draft.model
    if _waiting_is_work(draft, r):
        counted = sum(_waiting(draft, r, int(m.work_cap[r.carer])).values())
        r.work += counted
        if r.carer in m.floors:
            r.owed += int(m.floor_due[r.carer, m.week_of(r.day)]) * counted
    if not _waiting_is_paid(draft, r):
        return {}
    paid = _waiting(draft, r, int(m.pay_cap[r.carer]))
    r.paid += bool(m.paid_kinds[r.carer, 2]) * sum(paid.values())
    if r.free:
        draft.price.append(int(m.pay_rates[r.carer, r.day, 2]) * sum(paid.values()))
    return paid


def _waiting(draft: Draft, r: Round, cap: int) -> dict[int, Linear]:
    pause = draft.model.pauses.get((r.carer, r.day))
    minutes = pause.minutes if pause is not None else 0
    return {
        v: _capped(draft, r, stop.start - stop.reach - minutes * stop.paused, stop.here, cap)
        for v, stop in r.stops.items()
    }


def _capped(draft: Draft, r: Round, wait: Linear, here: Literal, cap: int) -> Linear:
    """min(wait, cap), and 0 where the carer does not come."""
    if isinstance(wait, int):
        return min(wait, cap)
    cp = draft.cp
    longest = r.spell[3] - draft.dawn(r.spell)
    counted = cp.new_int_var(0, min(cap, longest), "counted")
    cp.add(counted == 0).only_enforce_if(~here)
    if cap >= longest:
        cp.add(counted == wait).only_enforce_if(here)
        return counted
    over = cp.new_bool_var("over the cap")
    cp.add_implication(over, here)
    cp.add(counted == wait).only_enforce_if(here, ~over)
    cp.add(wait >= cap).only_enforce_if(over)
    cp.add(counted == cap).only_enforce_if(over)
    return counted
