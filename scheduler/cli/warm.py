"""`careround warm`: compile the search now rather than at the first plan."""

from __future__ import annotations

import argparse
from typing import Any


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "warm", help="compile the search now (done by `make`; otherwise at the first plan)"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Compile, and say how long it took."""
    from scheduler.solve.warm import warm_up

    print(f"The search is ready ({warm_up(lambda line: print(line, flush=True)):.1f} s).")
    return 0
