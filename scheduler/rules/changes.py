"""What clients were told stays: each change to a published rota has a price, by what the client has to be told anew."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from scheduler.domain import Promise, Visit
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs
from scheduler.units import clock


class Changes(Rule):
    """Counted by visit: each carer of whom the client was not told, a start moved by more than
    `Settings.told_tolerance`, or nobody coming at all. Visits of which nothing was told are free."""

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
                yield self._finding("other_carer", visit, sentence, leg.carer, problem)

    def _of_start(self, visit: Visit, promise: Promise, leg: Leg, problem: Problem) -> Iterator[Finding]:
        if abs(leg.start - promise.start) > problem.settings.told_tolerance:
            sentence = f"{_told(visit, promise, problem)}, and the visit starts at {clock(leg.start)}."
            yield self._finding("other_time", visit, sentence, leg.carer, problem)

    def _finding(self, kind: str, visit: Visit, sentence: str, carer: str, problem: Problem) -> Finding:
        return Finding(
            rule=self.name,
            level=self.level,
            sentence=sentence,
            amount=1,
            price=self.price(f"changes.{kind}", problem),
            visit=visit.id,
            client=visit.client,
            carer=carer,
            day=visit.day,
        )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        if not problem.promises:
            return
        price, tolerance = partial(self.price, problem=problem), problem.settings.told_tolerance
        told = [(problem.visit_index[id], promise) for id, promise in problem.promises.items()]
        for v, promise in told:
            verbs.charge_moved(v, promise.start, tolerance, price("changes.other_time"))
            verbs.charge_unallocated(v, price("changes.withdrawn"))
        for k, carer in enumerate(problem.carers):
            others = np.array([v for v, promise in told if carer.id not in promise.carers], dtype=np.intp)
            verbs.charge(others, k, price("changes.other_carer"))


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
