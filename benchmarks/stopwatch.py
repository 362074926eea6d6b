"""Seconds by stage, where a stage within another one counts for itself only: all stages add up to the whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any


class Stopwatch:
    """`seconds` by stage, in the order in which the stages first began."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.seconds: dict[str, float] = {}
        self._clock = clock
        self._within: list[float] = []  # of each stage now running: seconds that stages within it took

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        self.seconds.setdefault(name, 0.0)
        self._within.append(0.0)
        begun = self._clock()
        try:
            yield
        finally:
            took = self._clock() - begun
            self.seconds[name] += took - self._within.pop()
            if self._within:
                self._within[-1] += took

    def watch(self, owner: Any, attribute: str, name: str) -> None:
        """From now on calls of that function of a module or class are timed as a stage."""
        function = getattr(owner, attribute)

        @wraps(function)
        def timed(*arguments: Any, **named: Any) -> Any:
            with self.stage(name):
                return function(*arguments, **named)

        setattr(owner, attribute, timed)
