"""One visit more in a rota, exactly: every carer, every minute of its window, everybody else left alone.

The compiled search keeps the rota with all its sums, so that a trial is some microseconds and its price is the
checker's to the penny. Making it ready for a rota takes a second or two; it then answers question after question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.solve.model import encode
from scheduler.solve.search import NEVER, Search

AROUND = 120
"""Minutes around a visit's window in which another visit is looked at for being given away."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place for the visit: who comes (the leading carer first), when, and how much more everything then costs than
    with nobody (sixtieths of a penny). `moved` is the one other visit that goes elsewhere for it, with its new carer
    and start."""

    carers: tuple[str, ...]
    start: int
    more: int
    moved: tuple[str, str, int] | None = None


class Insertions:
    """A rota made ready for questions. Visits of it that break a rule are left out (`left_out`)."""

    def __init__(self, problem: Problem, rota: Rota) -> None:
        self.problem, self.rota = problem, rota
        self._search = Search(encode(problem), 0)
        self.left_out = tuple(self._search.start_from(rota))
        self._rounds = self._search.packing.shifts

    def places(self, visit: str, now: int) -> list[Place]:
        """The best place from `now` on with each carer (of a double-up: with each two, whoever of them leads), cheapest
        first; of starts that cost the same the first. A visit that is planned is looked at as if it were not."""
        v = self.problem.visit_index[visit]
        with self._without(v):
            found = [self._best(v, rounds, now) for rounds in self._groups(v)]
        ranked = sorted(
            (place for place in found if place is not None),
            key=lambda place: (place.more, place.start, place.carers),
        )
        best: dict[frozenset[str], Place] = {}
        for place in ranked:
            best.setdefault(frozenset(place.carers), place)
        return list(best.values())

    def with_ejection(
        self, visit: str, now: int, keep: Collection[str], carers: Collection[str]
    ) -> list[Place]:
        """For each of these carers the cheapest way to come if one other visit is given to somebody else at its own
        start, or stays with the carer at another start of its window; `keep` are visits that may not. Only visits for
        one carer are tried, and only around the time of this one."""
        v = self.problem.visit_index[visit]
        if self._search.model.double[v]:
            return []
        found: list[Place] = []
        with self._without(v):
            for to in self._candidates(v):
                carer = self.problem.carers[self._rounds[to][0]].id
                if carer in carers:
                    found += self._ejections(v, to, now, keep)
        best: dict[tuple[str, ...], Place] = {}
        for place in sorted(found, key=lambda place: (place.more, place.start)):
            best.setdefault(place.carers, place)
        return list(best.values())

    # -- inside ---------------------------------------------------------------------------------------------------

    def _without(self, v: int) -> _Out:
        return _Out(self, v)

    def _candidates(self, v: int) -> list[int]:
        row = self._search.hints.candidates[v]
        return [int(to) for to in row if to >= 0]

    def _groups(self, v: int) -> Iterator[tuple[int, int]]:
        rounds = self._candidates(v)
        if not self._search.model.double[v]:
            yield from ((to, to) for to in rounds)
            return
        for lead in rounds:
            for second in rounds:
                if self._rounds[lead][0] != self._rounds[second][0]:
                    yield lead, second

    def _best(
        self, v: int, rounds: tuple[int, int], earliest: int, latest: int | None = None
    ) -> Place | None:
        starts = self._window(v, earliest, latest)
        if not len(starts):
            return None
        totals = self._search.prices_at(v, starts, *rounds)
        at = int(totals.argmin())
        if totals[at] == NEVER:
            return None
        group = rounds if self._search.model.double[v] else rounds[:1]
        carers = tuple(self.problem.carers[self._rounds[to][0]].id for to in group)
        return Place(carers, starts[at], int(totals[at]) - self._search.price_now)

    def _window(self, v: int, earliest: int, latest: int | None = None) -> range:
        model = self._search.model
        last = int(model.latest[v]) if latest is None else min(latest, int(model.latest[v]))
        return range(max(earliest, int(model.earliest[v])), last + 1)

    def _ejections(self, v: int, to: int, now: int, keep: Collection[str]) -> Iterator[Place]:
        model, before = self._search.model, self._search.price_now
        starts = self._window(v, now)
        for leg in self._round_legs(to):
            w = self.problem.visit_index[leg.visit]
            near = starts and starts[0] - AROUND <= leg.start <= starts[-1] + AROUND
            if leg.visit in keep or model.double[w] or w == v or not near:
                continue
            with self._without(w):
                mine = self._best(v, (to, to), now)
                if mine is None:
                    continue
                with _In(self, v, mine.start, to):
                    elsewhere = [
                        self._best(w, (other, other), leg.start, leg.start)
                        for other in self._candidates(w)
                        if other != to
                    ]
                    elsewhere.append(self._best(w, (to, to), now))
                    price = self._search.price_now
                    for place in elsewhere:
                        if place is not None:
                            moved = (leg.visit, place.carers[0], place.start)
                            yield Place(mine.carers, mine.start, price + place.more - before, moved)

    def _round_legs(self, to: int) -> list[Leg]:
        carer, _day, start, end = self._rounds[to]
        own = self.rota.legs_by_carer.get(self.problem.carers[carer].id, ())
        return [leg for leg in own if start <= leg.start < end]


class _Out:
    """A visit is taken out for a while, and put back as it was."""

    def __init__(self, rota: Insertions, v: int) -> None:
        self.rota, self.v = rota, v
        self.planned: tuple[int, int, int] | None = None

    def __enter__(self) -> None:
        search = self.rota._search
        if search.state.visits[self.v]["placed"]:
            self.planned = search.take_out(self.v)

    def __exit__(self, *_: object) -> None:
        if self.planned is not None:
            self.rota._search.adopt(self.v, *self.planned)


class _In:
    """A visit is put in for a while."""

    def __init__(self, rota: Insertions, v: int, start: int, to: int) -> None:
        self.rota, self.v, self.start, self.to = rota, v, start, to

    def __enter__(self) -> None:
        self.rota._search.adopt(self.v, self.start, self.to, self.to)

    def __exit__(self, *_: object) -> None:
        self.rota._search.take_out(self.v)
