"""How many are done, for commands that write many papers: one line that is rewritten on a terminal, else a line now
and then."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

EVERY = 5.0
"""Seconds between two lines where the console cannot rewrite one."""


def counting(stream: TextIO, what: str) -> Callable[[int, int], None]:
    """A listener that is told how many of how many are done, and says '12 of 180 PDFs (Ctrl-C stops ...)'."""
    live, last = stream.isatty(), time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal last
        line = f"{done} of {of} {what}"
        if live:
            print(f"\r{line:<60}", end="\n" if done == of else "", file=stream, flush=True)
        elif time.monotonic() - last >= EVERY and done < of:
            last = time.monotonic()
            print(f"{line} (Ctrl-C stops; nothing is written then)", file=stream, flush=True)

    return tell
