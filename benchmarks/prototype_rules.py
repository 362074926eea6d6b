"""The rules of the prototype's week that the project does not have in the same words.

The prototype counts cost in units of its own; here a unit is UNIT sixtieths of a penny, so that each of its prices is
a whole number. Where a rule of the project says the same (`scheduler.rules`), that one is used: see
`prototype_problem.rules_of`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Visit
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rounds import Round, rounds
from scheduler.rules.base import Finding, Level, Rule, Verbs
from scheduler.units import hours

UNIT = 600
"""Sixtieths of a penny in one unit of the prototype's cost."""
REST = 660
"""Minutes between the last visit of a day and the first of the next day."""
LEAST_URGENT = 4
"""The prototype's priorities are dearer the higher (1 to 3), the project's the lower: the two add up to this."""

Table = NDArray[np.int64]


def units(amount: float) -> int:
    """The prototype's cost -> money units."""
    return round(amount * UNIT)


class _HouseRule(Rule):
    """What all rules of the prototype have in common."""

    unit = "units of the prototype's cost"
    source = "The prototype's week"

    def _priced(self, sentence: str, amount: int, price: int, client: str = "", carer: str = "") -> Finding:
        return Finding(self.name, self.level, sentence, amount, price, client=client, carer=carer)


class Rest(_HouseRule):
    """REST minutes from the end of a day's last visit to the start of the next day's first, journeys left out."""

    name = "prototype_rest"
    label = "Rest between days"
    level = Level.HARD
    unit = "minutes of rest missing"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for carer, work in _by_carer(rota, problem).items():
            for last, first in pairwise(work):
                rest = first.start - last.end
                if first.day != last.day and rest < REST:
                    yield Finding(
                        self.name,
                        self.level,
                        f"{carer} rests {hours(rest)} before day {first.day}.",
                        REST - rest,
                        carer=carer,
                        day=first.day,
                    )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for k in range(len(problem.carers)):
            verbs.rest_between(k, REST)
            verbs.home_is_free(k)


class MostHours(_HouseRule):
    """Contact, travel and waiting up to the cap a gap stay within the carer's most; journeys from home are no work."""

    name = "prototype_most_hours"
    label = "Most hours a week"
    level = Level.HARD
    unit = "minutes too many"

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for id, work in _by_carer(rota, problem).items():
            minutes, most = _worked(work, problem), problem.carer(id).most
            if most is not None and minutes > most:
                yield Finding(
                    self.name,
                    self.level,
                    f"{id} works {hours(minutes)} of at most {hours(most)}.",
                    minutes - most,
                    carer=id,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for k, carer in enumerate(problem.carers):
            verbs.home_is_free(k)
            if carer.most is not None:
                verbs.limit_work(k, 0, carer.most, problem.settings.waiting_cap)


class Nobody(_HouseRule):
    """A visit without anybody costs so much times the prototype's priority."""

    name = "unallocated"
    label = "Visits that nobody is planned for"
    level = Level.SOFT
    unit = "visits"

    def __init__(self, each: int) -> None:
        self.each = each

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for visit in rota.unallocated(problem):
            yield Finding(
                self.name, self.level, f"Nobody does {visit.id}.", 1, self._price_of(visit), visit=visit.id
            )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for v, visit in enumerate(problem.visits):
            verbs.charge_unallocated(v, self._price_of(visit))

    def _price_of(self, visit: Visit) -> int:
        return self.each * (LEAST_URGENT - visit.priority)


class OnTheWay(_HouseRule):
    """Each minute of travel between visits, and of waiting up to the cap a gap, costs so much."""

    name = "prototype_on_the_way"
    label = "Travel and waiting"
    level = Level.SOFT

    def __init__(self, travel: int, waiting: int) -> None:
        self.travel, self.waiting = travel, waiting

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for work in rounds(rota, problem):
            travel, waiting = work.travel, work.counted_waiting(problem.settings.waiting_cap)
            yield self._priced(
                f"{work.carer.id} travels {hours(travel)} and waits {hours(waiting)} on day {work.day}.",
                travel + waiting,
                travel * self.travel + waiting * self.waiting,
                carer=work.carer.id,
            )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for k in range(len(problem.carers)):
            for day in range(problem.days):
                verbs.pay(k, day, 0, self.travel, self.waiting, problem.settings.waiting_cap)


class Kilometres(_HouseRule):
    """Each kilometre by car between two visits costs so much."""

    name = "prototype_kilometres"
    label = "Kilometres by car"
    level = Level.SOFT
    unit = "metres"

    def __init__(self, per_kilometre: int) -> None:
        self.per_kilometre = per_kilometre

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        amounts = self._amounts(problem)
        for work in rounds(rota, problem):
            if work.carer.mode == "car" and work.metres:
                places = [problem.place_of_client(stop.visit.client) for stop in work.stops]
                price = sum(int(amounts[a, b]) for a, b in pairwise(places))
                yield self._priced(
                    f"{work.carer.id} drives {work.metres} m on day {work.day}.",
                    work.metres,
                    price,
                    carer=work.carer.id,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        amounts = self._amounts(problem)
        for k, carer in enumerate(problem.carers):
            if carer.mode == "car":
                verbs.charge_legs(k, amounts)

    def _amounts(self, problem: Problem) -> NDArray[np.int32]:
        exact = problem.travel["car"].metres.astype(np.int64) * self.per_kilometre / 1000
        amounts: NDArray[np.int32] = np.rint(exact).astype(np.int32)
        return amounts


class Pairs(_HouseRule):
    """What it costs once that a carer sees a client at all: `prices` has a row a client and a column a carer."""

    name = "prototype_pairs"
    label = "Carers for each client"
    level = Level.SOFT

    def __init__(self, prices: Table) -> None:
        self.amounts = prices

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for client, carer in sorted({(problem.visit(leg.visit).client, leg.carer) for leg in rota.legs}):
            price = int(self.amounts[problem.client_index[client], problem.carer_index[carer]])
            yield self._priced(f"{carer} sees {client}.", 1, price, client, carer)

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for c in range(len(problem.clients)):
            verbs.charge_pairs(c, self.amounts[c].tolist())


class Affinity(_HouseRule):
    """What each leg of a carer with a client costs: `prices` has a row a client and a column a carer."""

    name = "prototype_affinity"
    label = "Interests and preferences"
    level = Level.SOFT

    def __init__(self, prices: Table) -> None:
        self.amounts = prices

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        for leg in rota.legs:
            client = problem.visit(leg.visit).client
            price = int(self.amounts[problem.client_index[client], problem.carer_index[leg.carer]])
            if price:
                yield self._priced(f"{leg.carer} is not what {client} wished.", 1, price, client, leg.carer)

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for c, client in enumerate(problem.clients):
            for k in range(len(problem.carers)):
                if self.amounts[c, k]:
                    verbs.charge(problem.visits_of(client.id), k, int(self.amounts[c, k]))


class LeastHours(_HouseRule):
    """Each minute that a carer's week misses under the contracted minutes costs so much."""

    name = "prototype_least_hours"
    label = "Contracted hours missed"
    level = Level.SOFT
    unit = "minutes"

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute

    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        work = _by_carer(rota, problem)
        for carer in problem.carers:
            missing = carer.contracted - _worked(work.get(carer.id, []), problem)
            if missing > 0:
                yield self._priced(
                    f"{carer.id} misses {hours(missing)}.",
                    missing,
                    missing * self.per_minute,
                    carer=carer.id,
                )

    def encode(self, verbs: Verbs, problem: Problem) -> None:
        for k, carer in enumerate(problem.carers):
            verbs.paid(k, True, True, True)
            if carer.contracted:
                verbs.charge_paid(k, 0, carer.contracted, self.per_minute, 0, 0)


def _by_carer(rota: Rota, problem: Problem) -> dict[str, list[Round]]:
    """Carer -> rounds by start; carers without any are absent."""
    found: dict[str, list[Round]] = defaultdict(list)
    for work in rounds(rota, problem):
        found[work.carer.id].append(work)
    return found


def _worked(work: list[Round], problem: Problem) -> int:
    """Contact, travel between visits, and waiting up to the cap a gap."""
    cap = problem.settings.waiting_cap
    return sum(round.contact + round.travel + round.counted_waiting(cap) for round in work)
