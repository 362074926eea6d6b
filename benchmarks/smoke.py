"""About a second of every benchmark, so that none of them rots: `.ci/run` ends with it. Writes nothing that stays."""

from __future__ import annotations

import argparse
import io
import tempfile
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, Protocol

from benchmarks.agencies import SHIPPED, make_up
from scenarios.generate import Spec

NAME = "smoke"
AGENCY = SHIPPED / "small"
TINY = Spec(clients=8, carers=8)
"""Made up where the small agency is not there."""

Main = Callable[[Sequence[str]], int]


class Benchmark(Protocol):
    """A module with a command's name and the arguments for about a second of it. One that plans no agency has an
    `EXAMPLE` as well: the path of what it is smoked with instead."""

    @property
    def NAME(self) -> str: ...  # noqa: N802 - a constant of the module

    @property
    def SMOKE(self) -> tuple[str, ...]: ...  # noqa: N802 - a constant of the module

    def register(self, commands: Any, /) -> None:
        """Add the command."""


def register(commands: Any, benchmarks: Sequence[Benchmark], main: Main) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="a second of every benchmark on a small agency")
    parser.add_argument("--agency", type=Path, metavar="DIR", help="default: the shipped agency 'small'")
    parser.set_defaults(run=lambda given: run(given, benchmarks, main))


def run(given: argparse.Namespace, benchmarks: Sequence[Benchmark], main: Main) -> int:
    """A line each; 1 if any failed."""
    with tempfile.TemporaryDirectory() as room:
        agency = given.agency or AGENCY
        if not agency.is_dir():
            agency = Path(room) / "tiny"
            make_up(agency, TINY)
        failed = [
            module.NAME
            for module in benchmarks
            if not _passes(module, agency, Path(room) / module.NAME, main)
        ]
    return 1 if failed else 0


def _passes(module: Benchmark, agency: Path, results: Path, main: Main) -> bool:
    """Run one benchmark; True if it ends well and has written a result."""
    said, begun = io.StringIO(), time.monotonic()
    try:
        with redirect_stdout(said), redirect_stderr(said):
            subject = getattr(module, "EXAMPLE", agency)
            code = main([module.NAME, str(subject), *module.SMOKE, "--results", str(results)])
        well = code == 0 and results.is_dir() and any(results.iterdir())
    except (Exception, SystemExit):
        said.write(traceback.format_exc())
        well = False
    print(f"{module.NAME:<10} {'ok' if well else 'FAILED':<6} {time.monotonic() - begun:5.1f} s", flush=True)
    if not well:
        print(said.getvalue())
    return well
