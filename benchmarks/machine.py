"""What a number was measured with and on: it goes beside every result."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.results import ROOT

PARTS = ("careround", "ortools", "numba", "numpy")
CODE = ("scheduler", "scenarios", "api", "benchmarks", ":!benchmarks/results")
"""What a result depends on (earlier results do not count): if any was changed, the commit is marked with a +."""


def stamp() -> dict[str, str | int | float]:
    """Now, our versions and this machine. `load` is how many processes wanted a core in the last minute: well above
    what the benchmark itself uses means that others were at work."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "python": platform.python_version(),
        **{part: _version(part) for part in PARTS},
        "processor": processor(),
        "cores": os.cpu_count() or 0,
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else 0.0,
    }


@cache
def commit() -> str:
    """Short id of the commit, with a + if our code has been changed since; empty where there is no git."""
    found = _git("rev-parse", "--short=10", "HEAD")
    return f"{found}+" if found and _git("status", "--porcelain", "--", *CODE) else found


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def _version(part: str) -> str:
    try:
        return version(part)
    except PackageNotFoundError:
        return ""


@cache
def processor() -> str:
    """The processor's model."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    models = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(models, "") or platform.processor() or platform.machine()
