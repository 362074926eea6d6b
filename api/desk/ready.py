"""Rotas that are ready for "who could go?": making one ready takes seconds, an answer a fraction of one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from threading import Lock
from typing import TYPE_CHECKING

from api.desk.rotas import Opened

if TYPE_CHECKING:
    from scheduler.repair.who_now import Could, WhoCould

KEPT = 2
"""Rotas that stay ready: a branch takes some 50 MB."""


class Asked:
    """One rota made ready. The search behind it tries in place, so that questions take turns."""

    def __init__(self, who_could: WhoCould) -> None:
        self._who_could, self._turn = who_could, Lock()

    def ask(self, visit: str, now: int, locked: Collection[str]) -> list[Could]:
        """See `WhoCould.ask`."""
        with self._turn:
            return self._who_could.ask(visit, now, locked)


_ready: OrderedDict[tuple[str, int], Asked] = OrderedDict()
_lock = Lock()


def ready(opened: Opened) -> Asked:
    """The rota as it is now, ready to be asked."""
    # The engine is imported for whoever asks: the server starts without it.
    from scheduler.repair.who_now import WhoCould

    key = opened.kept.id, opened.kept.version
    with _lock:
        if key not in _ready:
            _ready[key] = Asked(WhoCould(opened.problem, opened.rota))
        _ready.move_to_end(key)
        while len(_ready) > KEPT:
            _ready.popitem(last=False)
        return _ready[key]


def forget_ready() -> None:
    """Nothing stays in memory: a person was erased."""
    with _lock:
        _ready.clear()
