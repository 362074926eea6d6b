"""How many are done, for commands that write many papers or look for many reasons."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

from scheduler.cli.line import Line

NOTHING = "nothing is written then"


def counting(stream: TextIO, what: str, stopped: str = NOTHING) -> Callable[[int, int], None]:
    """A listener that is told how many of how many are done, and says '12 of 180 PDFs (Ctrl-C stops ...)'. `stopped`:
    what a stop means."""
    line = Line(stream, time.monotonic())

    def tell(done: int, of: int) -> None:
        if done < of:
            line.tell(f"{done} of {of} {what} (Ctrl-C stops; {stopped})", time.monotonic())
            return
        if line.live:
            line.tell(f"{done} of {of} {what}", time.monotonic(), always=True)
        line.close()

    return tell
