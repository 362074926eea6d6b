"""A region: made-up agencies x the scenarios of the family "region" x seeds on Dask, beside one process; and what a
county would take, worked out from that."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.agencies import folder_of, make_up
from benchmarks.machine import stamp
from benchmarks.results import add_results, append_row, write_text
from scenarios.catalogue import family
from scenarios.generate import Spec
from scenarios.run.jobs import Effort, Job, Reading, jobs
from scenarios.run.run import Machine, run_all
from scenarios.run.store import Store
from scheduler.intake.load import load
from scheduler.problem import Problem

NAME = "region"
SMOKE = ("--iterations", "20", "--seeds", "1", "--workers", "1", "--sample", "1")
PROVIDERS = 150
"""Providers of the county on paper."""
COUNTY_SECONDS = 60
"""Seconds of search a run that the county on paper is planned with."""
DISTRICTS = (("NP20",), ("NP19",), ("NP10", "NP18"), ("NP44",))
"""Where the made-up agencies are, in turn."""


@dataclass(frozen=True, slots=True)
class Region:
    """One measurement. Runs a minute count the start of the workers; `worker_megabytes` is the largest worker."""

    agencies: int
    clients: int
    visits: int
    scenarios: int
    seeds: int
    search: str
    runs: int
    workers: int
    seconds: float
    runs_a_minute: float
    one_process_runs_a_minute: float
    speed_up: float
    worker_megabytes: int


def register(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(NAME, help="many agencies x scenarios x seeds on Dask, beside one process")
    parser.add_argument("agencies", nargs="*", metavar="AGENCY", help="folders (default: made-up agencies)")
    parser.add_argument("--count", type=int, default=20, metavar="N", help="made-up agencies (default: 20)")
    parser.add_argument("--clients", type=int, default=15, metavar="N", help="clients of each (default: 15)")
    parser.add_argument("--seeds", type=int, default=2, metavar="N")
    parser.add_argument("--iterations", type=int, default=500, metavar="N")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument(
        "--sample", type=int, default=20, metavar="N", help="runs of the one process (default: 20)"
    )
    add_results(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """One process first, then Dask; print and keep the row and the plan on paper."""
    before = stamp()
    with tempfile.TemporaryDirectory() as room, _agencies(given, Path(room)) as agencies:
        scenarios = family("region").scenarios
        effort = Effort(iterations=given.iterations)
        wanted, problems = jobs(agencies, scenarios, [Reading.TODAY], range(1, given.seeds + 1), effort)
        alone = _timed(wanted[: given.sample], problems, Path(room) / "alone", Machine(1))
        taken = _timed(wanted, problems, Path(room) / "dask", Machine(given.workers, "local"))
        one, many = 60 * min(given.sample, len(wanted)) / alone, 60 * len(wanted) / taken
        region = Region(
            agencies=len(agencies),
            clients=sum(len(problem.clients) for problem in agencies.values()),
            visits=sum(len(problem.visits) for problem in agencies.values()),
            scenarios=len(scenarios) + 1,
            seeds=given.seeds,
            search=effort.words,
            runs=len(wanted),
            workers=given.workers,
            seconds=round(taken, 1),
            runs_a_minute=round(many, 1),
            one_process_runs_a_minute=round(one, 1),
            speed_up=round(many / one, 2),
            worker_megabytes=_peak_megabytes(),
        )
    append_row(given.results / "region.csv", before | asdict(region))
    write_text(given.results / "region.md", told := words(region, str(before["date"])[:10]))
    print(told)
    return 0


@contextmanager
def _agencies(given: argparse.Namespace, room: Path) -> Iterator[dict[str, Problem]]:
    folders = [folder_of(name) for name in given.agencies]
    if not folders:
        for i in range(given.count):
            make_up(
                room / f"agency-{i + 1}",
                Spec(given.clients, districts=DISTRICTS[i % len(DISTRICTS)], seed=i + 1),
            )
            folders.append(room / f"agency-{i + 1}")
    yield {folder.name: load(folder, Spec().start, 7) for folder in folders}


def _timed(wanted: list[Job], problems: dict[str, Problem], out: Path, machine: Machine) -> float:
    """Seconds that the jobs take, the start of the workers included."""
    begun = time.monotonic()
    run_all(wanted, problems, Store(out), machine)
    return time.monotonic() - begun


def _peak_megabytes() -> int:
    """The largest worker that there was: workers are children that have ended by now."""
    try:
        import resource
    except ImportError:  # Windows does not tell
        return 0
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak // (1024 * 1024) if sys.platform == "darwin" else peak // 1024


def words(region: Region, date: str) -> str:
    """The row in words, and the county on paper."""
    overhead = max(0.0, 60 / region.one_process_runs_a_minute)
    runs = PROVIDERS * region.scenarios * region.seeds * len(Reading)
    hours = runs * (COUNTY_SECONDS + overhead) / 3600
    memory = 32 * region.worker_megabytes / 1024
    return (
        f"{region.agencies} agencies ({region.clients} clients, {region.visits:,} visits) x {region.scenarios} "
        f"scenarios x {region.seeds} seeds = {region.runs} runs of {region.search} on Dask with {region.workers} "
        f"workers: {region.seconds:,.0f} s, {region.runs_a_minute} runs a minute; one process "
        f"{region.one_process_runs_a_minute} runs a minute, so {region.speed_up} times as fast. The largest worker "
        f"took {region.worker_megabytes} MB. ({date})\n\n"
        f"A county on paper: {PROVIDERS} providers x {region.scenarios} scenarios x {region.seeds} seeds x "
        f"{len(Reading)} readings = {runs:,} runs; at {COUNTY_SECONDS} s of search and {overhead:.1f} s for the rest "
        f"(a whole run as measured in one process, its search included) {hours:,.0f} core hours: {hours / 32:.1f} "
        f"hours on 32 cores, with {memory:.0f} GB for the workers and {PROVIDERS * 2 / 1024:.1f} GB for the problems "
        "(2 MB each, an assumption).\n"
    )
