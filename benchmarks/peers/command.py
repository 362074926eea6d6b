"""`python -m benchmarks peers`: the same problem, the same seconds, the same judge.

It can be stopped and started again: a plan whose row is there is not made again (`plans.py`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import stamp
from benchmarks.peers.base import Peer, PeerUnavailable
from benchmarks.peers.cases import Case, add_cases, cases
from benchmarks.peers.chart import panels_of
from benchmarks.peers.ortools import OrTools
from benchmarks.peers.picture import PICTURE, draw
from benchmarks.peers.plans import Plans
from benchmarks.peers.proved import Bounds
from benchmarks.peers.pyvrp import PyVrp
from benchmarks.peers.rows import Rows
from benchmarks.peers.subset import subset_of
from benchmarks.peers.table import Row, summary
from benchmarks.peers.timefold import Timefold
from benchmarks.peers.vroom import Vroom
from benchmarks.results import add_results, write_text
from scheduler.errors import CareroundError

NAME = "peers"
SMOKE = ("--seconds", "1", "--seeds", "1", "--only", "OR-Tools routing")
PEERS: tuple[Peer, ...] = (OrTools(), Vroom(), PyVrp(), Timefold())
"""Every peer: a new one is a class with a few words on itself and one method."""
POINTS = (5.0, 10.0, 20.0, 60.0)
TABLE, BOUNDS = "peers.csv", "peers_bound.csv"


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="our engine and others side by side")
    add_cases(parser)
    parser.add_argument("--seconds", type=float, default=60.0, help="for each plan (default: %(default)g)")
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=[1, 2, 3], metavar="SEED", help="default: 1 2 3"
    )
    names = [peer.name for peer in PEERS]
    parser.add_argument(
        "--only", nargs="+", choices=names, default=names, metavar="PEER", help=f"of {', '.join(names)}"
    )
    parser.add_argument(
        "--chart",
        nargs="?",
        type=Path,
        const=PICTURE,
        metavar="FILE",
        help=f"instead of the table draw cost against seconds (.png or .svg, default: {PICTURE.name} of the README)",
    )
    parser.add_argument(
        "--points", nargs="+", type=float, default=POINTS, metavar="S", help="seconds in the chart"
    )
    parser.add_argument(
        "--bound",
        nargs="?",
        type=float,
        const=900.0,
        metavar="S",
        help="prove for each peer's part of the rules what nobody can be below, in so many seconds a part at the most "
        "(default: %(const)g)",
    )
    parser.add_argument(
        "--anew", action="store_true", help="make every plan and proof, also those whose rows are there"
    )
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Plan with every peer and with ours; print the table and write it, or draw the chart."""
    from scheduler.solve.warm import warm_up

    warm_up(lambda line: print(line, file=sys.stderr))
    peers = [peer for peer in PEERS if peer.name in given.only]
    since = str(stamp()["date"]) if given.anew else ""
    plans = Plans(given.results / TABLE, since)
    bounds = Bounds(given.bound, Rows(given.results / BOUNDS, since), _say)
    with cases(given) as asked:
        if given.chart:
            return _chart(given, asked, peers, plans)
        rows = [
            row for case in asked for row in rows_of(case, peers, plans, bounds, given.seconds, given.seeds)
        ]
    table = summary(rows, peers, given.seconds, given.seeds, plans.stamp())
    write_text(given.results / "peers.md", table)
    print(table)
    return 0


def rows_of(
    case: Case,
    peers: Sequence[Peer],
    plans: Plans,
    bounds: Bounds,
    seconds: float,
    seeds: Sequence[int],
) -> list[Row]:
    """A row a peer and seed, or one that says why the peer is missing."""
    rows = []
    for peer in peers:
        subset = subset_of(case.problem, case.rules, peer.words)
        for seed in seeds:
            _tell(case, peer.name, seed)
            try:
                theirs = plans.theirs(peer, case, subset, seconds, seed)
            except (ImportError, PeerUnavailable) as error:
                rows.append(Row(case.name, peer.name, subset, missing=str(error)))
                break
            _tell(case, "ours", seed)
            ours = plans.ours(case, subset, seconds, seed)
            bound = bounds.of(case.name, subset, theirs.unallocated)
            rows.append(Row(case.name, peer.name, subset, seed, ours, theirs, bound=bound))
    return rows


def _chart(given: argparse.Namespace, asked: Sequence[Case], peers: Sequence[Peer], plans: Plans) -> int:
    if len(asked) != 1:
        raise CareroundError(f"A chart shows one agency, not {len(asked)}.")
    panels = panels_of(asked[0], peers, plans, given.points, given.seeds)
    if not panels:
        raise CareroundError(
            "None of these peers can run here, so that there is nothing to draw beside ours."
        )
    draw(panels, asked[0], given.seeds, plans.stamp(), plans.programs(), given.chart)
    print(f"{given.chart} is drawn.")
    return 0


def _tell(case: Case, planner: str, seed: int) -> None:
    _say(f"{case.name}, {planner}, seed {seed} ...")


def _say(line: str) -> None:
    print(line, file=sys.stderr)
