"""Instance -> Problem: the engine's own nouns, in whole ticks.

A tick is a minute where the file has whole numbers only. Elsewhere (Mankowska) a minute is a power of two ticks, as
many as keep the longest journey within the kernel's int16: then a tick is an exact number of minutes in binary too.
Numbers between two ticks are rounded to the hard side (journeys and lengths up, windows and gaps inwards), so that a
rota that is possible in ticks is possible as it is written in the file. Windows, shifts and lengths that `Visit` and
`Shift` ask for only lie within day 0: what counts comes from the rules.

Prices are whole: a tick of a timed component costs its weight times `Case.units`, a counted component its weight times
that for all ticks of a minute. So the objective of the format is `Case.objective(price)`. The units are chosen so that
a minute is about as dear as a minute of work is to an agency: the engine's annealing knows what is dear in pennies.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from benchmarks.uhhc.instance import Instance, Person
from scheduler.domain import Carer, Client, Place, Shift, Visit
from scheduler.problem import Problem
from scheduler.settings import default_settings
from scheduler.travel.base import Matrix
from scheduler.units import DAY, sixtieths

MOST_TICKS = 256
"""In a minute, at the most."""
LONGEST = 32_000
"""Ticks that a journey may take: the kernel keeps 16 bits."""
NOT_AT_ANY_PRICE = 10**6
"""What leaving out a client who must be visited adds to the objective: more than all else can."""
MINUTE = sixtieths(22)
"""What a minute of work costs an agency, about."""
PER_MINUTE = ("travel_time", "total_tardiness", "total_waiting_time", "total_extra_time", "workload_balance")
"""The components that add up minutes."""
ROOM = 10
"""A carer's day may go on until this many times the last moment that the file names: late, but not for ever."""
ON = date(2026, 11, 23)
"""Some day: the format has no date."""
NOWHERE = Place(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Need:
    """What one visit is for: the client's position, which of the client's services, and its ticks."""

    client: int
    service: int
    ticks: int


@dataclass(frozen=True, eq=False)
class Case:
    """An instance, ready to be planned. Positions of visits, clients and carers are those of `problem`."""

    instance: Instance

    @cached_property
    def ticks(self) -> int:
        """Ticks in a minute."""
        if self.instance.is_whole:
            return 1
        longest = max(max(row) for row in self.instance.distances)
        ticks = MOST_TICKS
        while ticks > 1 and longest * ticks > LONGEST:
            ticks //= 2
        return ticks

    def up(self, minutes: float) -> int:
        """Minutes of the file -> ticks, rounded up."""
        return math.ceil(minutes * self.ticks)

    def down(self, minutes: float) -> int:
        """Minutes of the file -> ticks, rounded down."""
        return math.floor(minutes * self.ticks)

    @cached_property
    def units(self) -> int:
        """Price of a component of weight 1, for each tick."""
        weights = [self.instance.weight(part) for part in PER_MINUTE if self.instance.weight(part)]
        usual = sum(weights) / len(weights) if weights else 1
        return max(1, round(MINUTE / (usual * self.ticks)))

    def per_tick(self, component: str) -> int:
        """Price of one tick of a timed component."""
        return self.instance.weight(component) * self.units

    def per_case(self, component: str) -> int:
        """Price of one case of a counted component."""
        return self.instance.weight(component) * self.units * self.ticks

    @property
    def forbidding(self) -> int:
        """A price that nothing outweighs."""
        return NOT_AT_ANY_PRICE * self.units * self.ticks

    def objective(self, price: int) -> float:
        """The objective that a price stands for."""
        return price / (self.units * self.ticks)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """What each visit is for."""
        return tuple(
            Need(c, s, self.up(service.minutes))
            for c, client in enumerate(self.instance.clients)
            for s, service in enumerate(client.services)
        )

    def client(self, visit: int) -> Person:
        """Whom the visit is to."""
        return self.instance.clients[self.needs[visit].client]

    def service(self, visit: int) -> str:
        """Which service the visit is for."""
        return self.client(visit).services[self.needs[visit].service].id

    @cached_property
    def visits_of(self) -> tuple[tuple[int, ...], ...]:
        """Client's position -> the positions of the visits, in the order of the services."""
        found: list[list[int]] = [[] for _ in self.instance.clients]
        for v, need in enumerate(self.needs):
            found[need.client].append(v)
        return tuple(tuple(visits) for visits in found)

    @property
    def is_strict(self) -> bool:
        """Must nothing be late?"""
        return self.instance.hard("total_tardiness") or self.instance.hard("highest_tardiness")

    @cached_property
    def spans(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each visit the ticks at which it may start without being late: one span a window, where windows overlap
        or touch one for all of them. (From the tick at which the next window opens that window alone counts, so the
        last one's end is the end.)"""
        return tuple(self._spans(v) for v in range(len(self.needs)))

    def _spans(self, visit: int) -> tuple[tuple[int, int], ...]:
        length = self.needs[visit].ticks if self.instance.at_end else 0
        found: list[tuple[int, int]] = []
        for first, last in self.client(visit).windows:
            start, end = self.up(first), self.down(last) - length
            if found and start <= found[-1][1] + 1:
                start = found.pop()[0]
            found.append((start, end))
        return tuple(found)

    def span_at(self, visit: int, start: int) -> int:
        """Position of the last span that has begun by `start`; before the first it is the first."""
        return max(sum(first <= start for first, _ in self.spans[visit]) - 1, 0)

    def lateness(self, visit: int, start: int) -> int:
        """Ticks past the end of that span."""
        return max(0, start - self.spans[visit][self.span_at(visit, start)][1])

    @cached_property
    def horizon(self) -> int:
        """The tick at which every carer's day ends at the latest."""
        moments = [window[1] for client in self.instance.clients for window in client.windows]
        moments += [carer.shift[1] for carer in self.instance.carers if carer.shift]
        return ROOM * self.up(max(moments, default=DAY))

    @cached_property
    def minutes(self) -> NDArray[np.int32]:
        """Ticks from place to place: clients, then carers. A carer's row is where the carer leaves from, a carer's
        column where the carer returns to; from carer to carer is never asked for and 0."""
        distances = np.array(self.instance.distances, dtype=np.float64) * self.ticks
        clients = [client.place for client in self.instance.clients]
        leaves = [carer.leaves for carer in self.instance.carers]
        returns = [carer.returns for carer in self.instance.carers]
        n = len(clients)
        table = np.zeros((n + len(leaves), n + len(leaves)), dtype=np.int32)
        table[:n, :n] = np.ceil(distances[np.ix_(clients, clients)])
        table[n:, :n] = np.ceil(distances[np.ix_(leaves, clients)])
        table[:n, n:] = np.ceil(distances[np.ix_(clients, returns)])
        return table

    @cached_property
    def problem(self) -> Problem:
        """The instance as a Problem of one day."""
        return Problem(
            start=ON,
            days=1,
            settings=default_settings(ON),
            clients=tuple(Client(client.id, client.id, NOWHERE) for client in self.instance.clients),
            carers=tuple(Carer(carer.id, carer.id, NOWHERE) for carer in self.instance.carers),
            visits=tuple(self._visit(v) for v in range(len(self.needs))),
            shifts=tuple(Shift(carer.id, 0, 0, DAY) for carer in self.instance.carers),
            travel={"car": Matrix(self.minutes, np.zeros_like(self.minutes))},
            travel_source="published distances",
        )

    def _visit(self, v: int) -> Visit:
        client = self.client(v).id
        return Visit(
            id=f"{client} {self.service(v)}",
            client=client,
            day=0,
            earliest=0,
            latest=DAY - 1,
            preferred=0,
            commissioned=self.needs[v].ticks,
        )
