"""Who could go? For one visit, now: every carer ranked, exactly, and what it would displace."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from scheduler.problem import Problem
from scheduler.repair.day import busy_with, without_visits
from scheduler.repair.words import known_for, moment
from scheduler.rota import Rota
from scheduler.solve.insertions import Insertions, Place
from scheduler.units import SIXTIETHS, clock, pence, pounds
from scheduler.verdict import Verdict, place, verdict

EXPLAINED = 3
"""So many of the first are told with the rules that they touch."""
EJECTED = 8
"""For so many carers, those who know the client first, another visit is given away if they cannot come otherwise."""


@dataclass(frozen=True, slots=True)
class Could:
    """Somebody who could go: who comes, when, how much more everything costs than with nobody (sixtieths of a penny;
    with a visit unallocated that is mostly far below zero), how often the leading carer has been there before, and the
    visit that would go elsewhere, if any (visit, carer, start). `verdict` is there for the first few: which rules it
    touches, and by how much. The sentence has the price against the cheapest of all who could."""

    carers: tuple[str, ...]
    start: int
    more: int
    been: int
    moved: tuple[str, str, int] | None
    verdict: Verdict | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence


class WhoCould:
    """A rota made ready (a second or two); `ask` then takes a fraction of a second a visit. Visits of the rota that the
    engine would not plan so (`as_they_are`: a rule is against them, or they last otherwise) keep their carers busy as
    they are; who could go beside those is judged once more by the rules, and priced by them. (To ask about one of
    them takes another second or two.)"""

    def __init__(self, problem: Problem, rota: Rota) -> None:
        self.problem, self.rota = problem, rota
        self._first, aside = self._beside(())
        self.as_they_are = tuple(id for id in rota.legs_by_visit if id in aside)
        self._last = "", self._first

    def ask(
        self, visit: str, now: int = 0, locked: Collection[str] = (), explained: int = EXPLAINED
    ) -> list[Could]:
        """Everybody who could go from `now` on, cheapest first. Exact where nobody else is moved; where a carer cannot
        come so, one other visit that has not begun and is not locked is tried elsewhere."""
        asked, ready = self.problem.visit(visit), self._ready(visit)
        places = ready.places(visit, now)
        free = {carer for found in places for carer in found.carers}
        others = sorted(
            (carer.id for carer in self.problem.carers if carer.id not in free),
            key=lambda carer: -self.problem.past_visits[asked.client][carer],
        )
        keep = {leg.visit for leg in self.rota.legs if leg.start < now} | set(locked)
        places += ready.with_ejection(visit, now, keep, others[:EJECTED])
        places = self._judged(visit, places)
        places.sort(key=lambda found: (found.more, found.moved is not None, found.start))
        return [
            self._could(visit, found, pence(found.more) - pence(places[0].more), at < explained)
            for at, found in enumerate(places)
        ]

    def _ready(self, visit: str) -> Insertions:
        if visit not in self.as_they_are:
            return self._first
        if self._last[0] != visit:
            self._last = visit, self._beside(self.as_they_are, asked=visit)[0]
        return self._last[1]

    def _beside(self, aside: Collection[str], asked: str = "") -> tuple[Insertions, set[str]]:
        """Ready for questions with these visits and all others that the engine would not plan so out of the way, but
        for the one `asked` for, and their carers busy meanwhile; and which those are."""
        out = set(aside) - {asked}
        while True:
            busy = [leg for leg in self.rota.legs if leg.visit in out]
            problem = busy_with(busy, without_visits(self.problem, out))
            ready = Insertions(problem, self.rota.without(out) if out else self.rota)
            more = set(ready.left_out) - {asked}
            if not more:
                return ready, out
            out |= more

    def _judged(self, visit: str, places: list[Place]) -> list[Place]:
        """Without those that a visit that is taken as it is stands against: the engine knows of it only that its
        carers are busy. Whoever has nothing to do with such visits needs no second look."""
        aside = [id for id in self.as_they_are if id != visit]
        if not aside:
            return places
        carers = {leg.carer for id in aside for leg in self.rota.of_visit(id)}
        clients = {self.problem.visit(id).client for id in aside}
        linked = {id for link in self.problem.links for id in (link.first, link.second)}
        without, kept = self.rota.without([visit]), []
        for found in places:
            ids = {visit, found.moved[0]} if found.moved else {visit}
            who = {*found.carers, *([found.moved[1]] if found.moved else [])}
            if who & carers or ids & linked or any(self.problem.visit(id).client in clients for id in ids):
                judged = verdict(without, self.applied(visit, found), self.problem)
                if judged.broken:
                    continue
                found = replace(found, more=judged.price)
            kept.append(found)
        return kept

    def _could(self, visit: str, found: Place, dearer: int, explained: bool) -> Could:
        after = self.applied(visit, found)
        judged = verdict(self.rota, after, self.problem) if explained else None
        client = self.problem.visit(visit).client
        been = self.problem.past_visits[client][found.carers[0]]
        names = " and ".join(self.problem.carer(carer).name for carer in found.carers)
        # (Against nobody going nearly everything is far below zero: nobody chooses by that.)
        price = f"{pounds(dearer * SIXTIETHS)} more than the cheapest" if dearer else "the cheapest"
        sentence = f"{names} at {clock(found.start)}, {known_for(been)}, {price}"
        if found.moved is not None:
            other, carer, start = found.moved
            whose = self.problem.client(self.problem.visit(other).client).name
            sentence += (
                f"; {whose} then has {self.problem.carer(carer).name} at {moment(start, self.problem)}"
            )
        return Could(found.carers, found.start, found.more, been, found.moved, judged, f"{sentence}.")

    def applied(self, visit: str, found: Place | Could) -> Rota:
        """The rota with that place taken."""
        after = place(self.rota, self.problem.visit(visit), found.carers, found.start, self.problem)
        if found.moved is None:
            return after
        other, carer, start = found.moved
        return place(after, self.problem.visit(other), [carer], start, self.problem)
