"""A small made-up agency, its week planned once, and the command line run in this process or in one of its own."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from scenarios.generate import Spec, generate, write_csv
from scheduler.cli import main
from scheduler.intake.load import load
from scheduler.problem import Problem

ROOT = Path(__file__).resolve().parents[2]
START = date(2026, 11, 23)
FROM = ("--from", START.isoformat())
QUICK = ("--iterations", "300", "--workers", "1")
"""Half a second of search."""


@dataclass(frozen=True)
class Done:
    """What a command answered."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Planned:
    """An agency's folder, the folder of results, and what the command said."""

    source: Path
    out: Path
    said: Done


def run(*arguments: str | Path) -> Done:
    """`careround ...` in this process."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as exit:  # how argparse answers
            code = int(exit.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


def start(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    """`python -m scheduler ...` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "scheduler", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="session")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight clients and six carers as a folder of CSV files."""
    folder = tmp_path_factory.mktemp("agency") / "lantern"
    write_csv(generate(Spec(clients=8, carers=6, history_weeks=2, start=START)), folder)
    return folder


@pytest.fixture(scope="session")
def problem(agency: Path) -> Problem:
    """The agency's week."""
    return load(agency, START)


@pytest.fixture(scope="session")
def planned(agency: Path, tmp_path_factory: pytest.TempPathFactory) -> Planned:
    """The agency's week, planned in a moment."""
    out = tmp_path_factory.mktemp("planned") / "results"
    return Planned(agency, out, run("plan", agency, "--out", out, *FROM, *QUICK))


@pytest.fixture
def typed(tmp_path: Path) -> Callable[..., Path]:
    """A rota typed by hand: rows of visit, carer, start -> a CSV."""

    def write(*rows: tuple[str, str, str], name: str = "typed.csv") -> Path:
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("visit", "carer", "start"), *rows])
        return path

    return write
