"""One morning of `repair`: what happens, what the proposals change, and what a plan made anew would have changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from scheduler.problem import Problem
from scheduler.repair import Day, Event, Proposal, begin, people_to_tell, propose, take_in
from scheduler.repair.kinds import kind
from scheduler.repair.ways import WAYS
from scheduler.rota import Rota
from scheduler.solve import solve
from scheduler.units import DAY, HOUR, pence

SEVEN = 7 * HOUR
NAMES = tuple(way.name for way in WAYS)


@dataclass(frozen=True)
class Way:
    """One proposal: promises changed, visits with nobody, and how much more money leaves the agency (pence)."""

    told: int
    nobody: int
    pence: int


@dataclass(frozen=True)
class Morning:
    """One morning: `first` and `all` are seconds, taking the events in included, `cpu` the processor's seconds until
    the first (of both cores together: what counts where others are at work). `ways` are the proposals by name, also
    one that came to the same as another. `critical_left` counts time-critical visits with nobody in any of
    them, `needed` promises that no rota can keep: visits that the absent carer had left, each goes to another or to
    nobody. `clients` and `carers` are to be told of the first proposal. `free` and `anew` are promises changed where
    the rest of the day is planned without a price of change, in the seconds that all proposals took: going on from the
    published rota, and from an empty day.
    """

    agency: str
    morning: int
    happened: str
    first: float
    cpu: float
    all: float
    hard: int
    nobody_before: int
    critical_left: int
    needed: int
    clients: int
    carers: int
    ways: dict[str, Way]
    free: int
    free_nobody: int
    anew: int
    anew_nobody: int

    @property
    def as_full(self) -> str:
        """The proposal that changes least among those that leave no more visits to nobody than the free plan does that
        goes on from the rota; where there is none, among those that leave fewest."""
        enough = max(self.free_nobody, min(way.nobody for way in self.ways.values()))
        full = [name for name in NAMES if self.ways[name].nobody <= enough]
        return min(full, key=lambda name: self.ways[name].told)

    def row(self) -> dict[str, Any]:
        """For a table: each way has columns of its own."""
        found = asdict(self) | {"as_full": self.as_full}
        ways = found.pop("ways")
        for name in NAMES:
            for what in ("told", "nobody", "pence"):
                found[f"{name}_{what}"] = ways[name][what]
        return found


def mornings(
    agency: str, problem: Problem, rota: Rota, seed: int, many: int, iterations: int
) -> Iterator[Morning]:
    """One after the other, each on the same published week."""
    dice = Random(seed)
    for number in range(many):
        events = list(what_happens(dice, number, problem, rota))
        begun, cpu_begun, cpu = time.monotonic(), time.process_time(), 0.0
        day = take_in(begin(problem, rota, 0), events)
        found, first = [], 0.0
        for proposal in propose(day, iterations=iterations, alike=True):
            first, cpu = first or time.monotonic() - begun, cpu or time.process_time() - cpu_begun
            found.append(proposal)
        ended = time.monotonic() - begun
        free = [_free(day, start, ended) for start in (day.rota, _emptied(day))]
        yield _morning(agency, number, events, day, found, free, (first, cpu, ended))


def _morning(
    agency: str,
    number: int,
    events: list[Event],
    day: Day,
    found: list[Proposal],
    free: list[Rota],
    times: tuple[float, float, float],
) -> Morning:
    best, (going_on, anew) = found[0], free
    ill, tonight = events[0].carer, (day.now // DAY + 1) * DAY
    return Morning(
        agency=agency,
        morning=number + 1,
        happened=" ".join(kind(event.kind).sentence(event, day.base) for event in events),
        first=round(times[0], 2),
        cpu=round(times[1], 2),
        all=round(times[2], 2),
        hard=sum(len(one.report.hard) for one in found),
        nobody_before=len(day.planned.unallocated(day.base)),
        critical_left=sum(day.problem.visit(id).time_critical for one in found for id in one.unallocated),
        needed=len({leg.visit for leg in day.rota.legs_by_carer[ill] if day.now <= leg.start < tonight}),
        clients=sum(tell.who == "client" for tell in best.tell),
        carers=sum(tell.who == "carer" for tell in best.tell),
        ways={one.name: Way(one.changed, len(one.unallocated), pence(one.money)) for one in found},
        free=_changed(day, going_on),
        free_nobody=len(going_on.unallocated(day.problem)),
        anew=_changed(day, anew),
        anew_nobody=len(anew.unallocated(day.problem)),
    )


def _changed(day: Day, rota: Rota) -> int:
    """Visits of which a client would be told something else."""
    told = people_to_tell(day.planned, rota, day.problem, day.base)
    return len(
        {id for tell in told if tell.who == "client" for id in tell.visits if day.planned.of_visit(id)}
    )


def _free(day: Day, start: Rota, seconds: float) -> Rota:
    """The rest of today planned in so many seconds, and nothing that was told has a price."""
    free, today = day.problem.replace(published=()), day.now // DAY
    kept = [id for id in start.legs_by_visit if day.problem.visit(id).day != today]
    return solve(
        free, start=start, frozen_before=day.now, locked=kept, teams=False, exact=False, seconds=seconds
    ).rota


def _emptied(day: Day) -> Rota:
    """The day's rota with nobody planned for what has not begun today."""
    today = day.now // DAY
    return day.rota.without(
        leg.visit for leg in day.rota.legs if leg.start >= day.now and leg.start // DAY == today
    )


def what_happens(dice: Random, number: int, problem: Problem, rota: Rota) -> Iterator[Event]:
    """A carer with at least four visits left is absent at seven; on every second morning something else is told."""
    day = number % problem.days
    at = day * DAY + SEVEN
    busy = [
        carer
        for carer, legs in sorted(rota.legs_by_carer.items())
        if sum(leg.start >= at and leg.start // DAY == day for leg in legs) >= 4
    ]
    ill = dice.choice(busy or sorted(rota.legs_by_carer))
    yield Event(at, "absent", carer=ill)
    later = [
        leg for leg in rota.legs if leg.start > at + 2 * HOUR and leg.start // DAY == day and leg.carer != ill
    ]
    if number % 2 == 0 or not later:
        return
    leg = dice.choice(later)
    client = problem.visit(leg.visit).client
    yield dice.choice(
        [
            Event(at, "cancelled", visit=leg.visit),
            Event(at, "late", carer=leg.carer, minutes=30),
            Event(at, "hospital_in", client=client),
            Event(at, "longer", visit=leg.visit, minutes=problem.visit(leg.visit).commissioned + 20),
            Event(at, "never", client=client, carer=leg.carer),
        ]
    )
