"""Progress on the console, and stopping by hand."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from types import FrameType
from typing import TextIO, TypeVar

from scheduler.cli.line import Line
from scheduler.solve.options import Progress
from scheduler.units import pounds

PATIENCE = 5
"""So many times (about once a second) a search tells how far it is before it is stopped with next to no rota."""
HEARTBEAT = 0.02
"""Seconds after which the handler of Ctrl-C is set again."""
GIVEN_UP = "Stopped; nothing was written."
STOPPED = 130
"""Exit code of a command that was stopped by hand, as shells have it."""
T = TypeVar("T")


class Console:
    """Tells how far a plan is, and remembers the best rota that was told of."""

    def __init__(self, stream: TextIO) -> None:
        self.line = Line(stream)
        self.told = 0
        self.best: Progress | None = None

    def say(self, line: str) -> None:
        """A line of its own."""
        if line:
            self.line.say(line)

    def progress(self, progress: Progress) -> None:
        """How far the plan is."""
        if progress.bound is not None:
            self._bound(progress, progress.bound)
            return
        if not progress.is_point:
            said = progress.stage.removesuffix(" ...")
            self.say(f"{said[0].upper()}{said[1:]} ...")
            return
        self.told, self.best = self.told + 1, progress
        line = (
            f"{progress.share:4.0%} {progress.seconds:6.1f} s   best {pounds(progress.price)}   "
            f"{progress.unallocated} unallocated   {progress.iterations:,} iterations"
        )
        self.line.tell(line, progress.seconds, always=progress.share >= 1.0)

    def _bound(self, progress: Progress, bound: int) -> None:
        """How far the proof is: a line now and then."""
        best, least = pounds(progress.price), pounds(bound)
        line = f"     {progress.seconds:6.1f} s   best {best}   none can cost less than {least}"
        self.line.tell(line, progress.seconds, always=bound >= progress.price, live_every=0.2)

    def has_rota(self, visits: int) -> bool:
        """Is there a rota worth keeping? A search that has hardly begun is given a few seconds to make one."""
        return self.best is not None and (
            self.best.unallocated * 2 < visits or self.told >= PATIENCE or self.best.share >= 1.0
        )

    def close(self) -> None:
        """End a rewritten line."""
        self.line.close()


def until_stopped(console: Console, work: Callable[[Callable[[], bool]], T]) -> T:
    """The answer of `work(stop)`. The first Ctrl-C only makes `stop()` True; the second one is a KeyboardInterrupt.

    The work runs in a thread of its own, so that Ctrl-C is heard at once, whatever it is doing. The handler is set
    again and again, because CP-SAT puts its own one in the place of ours, and none at all when it is done.
    """
    if threading.current_thread() is not threading.main_thread():
        return work(lambda: False)
    asked = threading.Event()
    answer: Future[T] = Future()

    def do() -> None:
        try:
            answer.set_result(work(asked.is_set))
        except BaseException as error:
            answer.set_exception(error)

    def heard(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        console.say("Stopping; the best rota so far is kept (Ctrl-C once more gives up).")

    before = signal.getsignal(signal.SIGINT)
    try:
        threading.Thread(target=do, daemon=True).start()
        while not answer.done():
            signal.signal(signal.SIGINT, heard)
            wait([answer], timeout=HEARTBEAT)
        return answer.result()
    except KeyboardInterrupt:
        if answer.done():
            raise
        console.say(GIVEN_UP)
        os._exit(STOPPED)  # compiled code cannot be interrupted, and Python will not end while it runs
    finally:
        signal.signal(signal.SIGINT, before)
