"""How many runs are done, and how long the rest will take."""

from __future__ import annotations

import time
from typing import TextIO

EVERY = 5.0
"""Seconds between two lines where the console cannot rewrite one."""


class Progress:
    """`total` runs, of which `before` were stored by an earlier call."""

    def __init__(self, total: int, before: int, stream: TextIO) -> None:
        self.total, self.before, self.done = total, before, before
        self.stream, self.live = stream, stream.isatty()
        self.begun = self.told = time.monotonic()

    def one_more(self) -> None:
        """A run is over."""
        self.done += 1
        now = time.monotonic()
        if not self.live and self.done < self.total and now - self.told < EVERY:
            return
        self.told = now
        rest = time_left(self.total - self.done, self.done - self.before, now - self.begun)
        line = f"{self.done:,} of {self.total:,} runs{rest}"
        print(
            f"\r{line:<60}" if self.live else line,
            end="" if self.live else "\n",
            file=self.stream,
            flush=True,
        )

    def close(self) -> None:
        """End a rewritten line."""
        if self.live:
            print(file=self.stream, flush=True)


def time_left(left: int, done: int, seconds: float) -> str:
    """', about 3 min left' at the pace so far; nothing where nothing is left or known."""
    if not left or not done:
        return ""
    rest = seconds / done * left
    if rest < 90:
        return f", about {max(1, round(rest))} s left"
    return f", about {round(rest / 60)} min left" if rest < 5400 else f", about {rest / 3600:.1f} h left"
