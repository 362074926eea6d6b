"""What was read or worked out lately, kept in this process for whoever asks next.

A key names what can never change (an id with its version), so nothing kept is ever old, and what does not last is not
kept; whoever asks must have been let see that id by the database first. However many ask at once, it is made once. Only
an erasure empties a memory: what was kept may hold the person.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Event, Lock
from typing import Any, ClassVar, Generic, TypeVar
from weakref import WeakSet

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """At most so many values; the one that was asked for longest ago goes first."""

    _all: ClassVar[WeakSet[Memory[Any]]] = WeakSet()

    def __init__(self, most: int) -> None:
        self.most = most
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._being_made: dict[Hashable, Event] = {}
        self._emptied = 0
        self._lock = Lock()
        Memory._all.add(self)

    def get(
        self, key: Hashable, make: Callable[[], Value], lasts: Callable[[Value], bool] = lambda _: True
    ) -> Value:
        """What is kept under that key, made now if need be. What `make` raises, or what does not last, goes to its own
        caller only: whoever waited for it tries for themselves."""
        while True:
            with self._lock:
                if key in self._kept:
                    self._kept.move_to_end(key)
                    return self._kept[key]
                made = self._being_made.get(key)
                if made is None:
                    mine = self._being_made[key] = Event()
                    before = self._emptied
                    break
            made.wait()
        try:
            value = make()
            with self._lock:
                # What began before an erasure is not kept after it.
                if self._emptied == before and lasts(value):
                    self._kept[key] = value
                    while len(self._kept) > self.most:
                        self._kept.popitem(last=False)
            return value
        finally:
            with self._lock:
                del self._being_made[key]
            mine.set()

    def empty(self) -> None:
        """Keep nothing of what was kept, nor of what is being made."""
        with self._lock:
            self._kept.clear()
            self._emptied += 1

    @staticmethod
    def empty_all() -> None:
        """Empty every memory of this process."""
        for one in list(Memory._all):
            one.empty()
