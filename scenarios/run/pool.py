"""Jobs in processes of this machine. A worker that is killed takes the pool with it (Python's rule); a new pool takes
up the jobs that were out, and what had finished is stored already."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from scenarios.run.jobs import Job, Outcome, plan_one
from scheduler.errors import CareroundError
from scheduler.problem import Problem

TRIES = 4
"""A job that was out when a pool broke so many times is given up: it may be what kills the workers."""

LOOK = 1.0
"""Seconds between two looks of whoever watches."""

Heard = Callable[[Job, Outcome | CareroundError], None]
"""Told of each job when it is over: what came of it, or why nothing did."""


def in_processes(
    jobs: Sequence[Job],
    problems: Mapping[str, Problem],
    heard: Heard,
    workers: int,
    watch: Callable[[], None] = lambda: None,
    gives_way: int = 0,
) -> None:
    """Run all jobs on so many processes, which give way to others by so much (`os.nice`). `watch` is called once a
    second; what it raises, and KeyboardInterrupt, ends the jobs that are out and goes on."""
    left = deque(jobs)
    broke: Counter[str] = Counter()
    while left:
        for job in _until_broken(left, problems, heard, workers, watch, gives_way):
            broke[job.key] += 1
            if broke[job.key] < TRIES:
                left.appendleft(job)
            else:
                heard(job, CareroundError(f"Its process was killed {TRIES} times; is there enough memory?"))


def _until_broken(
    left: deque[Job],
    problems: Mapping[str, Problem],
    heard: Heard,
    workers: int,
    watch: Callable[[], None],
    gives_way: int,
) -> list[Job]:
    """Run jobs until none is left, or until the pool breaks: then the jobs that were out."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    out: dict[Future[Outcome], Job] = {}
    with ProcessPoolExecutor(workers, context, _begin, (stop, gives_way)) as pool:
        try:
            while left or out:
                while left and len(out) < workers:
                    out[pool.submit(plan_one, problems[left[0].agency], left[0])] = left[0]
                    left.popleft()  # only now: a pool that has just broken takes no more
                done, _ = wait(out, timeout=LOOK, return_when=FIRST_COMPLETED)
                for future in done:
                    heard(out[future], _answer(future))
                    del out[future]
                watch()
        except BrokenProcessPool:
            lost = []
            for future, job in out.items():  # some may have finished before the pool broke
                try:
                    heard(job, _answer(future))
                except BrokenProcessPool:
                    lost.append(job)
            return lost
        except BaseException:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return []


def _answer(future: Future[Outcome]) -> Outcome | CareroundError:
    try:
        return future.result()
    except CareroundError as error:
        return error


def _begin(stop: Any, gives_way: int) -> None:
    """In each worker: Ctrl-C is the parent's to hear; and nobody outlives the parent or its word to stop, whatever
    compiled code is at work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if gives_way and hasattr(os, "nice"):
        os.nice(gives_way)
    parent = multiprocessing.parent_process()
    for end in (stop.wait, *([parent.join] if parent is not None else [])):
        threading.Thread(target=_leave_at, args=(end,), daemon=True).start()


def _leave_at(end: Callable[[], Any]) -> None:
    end()
    os._exit(1)
