"""`python -m benchmarks COMMAND`. Exit codes: 0 all well, 1 a benchmark failed, 2 the wrong input, 130 stopped."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from benchmarks import (
    ablation,
    bound,
    footprint,
    promises,
    prototype_week,
    region,
    repair,
    roads,
    robust,
    served,
    smoke,
    stages,
    weeks,
)
from benchmarks.desk import command as desk
from benchmarks.peers import command as peers
from benchmarks.uhhc import command as uhhc
from benchmarks.uhhc import records, suite
from scheduler.errors import CareroundError

COMMANDS: tuple[smoke.Benchmark, ...] = (
    weeks,
    stages,
    footprint,
    promises,
    served,
    prototype_week,
    uhhc,
    suite,
    records,
    peers,
    ablation,
    bound,
    desk,
    roads,
    region,
    repair,
    robust,
)
"""Every benchmark: a new one is a module that is a `smoke.Benchmark`."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit code."""
    given = parser().parse_args(arguments)
    try:
        return int(given.run(given))
    except CareroundError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def parser() -> argparse.ArgumentParser:
    """All commands with their help."""
    top = argparse.ArgumentParser(
        prog="python -m benchmarks", description="What Careround achieves and how fast."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.register(commands)
    smoke.register(commands, COMMANDS, main)
    return top


if __name__ == "__main__":
    sys.exit(main())
