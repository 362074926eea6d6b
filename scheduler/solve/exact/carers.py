"""What holds between the rounds of one carer: rest, weekly rest and hours, paid hours, unpopular spells."""

from __future__ import annotations

from scheduler.solve.exact.curves import add_curve
from scheduler.solve.exact.draft import Draft, Linear, Round
from scheduler.solve.model import LONG_AGO
from scheduler.units import DAY, WEEK_DAYS

WEEK = WEEK_DAYS * DAY


def add_carers(draft: Draft) -> None:
    """Every carer with a free round."""
    for carer in sorted({spell[0] for spell in draft.free}):
        rounds = draft.rounds_of(carer)
        _rest(draft, carer, rounds)
        for week in range(draft.problem.weeks):
            _week(draft, carer, week, [r for r in rounds if draft.model.week_of(r.day) == week])
        _pay_floor(draft, carer, rounds)
        _unpopular(draft, carer, rounds)


def _off(draft: Draft, r: Round) -> tuple[Linear, Linear]:
    """When the round's work begins and ends, for rest: at home, or with clients where home journeys are nobody's."""
    return (r.begin, r.finish) if draft.model.home_free[r.carer] else (r.leaves, r.is_home)


def _rest(draft: Draft, carer: int, rounds: list[Round]) -> None:
    m, cp = draft.model, draft.cp
    rest, home_at = int(m.rest[carer]), int(m.home_at[carer])
    for i, a in enumerate(rounds):
        if rest and home_at > LONG_AGO and a.free:
            cp.add(_off(draft, a)[0] >= home_at + rest).only_enforce_if(a.active)
        for b in rounds[i + 1 :]:
            if not (a.free or b.free):
                continue
            if b.day == a.day:
                _same_day(draft, a, b)
            elif b.day == a.day + 1 and rest:
                begin, end = _off(draft, b)[0], _off(draft, a)[1]
                cp.add(begin >= end + rest).only_enforce_if(a.active, b.active)


def _same_day(draft: Draft, a: Round, b: Round) -> None:
    """Between two spells of a day the carer may go straight from client to client."""
    for last in a.stops.values():
        for first in b.stops.values():
            way = draft.minutes_between(a.carer, last.place, first.place)
            if first.earliest < a.spell[3] + way:
                draft.cp.add(b.begin >= a.finish + way).only_enforce_if(last.last, first.first)


def _week(draft: Draft, carer: int, week: int, rounds: list[Round]) -> None:
    m, cp = draft.model, draft.cp
    if not rounds:
        return
    zero = cp.new_constant(0)  # keeps a sum of plain numbers an expression
    cp.add(sum(r.work for r in rounds) + zero <= int(m.limit[carer, week]))
    below, per_below, above, per_above = (int(x) for x in m.paid_prices[carer, week])
    paid = sum(r.paid for r in rounds)
    for price, over in ((per_below, below - paid), (per_above, paid - above)):
        if price:
            amount = cp.new_int_var(0, max(below, 0) + draft.end, "paid hours")
            cp.add(amount >= over + zero)
            draft.price.append(price * amount)
    rest = int(m.rest_a_week[carer])
    if rest and m.full_week(week):
        _weekly_rest(draft, rounds, week * WEEK, (week + 1) * WEEK, rest)


def _pay_floor(draft: Draft, carer: int, rounds: list[Round]) -> None:
    """What each pay period's earnings lack to what the carer is owed."""
    m, cp = draft.model, draft.cp
    floor = m.floors.get(carer)
    if floor is None:
        return
    longest = m.leg_amounts[floor.costs].max(initial=0)
    most = int(m.floor_due[carer].max()) * draft.end + int(longest) * len(m.client)
    for first, past in sorted({(int(first), int(past)) for first, past, _ in m.floor_weeks[carer]}):
        owed = sum(r.owed for r in rounds if first <= m.week_of(r.day) < past)
        missing = cp.new_int_var(0, most, "missing pay")
        earned = sum(_earned_minutes(draft, carer, week, rounds) for week in range(first, past))
        cp.add(missing >= owed - floor.earned * earned)
        draft.price.append(floor.price * missing)


def _earned_minutes(draft: Draft, carer: int, week: int, rounds: list[Round]) -> Linear:
    """Paid minutes of a week, or as many as are earned at least."""
    cp, least = draft.cp, int(draft.model.floor_weeks[carer, week, 2])
    paid = sum(r.paid for r in rounds if draft.model.week_of(r.day) == week) + cp.new_constant(0)
    if not least:
        return paid
    earned = cp.new_int_var(least, least + draft.end, "earned")
    cp.add_max_equality(earned, [paid, cp.new_constant(least)])
    return earned


def _weekly_rest(draft: Draft, rounds: list[Round], begin: int, end: int, rest: int) -> None:
    cp = draft.cp
    zero = cp.new_constant(0)
    choices = []
    for i in range(-1, len(rounds)):
        chosen = cp.new_bool_var("rests here")
        choices.append(chosen)
        if i >= 0:
            cp.add(rounds[i].active == 1).only_enforce_if(chosen)
        free_from = begin if i < 0 else _off(draft, rounds[i])[1]
        cp.add(free_from + rest + zero <= end).only_enforce_if(chosen)
        for later in rounds[i + 1 :]:
            cp.add(_off(draft, later)[0] >= free_from + rest + zero).only_enforce_if(chosen, later.active)
    cp.add_bool_or(choices)


def _unpopular(draft: Draft, carer: int, rounds: list[Round]) -> None:
    starts = draft.model.unpopular_starts.get(carer, frozenset())
    worked = [r.active for r in rounds if r.spell[2] in starts]
    curve = draft.model.unpopular_curve.get(carer)
    if worked and curve:
        add_curve(draft, worked, curve)
