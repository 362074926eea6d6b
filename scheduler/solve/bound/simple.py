"""What can be said of a day without solving anything: the least that each visit costs, and who is missing.

Both always give something: `least_prices` are duals, so that column generation starts from a bound and not from
nothing; `least_unallocated` counts visits that no rota can serve, for want of carers who may do them or of their time.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from scheduler.solve.bound.day import Day
from scheduler.solve.bound.label import NOTHING, Spell
from scheduler.units import DAY, HOUR


def least_prices(day: Day) -> NDArray[np.int64]:
    """By node: pay, charges, the cheapest start and the cheapest way to get there, from home or from any other visit,
    with the carer for whom all this is least. Where nobody can come: what leaving it out costs, by carer needed."""
    least = np.full(day.nodes, NOTHING, dtype=np.int64)
    for spell in day.spells:
        np.minimum.at(least, spell.node, _least_in(spell))
    out = day.leaving_out[day.visit] // np.bincount(day.visit, weights=day.need)[day.visit].astype(np.int64)
    return np.where(least < NOTHING, least, out)


def _least_in(spell: Spell) -> NDArray[np.int64]:
    """By the shift's own nodes; NOTHING where no minute will do."""
    if not len(spell.node):
        return np.zeros(0, dtype=np.int64)
    to_from = np.ix_(spell.place, spell.place)
    way, amount = spell.minutes[to_from].T, spell.amounts[to_from].T
    need = spell.length[:, None] + way
    possible = (spell.lo[:, None] + need <= spell.hi[None, :]) & (
        spell.visit[:, None] != spell.visit[None, :]
    )
    journey = np.where(possible, spell.rate * way.astype(np.int64) + amount, NOTHING)
    arrive = np.minimum(spell.out, journey.min(axis=0))
    start = np.minimum.reduceat(spell.start_price, spell.base)
    return np.where(start < NOTHING, spell.fixed + start + arrive, NOTHING)


def least_unallocated(day: Day) -> int:
    """Visits that every rota leaves out: those that too few carers on shift may do at all, and of the others so many
    that in no part of the day, for no group of carers, the visits that only they may do take longer than they have.
    Journeys are not counted."""
    able = _able(day)
    group_of = {visit: frozenset(carers) for visit, carers in able.items()}
    needed = np.bincount(day.visit, weights=day.need, minlength=len(day.visits))
    hopeless = {visit for visit, carers in group_of.items() if len(carers) < needed[visit]}
    groups = sorted({group for visit, group in group_of.items() if visit not in hopeless}, key=sorted)
    rest = [visit for visit in group_of if visit not in hopeless]
    if not rest:
        return len(hopeless)
    everybody = frozenset().union(*groups)
    parts = _parts(day)
    asked = _asked(day, parts)[rest]
    supply = {carer: _supply(day, carer, parts) for carer in everybody}
    most = 0
    for group in {everybody, *groups}:
        theirs = np.array([group_of[visit] <= group for visit in rest])
        excess = asked[theirs].sum(axis=0) - sum(supply[carer] for carer in group)
        for part in np.nonzero(excess > 0)[0]:
            largest = np.sort(asked[theirs, part])[::-1].cumsum()
            most = max(most, int(np.searchsorted(largest, excess[part])) + 1)
    return len(hopeless) + most


def _able(day: Day) -> dict[int, set[int]]:
    """Visit -> carers on shift who may take part."""
    found: dict[int, set[int]] = {visit: set() for visit in range(len(day.visits))}
    for (carer, *_), spell in zip(day.shifts, day.spells, strict=True):
        for visit in spell.visit:
            found[int(visit)].add(carer)
    return found


def _parts(day: Day) -> list[tuple[int, int]]:
    """Every stretch of whole hours from the first shift to the last: first minute, minute after the last."""
    first = min(begin for _, _, begin, _ in day.shifts) // HOUR
    last = -(-max(end for *_, end in day.shifts) // HOUR)
    return [(a * HOUR, b * HOUR) for a, b in combinations(range(first, last + 1), 2)]


def _asked(day: Day, parts: list[tuple[int, int]]) -> NDArray[np.int64]:
    """(visits, parts): carers' minutes that the visit takes from the part, whenever it starts and whoever comes."""
    begin, end = (np.array(column) for column in zip(*parts, strict=True))
    least = np.full((day.nodes, len(parts)), DAY, dtype=np.int64)
    for spell in day.spells:
        for at in (spell.lo, spell.hi):  # in between it takes no less than at one of these
            inside = np.minimum(at[:, None] + spell.length[:, None], end) - np.maximum(at[:, None], begin)
            np.minimum.at(least, spell.node, np.maximum(inside, 0))
    found = np.zeros((len(day.visits), len(parts)), dtype=np.int64)
    np.add.at(found, day.visit, day.need[:, None] * np.where(least < DAY, least, 0))
    return found


def _supply(day: Day, carer: int, parts: list[tuple[int, int]]) -> NDArray[np.int64]:
    """(parts,): the carer's minutes on shift."""
    begin, end = (np.array(column) for column in zip(*parts, strict=True))
    shifts = [(lo, hi) for who, _, lo, hi in day.shifts if who == carer]
    inside = [np.maximum(np.minimum(hi, end) - np.maximum(lo, begin), 0) for lo, hi in shifts]
    found: NDArray[np.int64] = np.sum(inside, axis=0)
    return found
