"""The visits that may move: planned or not, when they start, and what start and absence cost."""

from __future__ import annotations

from ortools.sat.python import cp_model

from scheduler.solve.exact.draft import Draft, Literal
from scheduler.solve.model import STRICT


def add_visits(draft: Draft) -> None:
    """Variables and prices of every movable visit; what lateness the others have."""
    ends = dict.fromkeys(range(draft.problem.days), 0)
    for _, day, _, end in draft.free:
        ends[day] = max(ends[day], end)
    for v in draft.movable:
        _visit(draft, v, last=ends[int(draft.model.day[v])])
    for leg in draft.kept:
        v = draft.visit_of(leg)
        if v in draft.model.spans and not leg.second:
            draft.late[v] = _lateness(draft.model.spans[v], leg.start)


def _visit(draft: Draft, v: int, last: int) -> None:
    cp, m = draft.cp, draft.model
    planned = draft.planned[v] = cp.new_bool_var(f"planned {v}")
    draft.price.append(int(m.unallocated[v]) * (1 - planned))
    starts = _starts(draft, v, last)
    if starts.is_empty():
        cp.add(planned == 0)
        starts = cp_model.Domain(last, last)
    start = draft.start[v] = cp.new_int_var_from_domain(starts, f"start {v}")
    draft.minutes[v] = _minutes(draft, v)
    if m.per_minute[v]:
        target = int(m.target[v])
        bounds = starts.flattened_intervals()
        early = draft.early[v] = cp.new_int_var(0, max(0, target - bounds[0]), f"early {v}")
        after = draft.after[v] = cp.new_int_var(0, max(0, bounds[-1] - target), f"after {v}")
        cp.add(start == target + after - early).only_enforce_if(planned)
        draft.price.append(int(m.per_minute[v]) * (early + after))
    _late(draft, v, last)
    _moved(draft, v)


def _starts(draft: Draft, v: int, last: int) -> cp_model.Domain:
    """The minutes at which the visit may start."""
    m = draft.model
    lo, hi = int(m.earliest[v]), min(int(m.latest[v]), last)
    window = cp_model.Domain(lo, hi) if lo <= hi else cp_model.Domain.from_intervals([])
    if v not in m.spans or m.per_late[v] != STRICT:
        return window
    return window.intersection_with(cp_model.Domain.from_intervals([list(span) for span in m.spans[v]]))


def _minutes(draft: Draft, v: int) -> cp_model.IntVar | int:
    """How long the leading carer stays: a number where it is the same whoever comes."""
    needs = {int(n) for n in draft.model.minutes[v, draft.model.allowed[v]]} or {1}
    if len(needs) == 1:
        return needs.pop()
    return draft.cp.new_int_var(min(needs), max(needs), f"minutes {v}")


def _late(draft: Draft, v: int, last: int) -> None:
    """Minutes past the end of the last span that has begun by the start: the cheapest choice among those begun."""
    cp, m = draft.cp, draft.model
    if v not in m.spans or m.per_late[v] == STRICT:
        return
    late = draft.late[v] = cp.new_int_var(0, max(0, last - m.spans[v][0][1]), f"late {v}")
    choices: list[Literal] = []
    for begin, end in m.spans[v]:
        chosen = cp.new_bool_var(f"{v} from {begin}")
        choices.append(chosen)
        cp.add(draft.start[v] >= begin).only_enforce_if(chosen)
        cp.add(late >= draft.start[v] - end).only_enforce_if(chosen)
    cp.add(sum(choices) == draft.planned[v])
    draft.price.append(int(m.per_late[v]) * late)


def _moved(draft: Draft, v: int) -> None:
    """The price of another time than was promised."""
    promised, tolerance, amount = (int(x) for x in draft.model.promised[v])
    if not amount:
        return
    cp = draft.cp
    moved = cp.new_bool_var(f"moved {v}")
    for off in (draft.start[v] - promised, promised - draft.start[v]):
        cp.add(off <= tolerance).only_enforce_if(draft.planned[v], ~moved)
    draft.price.append(amount * moved)


def _lateness(spans: tuple[tuple[int, int], ...], start: int) -> int:
    begun = [end for begin, end in spans if begin <= start]
    return max(0, start - begun[-1]) if begun else 0


def add_company(draft: Draft) -> None:
    """How many carers come, who of them leads, how long both stay, and what linked visits owe each other."""
    for v in draft.movable:
        _carers(draft, v)
        _mate(draft, v)
    _links(draft)


def _carers(draft: Draft, v: int) -> None:
    m, cp = draft.model, draft.cp
    by_carer: dict[int, list[Literal]] = {}
    for r in draft.rounds:
        if v in r.stops:
            by_carer.setdefault(r.carer, []).append(r.stops[v].here)
    here = [literal for literals in by_carer.values() for literal in literals]
    cp.add(sum(here) == (2 if m.double[v] else 1) * draft.planned[v])
    must = int(m.must[v])
    if must >= 0:
        cp.add(sum(by_carer.get(must, [])) == draft.planned[v])
    if not m.double[v]:
        return
    for literals in by_carer.values():
        cp.add_at_most_one(literals)
    if m.second_minutes[v]:
        cp.add(sum(helps for (w, _), helps in draft.helps.items() if w == v) == draft.planned[v])
    elif not isinstance(draft.minutes[v], int):
        _no_longer_than_needed(draft, v, by_carer)


def _no_longer_than_needed(draft: Draft, v: int, by_carer: dict[int, list[Literal]]) -> None:
    """A whole double-up lasts as long as one of its two carers needs, not longer."""
    reasons = []
    for carer, literals in by_carer.items():
        need = int(draft.model.minutes[v, carer])
        for here in literals:
            why = draft.cp.new_bool_var("why so long")
            draft.cp.add_implication(why, here)
            draft.cp.add(draft.minutes[v] == need).only_enforce_if(why)
            reasons.append(why)
    draft.cp.add(sum(reasons) >= draft.planned[v])


def _mate(draft: Draft, v: int) -> None:
    """Both are planned or neither is; one that does not move stays as it is."""
    mate = int(draft.model.mate[v])
    if mate < 0:
        return
    if mate in draft.planned:
        draft.cp.add(draft.planned[v] == draft.planned[mate])
    else:
        draft.cp.add(draft.planned[v] == bool(draft.rota.of_visit(draft.problem.visits[mate].id)))


def _links(draft: Draft) -> None:
    kept = {draft.visit_of(leg): leg.start for leg in draft.kept}
    for a, b, least, most in draft.model.links:
        literals = [draft.planned[v] for v in (a, b) if v in draft.planned]
        if literals and all(v in draft.planned or v in kept for v in (a, b)):
            first, second = (draft.start[v] if v in draft.start else kept[v] for v in (a, b))
            draft.cp.add_linear_constraint(second - first, least, most).only_enforce_if(*literals)
