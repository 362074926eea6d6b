"""Putting visits into a search one by one, at or near a wished start, without moving any that is there already."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from scheduler.rota import Leg
from scheduler.solve.search import Search

Stop = tuple[int, int, int]
"""Start, end and place of a visit in a round."""


@dataclass
class Round:
    """A shift with what has been put into it. `to` is its position in `packing.shifts`."""

    to: int
    carer: int
    lo: int
    hi: int
    stops: list[Stop] = field(default_factory=list)


class Placer:
    """Fills a search with nothing planned. Whether a rule is against a place is the search's own word; here it is only
    known where there is room."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.model = search.model
        self.start: dict[int, int] = {}
        """Visits that are placed, with their start."""
        self._rounds: dict[tuple[int, int], list[Round]] = defaultdict(list)
        for to, (carer, day, lo, hi) in enumerate(search.packing.shifts):
            self._rounds[carer, day].append(Round(to, carer, lo, hi))
        self._links: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for first, second, least, most in self.model.links:
            self._links[second].append((first, least, most))
            self._links[first].append((second, -most, -least))

    def as_it_is(self, visit: int, legs: Sequence[Leg]) -> bool:
        """Place the visit with these very carers at this very start."""
        carers = self.carers_of(legs)
        if len(carers) != self.needed(visit) or any(leg.start != legs[0].start for leg in legs):
            return False
        return self.place(visit, carers, legs[0].start, exactly=True)

    def place(self, visit: int, carers: Sequence[int], wish: int, exactly: bool = False) -> bool:
        """Place the visit with these carers, the first leading, as near to the wished start as there is room."""
        day = int(self.model.day[visit])
        if not all(self.model.allowed[visit, carer] for carer in carers):
            return False
        tried = [
            (abs(start - wish), start, [at.to for at in rounds], rounds)
            for rounds in product(*(self._rounds[carer, day] for carer in carers))
            for start in self._starts(visit, rounds, wish)
            if start == wish or not exactly
        ]
        for _, start, where, rounds in sorted(tried, key=lambda one: one[:3]):
            if self.search.adopt(visit, start, where[0], where[-1]):
                self._note(visit, start, rounds)
                return True
        return False

    def needed(self, visit: int) -> int:
        """How many carers the visit takes."""
        return 2 if self.model.double[visit] else 1

    def carers_of(self, legs: Sequence[Leg]) -> list[int]:
        """Positions of the carers, each once, the leading one first."""
        index = self.model.problem.carer_index
        return list(dict.fromkeys(index[leg.carer] for leg in legs))

    def on_shift(self, carer: int, visit: int) -> bool:
        """Does some shift of the carer meet the visit's window?"""
        lo, hi = int(self.model.earliest[visit]), int(self.model.latest[visit])
        return any(at.lo <= hi and at.hi > lo for at in self._rounds[carer, int(self.model.day[visit])])

    def _note(self, visit: int, start: int, rounds: Sequence[Round]) -> None:
        self.start[visit] = start
        for at, length in zip(rounds, self._lengths(visit, rounds), strict=True):
            insort(at.stops, (start, start + length, int(self.model.client[visit])))

    def _lengths(self, visit: int, rounds: Sequence[Round]) -> list[int]:
        """Minutes that each of the carers stays, as the search has it."""
        need = [int(self.model.minutes[visit, at.carer]) for at in rounds]
        if len(need) == 1:
            return need
        part = int(self.model.second_minutes[visit])
        return [need[0], part] if part else [max(need)] * 2

    def _starts(self, visit: int, rounds: Sequence[Round], wish: int) -> set[int]:
        """Starts worth a try: wherever there is room in all rounds, the ends of what is possible and what is nearest.
        (The search would also push others aside; a repair leaves them where they are.)"""
        room = [self._window(visit)]
        for at, length in zip(rounds, self._lengths(visit, rounds), strict=True):
            gaps = list(self._gaps(at, int(self.model.client[visit]), length))
            ends = [(max(a, c), min(b, d)) for a, b in room for c, d in gaps]
            room = [(first, last) for first, last in ends if first <= last]
        return {start for first, last in room for start in (first, last, min(max(wish, first), last))}

    def _window(self, visit: int) -> tuple[int, int]:
        """First and last start, as far as links to visits that are placed leave it open."""
        lo, hi = int(self.model.earliest[visit]), int(self.model.latest[visit])
        for other, least, most in self._links[visit]:
            if other in self.start:
                lo, hi = max(lo, self.start[other] + least), min(hi, self.start[other] + most)
        return lo, hi

    def _gaps(self, at: Round, place: int, length: int) -> Iterator[tuple[int, int]]:
        """First and last start before, between and after the stops of a round."""
        problem = self.model.problem
        mode = problem.carers[at.carer].mode
        for before, after in pairwise([None, *at.stops, None]):
            first = at.lo if before is None else before[1] + problem.way(mode, before[2], place, before[1])
            last = at.hi if after is None else after[0] - problem.way_before(mode, place, after[2], after[0])
            yield first, last - length
