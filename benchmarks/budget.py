"""How much work a plan may take, and with which seeds."""

from __future__ import annotations

import argparse
from typing import Any


def add_budget(parser: argparse.ArgumentParser, seconds: float) -> None:
    """The arguments that `choices` and `budget_words` read, and --seeds."""
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument(
        "--seconds", type=float, default=seconds, help="a plan's search (default: %(default)g)"
    )
    budget.add_argument(
        "--iterations", type=int, help="a plan's search by work: the same again on any machine"
    )
    parser.add_argument(
        "--seeds", type=int, nargs="+", default=[1, 2, 3], metavar="SEED", help="default: 1 2 3"
    )
    parser.add_argument(
        "--workers", type=int, metavar="N", help="searches side by side (default: as `careround plan`)"
    )


def choices(given: argparse.Namespace) -> dict[str, Any]:
    """The budget as `solve` takes it."""
    found: dict[str, Any] = {"seconds": given.seconds, "iterations": given.iterations}
    return found | ({"workers": given.workers} if given.workers else {})


def budget_words(given: argparse.Namespace) -> str:
    """'60 s' or '20,000 iterations'."""
    return f"{given.iterations:,} iterations" if given.iterations else f"{given.seconds:g} s"
