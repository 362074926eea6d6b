"""`python -m benchmarks peers`: the same problem, the same seconds, the same judge."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from benchmarks.machine import stamp
from benchmarks.peers.base import Peer, PeerUnavailable
from benchmarks.peers.cases import Case, add_cases, cases
from benchmarks.peers.ortools import OrTools
from benchmarks.peers.pyvrp import PyVrp
from benchmarks.peers.score import Score, score
from benchmarks.peers.subset import Subset, subset_of
from benchmarks.peers.table import Row, summary, write_rows
from benchmarks.peers.vroom import Vroom
from benchmarks.results import add_results, write_text
from scheduler.rota import Rota
from scheduler.solve import solve

NAME = "peers"
SMOKE = ("--seconds", "1", "--seeds", "1", "--only", "OR-Tools routing")
PEERS: tuple[Peer, ...] = (OrTools(), Vroom(), PyVrp())
"""Every peer: a new one is a class with a few words on itself and one method."""


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="our engine and others side by side")
    add_cases(parser)
    parser.add_argument("--seconds", type=float, default=60.0, help="for each plan (default: %(default)g)")
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=[1, 2, 3], metavar="SEED", help="default: 1 2 3"
    )
    names = [peer.name for peer in PEERS]
    parser.add_argument("--only", nargs="+", choices=names, default=names, metavar="PEER")
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Plan with every peer and with ours; print the table and write it."""
    from scheduler.solve.warm import warm_up

    warm_up(lambda line: print(line, file=sys.stderr))
    before = stamp()
    rows = []
    peers = [peer for peer in PEERS if peer.name in given.only]
    with cases(given) as asked:
        for case in asked:
            ours = Ours(case, given.seconds)
            for peer in peers:
                rows += rows_of(case, peer, ours, given.seconds, given.seeds)
    table = summary(rows, peers, given.seconds, given.seeds, before)
    write_rows(given.results / "peers.csv", rows, before)
    write_text(given.results / "peers.md", table)
    print(table)
    return 0


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
            self.known[key] = timed(
                lambda: solve(subset.problem, rules=subset.rules, seconds=self.seconds, seed=seed).rota,
                subset,
                self.case,
            )
        return self.known[key]


def rows_of(case: Case, peer: Peer, ours: Ours, seconds: float, seeds: Sequence[int]) -> list[Row]:
    """A row a seed, or one that says why the peer is missing."""
    subset = subset_of(case.problem, case.rules, peer)
    rows: list[Row] = []
    for seed in seeds:
        print(f"{case.name}, {peer.name}, seed {seed} ...", file=sys.stderr)
        try:
            theirs = timed(partial(peer.plan, subset.problem, subset.rules, seconds, seed), subset, case)
        except (ImportError, PeerUnavailable) as error:
            return [Row(case.name, peer.name, subset, missing=str(error))]
        rows.append(Row(case.name, peer.name, subset, seed, ours.score(subset, seed), theirs))
    return rows


def timed(plan: Callable[[], Rota], subset: Subset, case: Case) -> Score:
    """Plan and judge."""
    begun = time.monotonic()
    rota = plan()
    return score(rota, subset, case.problem, case.rules, time.monotonic() - begun)
