"""One round: which visits the carer does in which order, with journeys, waiting and breaks; or the round as it is."""

from __future__ import annotations

from itertools import pairwise

from scheduler.rota import Leg
from scheduler.solve.exact.cuts import add_cuts
from scheduler.solve.exact.draft import Draft, Linear, Literal, Round, Spell, Stop
from scheduler.solve.exact.gaps import Way, add_waiting, add_ways, reach_of_first
from scheduler.solve.model import Away


def add_round(draft: Draft, spell: Spell) -> None:
    """A free round: a circuit from home through some of the visits and back."""
    cp = draft.cp
    carer, day, lo, hi = spell
    r = Round(
        spell,
        free=True,
        active=cp.new_bool_var("active"),
        leaves=cp.new_int_var(draft.dawn(spell), hi, "leaves"),
        is_home=cp.new_int_var(lo, hi + draft.journey, "is home"),
        begin=cp.new_int_var(lo, hi, "begin"),
        finish=cp.new_int_var(lo, hi, "finish"),
    )
    for leg in draft.kept_in[spell]:
        stop = _fixed_stop(draft, leg)
        r.stops[stop.visit] = stop
    for v in draft.movable:
        if draft.model.day[v] == day and draft.model.allowed[v, carer]:
            _stop(draft, r, v)
    ways = _circuit(draft, r)
    _may_pause(draft, r)
    add_ways(draft, r, ways)
    r.contact = sum(_contact(draft, stop) for stop in r.stops.values())
    r.travel = sum(stop.way for stop in r.stops.values())
    add_cuts(draft, r, ways, _finish(draft, r))
    if draft.kept_in[spell]:
        cp.add(r.active == 1)
    draft.rounds.append(r)


def _fixed_stop(draft: Draft, leg: Leg) -> Stop:
    v = draft.visit_of(leg)
    first, last = draft.cp.new_bool_var("first"), draft.cp.new_bool_var("last")
    here = draft.cp.new_constant(1)
    place = int(draft.model.client[v])
    return Stop(v, place, here, leg.start, leg.minutes, leg.start, leg.start, leg.minutes, first, last)


def _stop(draft: Draft, r: Round, v: int) -> None:
    """The visit as it can be in this round, if it can."""
    m, cp = draft.model, draft.cp
    carer, _, lo, hi = r.spell
    need = int(m.minutes[v, carer])
    part = int(m.second_minutes[v])
    least = min(need, part) if m.double[v] and part else need
    earliest, latest = max(lo, int(m.earliest[v])), min(hi - least, int(m.latest[v]))
    if earliest > latest:
        return
    here = cp.new_bool_var(f"{v} by {carer}")
    cp.add_implication(here, draft.planned[v])
    minutes: Linear = need
    if m.double[v] and part:
        helps = draft.helps[v, r.spell] = cp.new_bool_var(f"{carer} helps at {v}")
        cp.add_implication(helps, here)
        minutes = need + (part - need) * helps
    elif m.double[v] and not isinstance(draft.minutes[v], int):
        cp.add(draft.minutes[v] >= need).only_enforce_if(here)
        minutes = draft.minutes[v]
    elif not m.double[v] and not isinstance(draft.minutes[v], int):
        cp.add(draft.minutes[v] == need).only_enforce_if(here)
    start = draft.start[v]
    cp.add(start >= lo).only_enforce_if(here)
    cp.add(start + minutes <= hi).only_enforce_if(here)
    draft.price.append(int(m.charges[v, carer]) * here)
    first, last = cp.new_bool_var("first"), cp.new_bool_var("last")
    r.stops[v] = Stop(v, int(m.client[v]), here, start, minutes, earliest, latest, least, first, last)


def _contact(draft: Draft, stop: Stop) -> Linear:
    """The carer's minutes there, 0 where somebody else comes."""
    if isinstance(stop.minutes, int):
        return stop.minutes * stop.here
    most = int(draft.model.minutes[stop.visit].max())
    contact = draft.cp.new_int_var(0, max(most, int(draft.model.second_minutes[stop.visit])), "contact")
    draft.cp.add(contact == stop.minutes).only_enforce_if(stop.here)
    draft.cp.add(contact == 0).only_enforce_if(~stop.here)
    return contact


def _circuit(draft: Draft, r: Round) -> list[Way]:
    """The order of the visits, and when the round begins and ends."""
    m, cp = draft.model, draft.cp
    carer, home = r.carer, draft.home(r.carer)
    away = m.away.get((carer, r.day))
    number = {v: i + 1 for i, v in enumerate(r.stops)}
    arcs: list[tuple[int, int, Literal]] = [(0, 0, ~r.active)]
    outs: list[Linear] = []
    backs: list[Linear] = []
    ways: list[Way] = []
    spent: list[Linear] = []
    for v, stop in r.stops.items():
        if not isinstance(stop.start, int):
            arcs.append((number[v], number[v], ~stop.here))
        out, back = (
            draft.minutes_between(carer, home, stop.place),
            draft.minutes_between(carer, stop.place, home),
        )
        arcs += [(0, number[v], stop.first), (number[v], 0, stop.last)]
        cp.add(r.begin == stop.start).only_enforce_if(stop.first)
        cp.add(r.leaves == _leaves(stop.start - out, away)).only_enforce_if(stop.first)
        cp.add(r.finish == stop.end).only_enforce_if(stop.last)
        cp.add(r.is_home == stop.end + back).only_enforce_if(stop.last)
        if away is not None:
            cp.add(stop.start >= away.leave + out).only_enforce_if(stop.first)
        outs.append(out * stop.first)
        backs.append(back * stop.last)
        here: list[Linear] = []
        for w, before in r.stops.items():
            way = draft.minutes_between(carer, before.place, stop.place)
            if w == v or before.earliest + before.least_minutes + way > stop.latest:
                continue
            arc = draft.arcs[r.spell, w, v] = cp.new_bool_var("arc")
            arcs.append((number[w], number[v], arc))
            here.append(way * arc)
            ways.append((before, stop, way, arc))
            draft.price.append(_price_of_way(draft, r, before.place, stop.place) * arc)
            spent.append(_cost_to_carer(draft, r, before.place, stop.place) * arc)
        stop.way = sum(here)
    cp.add_circuit(arcs)
    r.out, r.back, r.owed = sum(outs), sum(backs), sum(spent)
    return ways


def _leaves(just_in_time: Linear, away: Away | None) -> Linear:
    return away.leave if away is not None and away.from_leave else just_in_time


def _price_of_way(draft: Draft, r: Round, a: int, b: int) -> int:
    m = draft.model
    price = int(m.pay_rates[r.carer, r.day][1]) * draft.minutes_between(r.carer, a, b)
    legs = int(m.leg_class[r.carer])
    return price + (int(m.leg_amounts[legs][a, b]) if legs >= 0 else 0)


def _cost_to_carer(draft: Draft, r: Round, a: int, b: int) -> int:
    floor = draft.model.floors.get(r.carer)
    return int(draft.model.leg_amounts[floor.costs][a, b]) if floor else 0


def _may_pause(draft: Draft, r: Round) -> None:
    """The day's pause may be before any stop."""
    if (r.carer, r.day) in draft.model.pauses:
        for stop in r.stops.values():
            stop.paused = draft.cp.new_bool_var("pauses before")
            draft.cp.add_implication(stop.paused, stop.here)


def _finish(draft: Draft, r: Round) -> dict[int, Linear]:
    """What of the minutes is work, what is paid, and what they cost. Returns the paid waiting before each stop."""
    m = draft.model
    kinds = m.paid_kinds[r.carer]
    r.work += r.contact + r.travel + (0 if m.home_free[r.carer] else r.out + r.back)
    r.paid += bool(kinds[0]) * r.contact + bool(kinds[1]) * r.travel
    if r.carer in m.floors:
        r.owed += int(m.floor_due[r.carer, m.week_of(r.day)]) * (r.contact + r.travel)
    if r.free:
        draft.price.append(int(m.pay_rates[r.carer, r.day, 0]) * r.contact)
        draft.price.append(int(m.home_price[r.carer]) * (r.out + r.back))
    return add_waiting(draft, r)


def add_round_as_it_is(draft: Draft, spell: Spell) -> None:
    """A round that stays, in the shape of the others: numbers. Its own price does not matter."""
    carer, legs = spell[0], draft.kept_in[spell]
    home, yes, no = draft.home(carer), draft.cp.new_constant(1), draft.cp.new_constant(0)
    places = [int(draft.model.client[draft.visit_of(leg)]) for leg in legs]
    out, back = draft.minutes_between(carer, home, places[0]), draft.minutes_between(carer, places[-1], home)
    ways = [0, *(draft.minutes_between(carer, a, b) for a, b in pairwise(places))]
    away = draft.model.away.get((carer, spell[1]))
    leaves = _leaves(legs[0].start - out, away)
    r = Round(spell, False, yes, leaves, legs[-1].end + back, legs[0].start, legs[-1].end, out=out, back=back)
    for i, leg in enumerate(legs):
        first, last = (yes if i == end else no for end in (0, len(legs) - 1))
        r.stops[draft.visit_of(leg)] = Stop(
            visit=draft.visit_of(leg),
            place=places[i],
            here=yes,
            start=leg.start,
            minutes=leg.minutes,
            earliest=leg.start,
            latest=leg.start,
            least_minutes=leg.minutes,
            first=first,
            last=last,
            way=ways[i],
        )
    _may_pause(draft, r)
    stops = list(r.stops.values())
    stops[0].reach = reach_of_first(draft, r, stops[0])
    for before, stop in pairwise(stops):
        stop.reach = before.end + stop.way
    r.contact, r.travel = sum(leg.minutes for leg in legs), sum(ways)
    r.owed = sum(_cost_to_carer(draft, r, a, b) for a, b in pairwise(places))
    _finish(draft, r)
    draft.rounds.append(r)
