"""Limits of how often and how much: counted in this process, which is the only one that serves."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock

from api.errors import Trouble

MINUTE = 60.0
MOST_KEYS = 10_000


class Rate:
    """At most so many a minute for each key, spread evenly after a first burst (a token bucket)."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str, at: float | None = None) -> None:
        """Take one. Raises Trouble(429) with the seconds to wait when there is none left."""
        moment = time.monotonic() if at is None else at
        with self._lock:
            left, before = self._left.pop(key, (float(self.per_minute), moment))
            left = min(float(self.per_minute), left + (moment - before) * self.per_minute / MINUTE)
            self._left[key] = (left - 1 if left >= 1 else left, moment)
            if len(self._left) > MOST_KEYS:
                self._left.popitem(last=False)
        if left < 1:
            wait = max(1, round((1 - left) * MINUTE / self.per_minute))
            raise Trouble(
                429, f"Too many requests: try again in {wait} s.", headers={"Retry-After": str(wait)}
            )
