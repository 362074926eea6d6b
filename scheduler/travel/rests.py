"""A server that gave no sign of life is let be for some minutes: who asks for it then is told at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from scheduler.errors import NoAnswer

REST = 300.0
"""Seconds for which a server is not asked again."""


@dataclass
class Rests:
    """Which servers rest, for all who share this object (a desk: every load of its process). `seconds`: how long."""

    seconds: float = REST
    _silent: dict[str, tuple[float, str]] = field(default_factory=dict, repr=False)
    _turns: dict[str, Lock] = field(default_factory=dict, repr=False)

    @contextmanager
    def turn(self, server: str) -> Iterator[None]:
        """The time in which that server is asked, by one at a time: of many who would ask a dead server only the first
        waits for it. Raises NoAnswer, as it was told last, while the server rests."""
        with self._turns.setdefault(server, Lock()):
            if told := self._resting(server):
                raise NoAnswer(told)
            try:
                yield
            except NoAnswer as error:
                self._silent[server] = (time.monotonic(), str(error))
                raise

    def told(self) -> list[str]:
        """What the servers that rest now gave as their reason."""
        return [told for server in list(self._silent) if (told := self._resting(server))]

    def _resting(self, server: str) -> str:
        at, told = self._silent.get(server, (0.0, ""))
        return told if told and time.monotonic() - at < self.seconds else ""
