"""A carer's day from home to home: when it begins and ends, its pause, and its idle time."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from scheduler.solve.exact.draft import Draft, Linear, Literal, Round, Stop
from scheduler.solve.model import STRICT, Pause


def add_days(draft: Draft) -> None:
    """All days that the rules say more about than shifts do."""
    m = draft.model
    rounds: dict[tuple[int, int], list[Round]] = defaultdict(list)
    for r in draft.rounds:
        rounds[r.carer, r.day].append(r)
    idle: list[Linear] = []
    for day in sorted(set(m.away) | set(m.pauses) | set(m.idle)):
        of_day = rounds.get(day, [])
        paused, homes = _pause(draft, day, of_day)
        over = _over(draft, day, of_day, homes)
        if day in m.idle:
            spell, per_minute = m.idle[day]
            minutes = m.pauses[day].minutes if day in m.pauses else 0
            busy = sum(r.busy for r in of_day) + minutes * paused
            idle.append(per_minute * (spell - busy + over))
    if idle:
        worst = draft.cp.new_int_var(0, 10**12, "price of the worst idle time")
        for price in idle:
            draft.cp.add(worst >= price)
        draft.price.append(worst)


def _over(draft: Draft, day: tuple[int, int], rounds: list[Round], homes: list[cp_model.IntVar]) -> Linear:
    """Minutes after the time to be back: forbidden, or priced."""
    away = draft.model.away.get(day)
    if away is None or not rounds:
        return 0
    cp = draft.cp
    over = 0 if away.per_over == STRICT else cp.new_int_var(0, draft.end, "over")
    for r in rounds:
        cp.add(r.is_home <= away.back + over).only_enforce_if(r.active)
    for home in homes:
        cp.add(home <= away.back + over)
    if away.per_over != STRICT:
        draft.price.append(away.per_over * over)
    return over


def _pause(draft: Draft, day: tuple[int, int], rounds: list[Round]) -> tuple[Linear, list[cp_model.IntVar]]:
    """Whether the day has its pause; by round, when the carer is home if it comes after the last visit (else a minute
    long before)."""
    pause = draft.model.pauses.get(day)
    if pause is None:
        return 0, []
    if not rounds:
        draft.price.append(pause.missed)
        return 0, []
    cp = draft.cp
    begins = cp.new_int_var(pause.earliest, pause.latest, "pause begins")
    chosen: list[Literal] = []
    homes = []
    for r in rounds:
        for stop in r.stops.values():
            _before_stop(draft, r, stop, begins, pause)
            chosen.append(stop.paused)
        after, home = _after(draft, r, begins, pause)
        chosen.append(after)
        homes.append(home)
    paused = cp.new_bool_var("paused")
    cp.add(sum(chosen) == paused)
    draft.price.append(pause.missed * (1 - paused))
    return paused, homes


def _before_stop(draft: Draft, r: Round, stop: Stop, begins: cp_model.IntVar, pause: Pause) -> None:
    """In the gap before a stop: at the place before, or at its own. The gap before the first begins at home."""
    cp = draft.cp
    arrived = cp.new_bool_var("after the journey")
    away = draft.model.away.get((r.carer, r.day))
    leave = away.leave if away is not None else pause.earliest - draft.journey
    for first, since, way in ((stop.first, leave + r.out, r.out), (~stop.first, stop.reach, stop.way)):
        for there, off in ((arrived, 0), (~arrived, way)):
            literals = (stop.paused, first, there)
            cp.add(begins >= since - off).only_enforce_if(*literals)
            cp.add(begins + pause.minutes <= stop.start - off).only_enforce_if(*literals)


def _after(
    draft: Draft, r: Round, begins: cp_model.IntVar, pause: Pause
) -> tuple[cp_model.IntVar, cp_model.IntVar]:
    """At the last client's, as soon as the pause may begin, unless waiting and being late home cost more than it."""
    cp, m = draft.cp, draft.model
    after = cp.new_bool_var("pauses after")
    cp.add_implication(after, r.active)
    waits = cp.new_int_var(0, max(0, pause.earliest - r.spell[2]), "waits for the pause")
    cp.add_max_equality(waits, [pause.earliest - r.finish, 0])
    cp.add(begins == r.finish + waits).only_enforce_if(after)
    home = cp.new_int_var(draft.dawn(r.spell), draft.end, "home after the pause")
    cp.add(home == r.is_home + waits + pause.minutes).only_enforce_if(after)
    cp.add(home == draft.dawn(r.spell)).only_enforce_if(~after)
    counted = cp.new_int_var(0, min(draft.end, int(m.pay_cap[r.carer])), "counted")
    cp.add_min_equality(counted, [waits, int(m.pay_cap[r.carer])])
    paid = cp.new_int_var(0, min(draft.end, int(m.pay_cap[r.carer])), "paid")
    cp.add(paid == counted).only_enforce_if(after)
    cp.add(paid == 0).only_enforce_if(~after)
    price = int(m.pay_rates[r.carer, r.day, 2])
    r.paid += bool(m.paid_kinds[r.carer, 2]) * paid
    if r.free:
        draft.price.append(price * paid)
    dearer = price * paid
    away = m.away.get((r.carer, r.day))
    if away is not None and away.per_over > 0:
        without, later = (cp.new_int_var(0, draft.end, "over") for _ in range(2))
        cp.add_max_equality(without, [r.is_home - away.back, 0])
        cp.add_max_equality(later, [home - away.back, 0])
        dearer += away.per_over * (later - without)
    cp.add(dearer <= pause.missed).only_enforce_if(after)
    return after, home
