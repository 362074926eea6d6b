"""What `careround scenario run` and `frontier` are told."""

from __future__ import annotations

import argparse
from pathlib import Path

from scheduler.cli.arguments import a_date, a_whole_number, some_seconds
from scheduler.cli.roads import add_travel
from scheduler.cli.source import MOST_DAYS
from scheduler.units import WEEK_DAYS

SECONDS = 30.0
"""Search of each run where nothing else is asked for."""


def add_catalogue(parser: argparse.ArgumentParser) -> None:
    """--catalogue."""
    parser.add_argument(
        "--catalogue", required=True, metavar="NAME", help="a family, or the path of an own catalogue (.toml)"
    )


def add_run(parser: argparse.ArgumentParser) -> None:
    """Sources, period, effort, readings, where it runs, where travel times come from, and --out."""
    parser.add_argument(
        "source",
        metavar="SOURCE",
        type=Path,
        nargs="+",
        help="folder, workbook or .json of an agency (or several)",
    )
    help = "first day of the period, as 2026-11-23 (default: next Monday)"
    parser.add_argument("--from", dest="start", metavar="DATE", type=a_date, help=help)
    parser.add_argument(
        "--days", metavar="N", type=a_whole_number(1, MOST_DAYS), default=WEEK_DAYS,
        help=f"length of the period in days (default: {WEEK_DAYS})",
    )  # fmt: skip
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    parser.add_argument(
        "--seeds",
        type=a_whole_number(1, 100),
        default=3,
        metavar="N",
        help="seeds 1 to N of each run (default: 3; with fewer no difference is called clear, 5 are surer)",
    )
    budget = parser.add_mutually_exclusive_group()
    budget.add_argument(
        "--seconds", type=some_seconds, metavar="S", help=f"search of each run (default: {SECONDS:g})"
    )
    budget.add_argument(
        "--iterations", type=a_whole_number(1, 10**12), metavar="N",
        help="work for each search instead of time: same command, same report",
    )  # fmt: skip
    parser.add_argument(
        "--readings", choices=("today", "enough", "both"), default="both",
        help="with today's carers, with as many as it takes, or both (default)",
    )  # fmt: skip
    parser.add_argument(
        "--rate", type=a_whole_number(1, 100_000), metavar="PENCE",
        help="what is paid for an hour with clients, in pence (default: the average that councils pay)",
    )  # fmt: skip
    parser.add_argument(
        "--workers", type=a_whole_number(1, 256), metavar="N", help="processes (default: one a processor)"
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS",
        help="run on Dask.distributed instead: 'local', or the address of a scheduler, as tcp://10.0.0.1:8786",
    )  # fmt: skip
    add_travel(parser)
