"""One line about how far something is: rewritten on a terminal, elsewhere told again every few seconds."""

from __future__ import annotations

from typing import TextIO

EVERY = 5.0
"""Seconds between two lines where the console cannot rewrite one."""
WIDTH = 78


class Line:
    """Of one stream. `now` and `last` are seconds by whatever clock its user has."""

    def __init__(self, stream: TextIO, last: float = -EVERY) -> None:
        self.stream, self.live, self.last = stream, stream.isatty(), last
        self._open = False

    def tell(self, text: str, now: float, always: bool = False, live_every: float = 0.0) -> None:
        """How far it is; not told where it was a moment ago, unless `always`."""
        if now - self.last < (live_every if self.live else EVERY) and not always:
            return
        self.last = now
        print(
            f"\r{text:<{WIDTH}}" if self.live else text,
            end="" if self.live else "\n",
            file=self.stream,
            flush=True,
        )
        self._open = self.live

    def say(self, text: str) -> None:
        """A line of its own."""
        self.close()
        print(text, file=self.stream, flush=True)

    def close(self) -> None:
        """End a rewritten line."""
        if self._open:
            print(file=self.stream, flush=True)
            self._open = False
