"""What a plan asks of whoever starts it: compiling once, the wait for the first rota, and memory."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.agencies import Agency, add_agencies, agencies
from benchmarks.machine import stamp
from benchmarks.results import ROOT, add_results, append_row
from benchmarks.tables import text_table
from scheduler.errors import CareroundError

NAME = "footprint"
SMOKE = ("--seconds", "0.5")
OF_A_ROTA = " unallocated "
"""In each line of progress that tells of a rota."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """Seconds of compiling from nothing, seconds from the command to the first rota that it tells of (all compiled),
    and MiB at the most, from reading to the last file."""

    agency: str
    visits: int
    search: str
    compiled: float
    first_rota: float
    mib: int | None


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="compiling from nothing, the wait for a first rota, and memory")
    add_agencies(parser, ("demo", "branch"))
    parser.add_argument("--seconds", type=float, default=60.0, help="for each plan (default: %(default)g)")
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """A row an agency, added to footprint.csv and printed."""
    rows = []
    with agencies(given) as asked:
        for agency in asked:
            before = stamp()
            visits = len(agency.load().visits)
            compiled = seconds_of_compiling()
            first, mib = planned(agency, given.seconds)
            found = Footprint(agency.name, visits, f"{given.seconds:g} s", compiled, first, mib)
            append_row(given.results / "footprint.csv", before | asdict(found))
            rows.append(asdict(found))
    print(text_table(rows))
    return 0


def seconds_of_compiling() -> float:
    """As on a machine where Careround has never run."""
    with tempfile.TemporaryDirectory() as nothing:
        return round(_ran("warm", NUMBA_CACHE_DIR=nothing).seconds, 1)


def planned(agency: Agency, seconds: float) -> tuple[float, int | None]:
    """Seconds to the first rota, and MiB at the most, of one `careround plan` with everything that it writes."""
    _ran("warm")
    period = "--from", agency.start.isoformat(), "--days", str(agency.days)
    with tempfile.TemporaryDirectory() as room:
        out = "--out", str(Path(room) / "out"), "--seconds", f"{seconds:g}"
        ran = _ran("plan", str(agency.folder.resolve()), *period, *out)
    return round(ran.first_rota, 2), ran.mib


@dataclass(frozen=True, slots=True)
class _Ran:
    seconds: float
    first_rota: float
    mib: int | None


def _ran(*arguments: str, **environment: str) -> _Ran:
    """One command of `careround` in a process of its own. Raises CareroundError with what it said if it fails."""
    begun, first, said = time.monotonic(), 0.0, []
    command = [sys.executable, "-m", "benchmarks.peak", *arguments]
    pipe, every = subprocess.PIPE, os.environ | environment
    with subprocess.Popen(command, cwd=ROOT, env=every, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stderr:
            said.append(line)
            first = first or (time.monotonic() - begun if OF_A_ROTA in line else 0.0)
        told = process.stdout.read().splitlines()
    if process.returncode:
        raise CareroundError(f"A command failed: {' '.join(arguments)}\n{''.join(said)}")
    mib = int(told[-1]) if told[-1].isdigit() else None
    return _Ran(time.monotonic() - begun, first, mib)
