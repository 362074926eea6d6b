"""What clients were told stays: each change to a published rota has a price, by what the client has to be told anew,
and by how late the client and the carers hear of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from scheduler.domain import Promise, Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs
from scheduler.units import clock


class Changes(Rule):
    """Counted by visit: each carer of whom the client was not told, a start moved by more than
    `Settings.told_tolerance`, or nobody coming at all. Visits of which nothing was told are free. Where the problem
    says what time it is (`Problem.now`), a change is dearer that is told less than `Settings.short_notice` minutes
    before the visit was to start."""

    name = "changes"
    label = "Changes to what people were told"
    level = Level.SOFT
    unit = "changes"
    source = (
        "NICE QS123 statement 2 (unverified wording: tell people before staff change); JRF, Raynes: notice of changes. "
        "The prices are house rules"
    )
    prices = (
        Price(
            "changes.other_carer",
            500,
            "What we would pay rather than send a carer of whom the client was not told.",
        ),
        Price(
            "changes.other_time",
            300,
            "What we would pay rather than move a visit away from the time that the client was told.",
        ),
        Price(
            "changes.withdrawn",
            10_000,
            "What we would pay, beyond the price of any unallocated visit, rather than withdraw one that was promised.",
        ),
        Price(
            "changes.short_notice",
            300,
            "What we would pay more for each change that a client is told at short notice, today.",
        ),
        Price(
            "changes.carers_told",
            200,
            "What we would pay more where two carers hear at short notice that one goes instead of the other.",
        ),
    )

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for id, promise in problem.promises.items():
            visit, legs = problem.visit(id), rota.of_visit(id)
            if legs:
                yield from self._of_carers(visit, promise, legs, problem)
                yield from self._of_start(visit, promise, legs[0], problem)
            else:
                yield self._finding(
                    "withdrawn",
                    visit,
                    promise,
                    f"{_told(visit, promise, problem)}, and nobody is planned.",
                    "",
                    problem,
                )

    def _of_carers(
        self, visit: Visit, promise: Promise, legs: tuple[Leg, ...], problem: Problem
    ) -> Iterator[Finding]:
        for leg in legs:
            if leg.carer not in promise.carers:
                sentence = f"{_told(visit, promise, problem)}, and {problem.carer(leg.carer).name} comes."
                yield self._finding("other_carer", visit, promise, sentence, leg.carer, problem)

    def _of_start(self, visit: Visit, promise: Promise, leg: Leg, problem: Problem) -> Iterator[Finding]:
        if abs(leg.start - promise.start) > problem.settings.told_tolerance:
            sentence = f"{_told(visit, promise, problem)}, and the visit starts at {clock(leg.start)}."
            yield self._finding("other_time", visit, promise, sentence, leg.carer, problem)

    def _finding(
        self, kind: str, visit: Visit, promise: Promise, sentence: str, carer: str, problem: Problem
    ) -> Finding:
        return Finding(
            rule=self.name,
            level=self.level,
            sentence=sentence,
            amount=1,
            price=self._price(kind, promise, problem),
            visit=visit.id,
            client=visit.client,
            carer=carer,
            day=visit.day,
        )

    def _price(self, kind: str, promise: Promise, problem: Problem) -> int:
        """A change's price, and what it costs more at short notice."""
        amount = self.price(f"changes.{kind}", problem)
        if is_late(promise, problem):
            amount += self.price("changes.short_notice", problem)
            if kind == "other_carer":
                amount += self.price("changes.carers_told", problem)
        return amount

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        if not problem.promises:
            return
        tolerance = problem.settings.told_tolerance
        told = [(problem.visit_index[id], promise) for id, promise in problem.promises.items()]
        for v, promise in told:
            verbs.charge_moved(v, promise.start, tolerance, self._price("other_time", promise, problem))
            verbs.charge_unallocated(v, self._price("withdrawn", promise, problem))
        for late in (False, True):
            part = [(v, promise) for v, promise in told if is_late(promise, problem) is late]
            for k, carer in enumerate(problem.carers if part else ()):
                others = np.array([v for v, promise in part if carer.id not in promise.carers], dtype=np.intp)
                verbs.charge(others, k, self._price("other_carer", part[0][1], problem))


def is_late(promise: Promise, problem: Problem) -> bool:
    """Would a change of this be told at short notice?"""
    return problem.now is not None and promise.start - problem.now < problem.settings.short_notice


def _told(visit: Visit, promise: Promise, problem: Problem) -> str:
    """'Mary was told that Aled comes on Mon 2 Nov at 08:00'"""
    names = [
        problem.carer(carer).name if carer in problem.carer_index else f"carer {carer}, who has left,"
        for carer in promise.carers
    ]
    verb = "comes" if len(names) == 1 else "come"
    on = problem.date_of(visit.day)
    return (
        f"{problem.client(visit.client).name} was told that {' and '.join(names)} {verb} on "
        f"{on:%a} {on.day} {on:%b} at {clock(promise.start)}"
    )
