"""Progress on the console, and stopping by hand."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

from scheduler.solve.options import Progress
from scheduler.units import pounds

EVERY = 5.0
"""Seconds between two lines where the console cannot rewrite one."""


class Console:
    """On a terminal one line that is rewritten; elsewhere a line every few seconds."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.live = stream.isatty()
        self.open_line = False
        self.last = -EVERY

    def say(self, line: str) -> None:
        """A line of its own."""
        if line:
            self.close()
            print(line, file=self.stream, flush=True)

    def progress(self, progress: Progress) -> None:
        """How far the plan is."""
        if progress.stage != "searching":
            said = progress.stage.removesuffix(" ...")
            self.say(f"{said[0].upper()}{said[1:]} ...")
            return
        if not self.live and progress.seconds - self.last < EVERY and progress.share < 1.0:
            return
        self.last = progress.seconds
        line = (
            f"{progress.share:4.0%} {progress.seconds:6.1f} s   best {pounds(progress.price)}   "
            f"{progress.unallocated} unallocated   {progress.iterations:,} iterations"
        )
        end = "" if self.live else "\n"
        print(f"\r{line:<78}" if self.live else line, end=end, file=self.stream, flush=True)
        self.open_line = self.live

    def close(self) -> None:
        """End a rewritten line."""
        if self.open_line:
            print(file=self.stream, flush=True)
            self.open_line = False


@contextmanager
def stop_on_interrupt(console: Console) -> Iterator[Callable[[], bool]]:
    """The first Ctrl-C only asks to stop; the second one is a KeyboardInterrupt again."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return
    before = signal.getsignal(signal.SIGINT)

    def ask(number: int, frame: FrameType | None) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)
        console.say("Stopping; the best rota so far is kept (Ctrl-C once more gives up).")

    signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
