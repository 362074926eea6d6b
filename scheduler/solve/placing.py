"""What came of trying to place what the search had left over."""

from __future__ import annotations

from dataclasses import dataclass, field

from scheduler.rota import Rota
from scheduler.solve.because import not_settled


@dataclass(frozen=True)
class Placing:
    """The rota afterwards, and a sentence on each visit that is still unallocated. `tried`: whose rounds (names) such a
    sentence is about."""

    rota: Rota
    placed: tuple[str, ...] = ()
    proofs: dict[str, str] = field(default_factory=dict)
    tried: dict[str, list[str]] = field(default_factory=dict)

    def told_of(self, rota: Rota) -> dict[str, str]:
        """The sentences that are true of this rota: what was proved of rounds is of this placing's own only."""
        same = rota is self.rota or _who_and_when(rota) == _who_and_when(self.rota)
        return {
            id: sentence if same or id not in self.tried else not_settled(self.tried[id])
            for id, sentence in self.proofs.items()
            if not rota.of_visit(id)
        }


def _who_and_when(rota: Rota) -> set[tuple[str, str, int]]:
    return {(leg.visit, leg.carer, leg.start) for leg in rota.legs}
