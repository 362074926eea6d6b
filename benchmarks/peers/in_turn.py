"""Sharing the seconds of a plan out over its days: one after the other, on one core or on both."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context

from benchmarks.peers.base import PeerUnavailable
from benchmarks.peers.day import Day, Planned

PlanDay = Callable[[Day, float, int], list[Planned]]
"""(day, seconds, seed) -> its plan. Where days are planned in other processes it must be a module's function."""


def in_turn(plan_day: PlanDay, days: Sequence[Day], seconds: float, seed: int) -> list[list[Planned]]:
    """Each day gets the part of the seconds left that its jobs are of the jobs left: what one saves is the next's."""
    ends, jobs, plans = time.monotonic() + seconds, sum(day.jobs for day in days), []
    for day in days:
        left = max(ends - time.monotonic(), 0.1)
        plans.append(plan_day(day, left * day.jobs / jobs, seed))
        jobs -= day.jobs
    return plans


def side_by_side(
    plan_day: PlanDay,
    days: Sequence[Day],
    seconds: float,
    seed: int,
    cores: int = 2,
    ready: Callable[[], object] | None = None,
) -> list[list[Planned]]:
    """The same on several cores: the days are dealt out so that each core has about as many jobs. The seconds begin
    when a core's process is there and `ready` has run in it, as ours begin when the kernels are compiled."""
    hands: list[list[int]] = [[] for _ in range(cores)]
    for i in sorted(range(len(days)), key=lambda i: -days[i].jobs):
        min(hands, key=lambda hand: sum(days[j].jobs for j in hand)).append(i)
    plans: list[list[Planned]] = [[] for _ in days]
    with _a_death_is_told(), ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        dealt = [
            pool.submit(_get_ready, ready, plan_day, [days[i] for i in hand], seconds, seed) for hand in hands
        ]
        for hand, future in zip(hands, dealt, strict=True):
            for i, plan in zip(hand, future.result(), strict=True):
                plans[i] = plan
    return plans


@contextmanager
def _a_death_is_told() -> Iterator[None]:
    """A peer's process that dies (of memory, or of a fault in the peer) is a line of the table."""
    try:
        yield
    except BrokenProcessPool as error:
        raise PeerUnavailable("a process of it died.") from error


def _get_ready(
    ready: Callable[[], object] | None, plan_day: PlanDay, days: Sequence[Day], seconds: float, seed: int
) -> list[list[Planned]]:
    if ready is not None:
        ready()
    return in_turn(plan_day, days, seconds, seed)
