"""Beginning with any rota, also a broken one: what is legal stays as it is; what is not is moved a little, given to
others, or left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from scheduler.check import Report
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.solve.placer import Placer
from scheduler.solve.search import Search
from scheduler.units import DAY, clock

OTHERS = 12
"""Other carers who are tried for a visit that its own cannot do."""
PAIRS = 6
"""Among so many of them pairs are tried for a double-up that neither of its own carers can do."""

Pairs = set[tuple[int, int]]
"""(client, carer) positions."""


def repair(search: Search, rota: Rota, report: Report, first: Collection[str]) -> None:
    """Fill an empty search with the rota, as near to it as the rules allow. `report` is the checker's of that rota: a
    visit that it finds fault with comes after those that are sound. Visits in `first` come before all others."""
    placer, index = Placer(search), search.model.problem.visit_index
    broken = {finding.visit for finding in report.hard}
    order = sorted(
        rota.legs_by_visit.items(),
        key=lambda item: (item[0] not in first, item[0] in broken, item[1][0].start),
    )
    left = [(index[id], legs) for id, legs in order if not placer.as_it_is(index[id], legs)]
    left = [(v, legs) for v, legs in left if not with_its_own(placer, v, legs)]
    visiting = who_visits_whom(placer, rota)
    for v, legs in left:
        with_others(placer, v, legs, visiting)
    search.part_from_lost_mates()
    search.note_best()


def with_its_own(placer: Placer, visit: int, legs: Sequence[Leg]) -> bool:
    """Place the visit with carers whom the legs name, as near to its time as there is room."""
    carers = placer.carers_of(legs)
    return any(
        placer.place(visit, some, legs[0].start) for some in combinations(carers, placer.needed(visit))
    )


def with_others(placer: Placer, visit: int, legs: Sequence[Leg], visiting: Pairs) -> bool:
    """Place the visit with other carers, of a double-up with one of its own if possible."""
    return joined(placer, visit, legs, visiting) or any(
        placer.place(visit, carers, legs[0].start) for carers in _strangers(placer, visit, legs, visiting)
    )


def joined(placer: Placer, visit: int, legs: Sequence[Leg], visiting: Pairs) -> bool:
    """Place a double-up with one of its own carers and another one."""
    return any(
        placer.place(visit, carers, legs[0].start) for carers in _joined(placer, visit, legs, visiting)
    )


def who_visits_whom(placer: Placer, rota: Rota) -> Pairs:
    """Who visits whom in the rota."""
    model = placer.model
    index, carer = model.problem.visit_index, model.problem.carer_index
    return {(int(model.client[index[leg.visit]]), carer[leg.carer]) for leg in rota.legs}


def _joined(placer: Placer, visit: int, legs: Sequence[Leg], visiting: Pairs) -> Iterator[tuple[int, int]]:
    """Pairs with one of the visit's own, the likeliest first."""
    if placer.needed(visit) == 1:
        return
    own, others = placer.carers_of(legs), _others(placer, visit, legs, visiting)
    for stays in own:
        for carer in others:
            yield (carer, stays) if len(own) > 1 and stays == own[1] else (stays, carer)


def _strangers(placer: Placer, visit: int, legs: Sequence[Leg], visiting: Pairs) -> Iterator[tuple[int, ...]]:
    """Carers to try who are none of the visit's own, the likeliest first."""
    others = _others(placer, visit, legs, visiting)
    if placer.needed(visit) == 1:
        yield from ((carer,) for carer in others)
    else:
        yield from combinations(others[:PAIRS], 2)


def _others(placer: Placer, visit: int, legs: Sequence[Leg], visiting: Pairs) -> list[int]:
    own = placer.carers_of(legs)
    return [carer for carer in _by_price(placer, visit, visiting) if carer not in own][:OTHERS]


def _by_price(placer: Placer, visit: int, visiting: Pairs) -> list[int]:
    """Carers who may come at about that time, those first who cost least; a face that the client sees anyway is not
    paid for twice."""
    model = placer.model
    client = int(model.client[visit])

    def price(carer: int) -> int:
        face = 0 if (client, carer) in visiting else int(model.pair_price[client, carer])
        return int(model.charges[visit, carer]) + face

    carers = range(len(model.problem.carers))
    may = [k for k in carers if model.allowed[visit, k] and placer.on_shift(k, visit)]
    return sorted(may, key=price)


def of_today(rota: Rota, problem: Problem) -> tuple[Rota, dict[str, str]]:
    """The part of a rota whose visits and carers are still there, and of the others: visit -> what has gone."""
    gone = {id: "It is no longer asked for." for id in rota.legs_by_visit if id not in problem.visit_index}
    gone |= {
        leg.visit: f"Carer {leg.carer} has left."
        for leg in rota.legs
        if leg.visit not in gone and leg.carer not in problem.carer_index
    }
    there = [
        leg for leg in rota.legs if leg.visit in problem.visit_index and leg.carer in problem.carer_index
    ]
    return Rota(rota.start, rota.days, tuple(there)), gone


def losses(rota: Rota, kept: Rota, report: Report, problem: Problem) -> dict[str, str]:
    """Visit -> what a repair did to it, and what the checker had found; visits that are as they were are absent."""
    return {
        id: f"{_what(legs, kept.of_visit(id), problem)} {why(id, legs, report)}".strip()
        for id, legs in rota.legs_by_visit.items()
        if kept.of_visit(id) != legs
    }


def _what(legs: Sequence[Leg], kept: Sequence[Leg], problem: Problem) -> str:
    if not kept:
        return "Taken out."
    come, go = _who(kept, legs, problem), _who(legs, kept, problem)
    done = []
    if come and go:
        done.append(f"given to {come} rather than {go}")
    elif come or go:
        done.append(f"with {come}, too" if come else f"without {go}")
    if kept[0].start != legs[0].start:
        done.append(f"moved from {clock(legs[0].start)} to {clock(kept[0].start)}")
    if not done and kept[0].minutes != legs[0].minutes:
        done.append(f"lasts {kept[0].minutes} min rather than {legs[0].minutes}")
    text = ", ".join(done) or "put in order"
    return f"{text[0].upper()}{text[1:]}."


def _who(legs: Sequence[Leg], others: Sequence[Leg], problem: Problem) -> str:
    """Names of the carers of these legs who are not in the others."""
    known = {leg.carer for leg in others}
    return " and ".join(
        dict.fromkeys(problem.carer(leg.carer).name for leg in legs if leg.carer not in known)
    )


def why(id: str, legs: Sequence[Leg], report: Report) -> str:
    """The hard finding that is nearest: about the visit, about one of its carers on that day, or about such a carer's
    week; empty if there is none."""
    carers, day = {leg.carer for leg in legs}, legs[0].start // DAY
    of_carers = [finding for finding in report.hard if finding.carer in carers]
    found = (
        [finding for finding in report.hard if finding.visit == id]
        or [finding for finding in of_carers if finding.day == day]
        or [finding for finding in of_carers if not finding.visit]
    )
    return found[0].sentence if found else ""
