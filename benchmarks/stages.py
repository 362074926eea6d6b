"""Seconds of everything but the search: what a coordinator waits for besides planning itself."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.agencies import Agency, add_agencies, agencies
from benchmarks.machine import stamp
from benchmarks.results import ROOT, add_results, append_row
from benchmarks.tables import text_table
from scheduler.errors import CareroundError
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rota_json import to_json

NAME = "stages"
SMOKE = ("--seconds", "0.5", "--runs", "1")
IN_ALL = "in all"


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="seconds of each stage besides the search")
    add_agencies(parser, ("branch",))
    parser.add_argument(
        "--rota", type=Path, help="time the stages with this rota instead of planning one first"
    )
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="search for the rota (default: %(default)g)"
    )
    parser.add_argument(
        "--runs", type=int, default=5, metavar="N", help="median of so many (default: %(default)s)"
    )
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Time every stage of each agency; print the tables and add to stages.csv."""
    if given.runs < 1:
        raise CareroundError(f"{given.runs} runs: use 1 or more.")
    with agencies(given) as asked:
        for agency in asked:
            problem = agency.load()
            rota = _rota(given, problem)
            before = stamp()
            seconds = medians(timed(agency, rota, given.runs))
            visits, left = len(problem.visits), len(rota.unallocated(problem))
            about = {"agency": agency.name, "visits": visits, "unallocated": left, "runs": given.runs}
            for stage, took in seconds.items():
                row = before | about | {"stage": stage, "seconds": round(took, 3)}
                append_row(given.results / "stages.csv", row)
            print(f"{agency.name}: {visits:,} visits, {left} of them unallocated; median of {given.runs}")
            print(
                text_table([{"stage": stage, "seconds": took} for stage, took in seconds.items()]), end="\n\n"
            )
    return 0


def _rota(given: argparse.Namespace, problem: Problem) -> Rota:
    """The one that was given, or a new one."""
    if given.rota:
        from scheduler.intake.rota_rows import load_rota

        return load_rota(given.rota, problem)
    from scheduler.solve import solve

    return solve(problem, seconds=given.seconds, seed=1).rota


def timed(agency: Agency, rota: Rota, runs: int) -> list[dict[str, float]]:
    """Stage -> seconds of each run, each in a process of its own."""
    with tempfile.TemporaryDirectory() as room:
        file = Path(room) / "rota.json"
        file.write_text(to_json(rota), encoding="utf-8")
        period = agency.start.isoformat(), str(agency.days)
        command = [sys.executable, "-m", "benchmarks.once", str(agency.folder.resolve()), *period, str(file)]
        return [_once(command) for _ in range(runs)]


def _once(command: Sequence[str]) -> dict[str, float]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CareroundError(f"A timed run failed:\n{done.stderr}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def medians(runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Stage -> median seconds; the last line is the median of all stages of a run together."""
    found = {stage: median(one[stage] for one in runs) for stage in runs[0]}
    return found | {IN_ALL: median(sum(one.values()) for one in runs)}
