"""Rotas that are ready for "who could go?": making one ready takes seconds, an answer a fraction of one."""

from __future__ import annotations

from collections.abc import Collection
from threading import Lock
from typing import TYPE_CHECKING

from api.desk.memory import Memory
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


_ready: Memory[Asked] = Memory(KEPT)


def ready(opened: Opened) -> Asked:
    """The rota as it is now, ready to be asked."""
    # The engine is imported for whoever asks: the server starts without it.
    from scheduler.repair.who_now import WhoCould

    key = opened.kept.id, opened.kept.version
    return _ready.get(key, lambda: Asked(WhoCould(opened.problem, opened.rota)))
