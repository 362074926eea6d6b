"""Plans with their time and their score, by a peer or by ours."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from benchmarks.peers.base import Peer
from benchmarks.peers.cases import Case
from benchmarks.peers.score import Score, score
from benchmarks.peers.subset import Subset
from scheduler.solve import solve


@dataclass
class Ours:
    """Our own engine on the subsets of a case; equal subsets are planned once a seed."""

    case: Case
    seconds: float
    known: dict[tuple[object, ...], Score] = field(default_factory=dict)

    def score(self, subset: Subset, seed: int) -> Score:
        """The score of our rota."""
        key = (*subset.key, seed)
        if key not in self.known:
            begun = time.monotonic()
            rota = solve(subset.problem, rules=subset.rules, seconds=self.seconds, seed=seed).rota
            took = time.monotonic() - begun
            self.known[key] = score(rota, subset, self.case.problem, self.case.rules, took)
        return self.known[key]


def planned(peer: Peer, case: Case, subset: Subset, seconds: float, seed: int) -> Score:
    """The score of the peer's rota; the time includes what its processes take to start. Raises PeerUnavailable."""
    begun = time.monotonic()
    rota = peer.plan(subset.problem, subset.rules, seconds, seed)
    return score(rota, subset, case.problem, case.rules, time.monotonic() - begun)
