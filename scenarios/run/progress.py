"""How many runs are done, and how long the rest will take."""

from __future__ import annotations

import time
from typing import TextIO

from scheduler.cli.line import Line


class Progress:
    """`total` runs, of which `before` were stored by an earlier call."""

    def __init__(self, total: int, before: int, stream: TextIO) -> None:
        self.total, self.before, self.done = total, before, before
        self.begun = time.monotonic()
        self.line = Line(stream, self.begun)

    def one_more(self) -> None:
        """A run is over."""
        self.done += 1
        now = time.monotonic()
        rest = time_left(self.total - self.done, self.done - self.before, now - self.begun)
        self.line.tell(f"{self.done:,} of {self.total:,} runs{rest}", now, always=self.done == self.total)

    def close(self) -> None:
        """End a rewritten line."""
        self.line.close()


def time_left(left: int, done: int, seconds: float) -> str:
    """', about 3 min left' at the pace so far; nothing where nothing is left or known."""
    if not left or not done:
        return ""
    rest = seconds / done * left
    if rest < 90:
        return f", about {max(1, round(rest))} s left"
    return f", about {round(rest / 60)} min left" if rest < 5400 else f", about {rest / 3600:.1f} h left"
