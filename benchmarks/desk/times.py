"""Milliseconds of many requests: the median, the 95th centile, and how many went wrong."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from statistics import median

import httpx2

from benchmarks.desk.asked import ALONE, READING, Ask, Rota
from benchmarks.desk.server import Person

THINKING = (0.5, 2.5)
"""Seconds between two requests of one person, of many."""


@dataclass
class Times:
    """What one kind of request took."""

    ms: list[float] = field(default_factory=list)
    errors: int = 0

    def take(self, ask: Ask, person: Person, rota: Rota, dice: Random) -> None:
        """Send one and add its time."""
        begun = time.perf_counter()
        try:
            bad = ask(person, rota, dice).status_code >= 400
        except httpx2.HTTPError:
            bad = True
        self.ms.append((time.perf_counter() - begun) * 1000)
        self.errors += bad

    def row(self) -> dict[str, float | int]:
        """Its columns."""
        return {
            "requests": len(self.ms),
            "errors": self.errors,
            "median_ms": round(median(self.ms), 1),
            "p95_ms": round(centile(self.ms, 0.95), 1),
        }


def centile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def alone(person: Person, rota: Rota, repeats: int) -> dict[str, Times]:
    """Each kind of request, one after the other; the first of each is not counted, as it fills memories."""
    found = {}
    for what, ask in ALONE.items():
        dice = Random(1)
        Times().take(ask, person, rota, dice)
        found[what] = Times()
        for _ in range(repeats):
            found[what].take(ask, person, rota, dice)
    return found


def together(people: Sequence[Person], rota: Rota, seconds: float) -> dict[str, Times]:
    """Everybody reads for so many seconds, each at their own pace."""
    end = time.monotonic() + seconds

    def read(number: int) -> dict[str, Times]:
        dice, own = Random(number), {what: Times() for what in READING}
        time.sleep(dice.uniform(0, min(THINKING[1], seconds / 2)))
        while time.monotonic() < end:
            (what,) = dice.choices(list(READING), list(READING.values()))
            own[what].take(ALONE[what], people[number], rota, dice)
            time.sleep(dice.uniform(*THINKING))
        return own

    with ThreadPoolExecutor(len(people)) as pool:
        all_of_them = list(pool.map(read, range(len(people))))
    found = {what: Times() for what in READING}
    for one in all_of_them:
        for what, times in one.items():
            found[what].ms += times.ms
            found[what].errors += times.errors
    return {what: times for what, times in found.items() if times.ms}
