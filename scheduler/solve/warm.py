"""Compiling the search before anybody waits for it: the search itself here, the rest meanwhile on another core."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np

from scheduler.domain import Carer, Client, Place, Shift, Visit
from scheduler.problem import Problem
from scheduler.settings import default_settings
from scheduler.solve.compiled_code import is_compiled
from scheduler.solve.insertions import Insertions
from scheduler.solve.model import encode
from scheduler.solve.search import Search
from scheduler.travel.base import Matrix

PATIENCE = 300.0
"""Seconds that the other core is waited for: it takes fifteen where nobody else is at work."""


def warm_up(tell: Callable[[str], None] = lambda line: None) -> float:
    """Make sure that the search, and what answers questions about a rota, is compiled; seconds that it took. Says so
    when it takes long."""
    begun, helper = time.monotonic(), None
    if not is_compiled():
        tell("Compiling the search: once on this machine, about half a minute ...")
        helper = _on_another_core()
    try:
        Search(encode(_smallest()), seed=0).run(20, 1000.0, 10.0)
    finally:
        _ended(helper)
    ask()
    return time.monotonic() - begun


def ask() -> None:
    """Use once whatever is called beside the search."""
    problem = _smallest()
    search = Search(encode(problem), seed=0)
    search.adopt(0, 500, 0, 0)
    search.join(Search(search.model, seed=1), np.zeros(len(search.state.rounds), np.bool_))
    Insertions(problem, search.rota()).places("one", 0)


def _on_another_core() -> subprocess.Popen[bytes] | None:
    """What `ask` uses is compiled and kept by a process of its own. Where it fails it is done here, later. (Not by
    `multiprocessing`, which would run the caller's script once more.)"""
    if (os.cpu_count() or 1) == 1 or not sys.executable:
        return None
    # (-P: the files of the folder that one happens to be in are no modules.)
    command = [sys.executable, "-P", "-c", "from scheduler.solve.warm import ask; ask()"]
    path = os.pathsep.join(filter(None, sys.path))
    try:
        return subprocess.Popen(
            command,
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None


def _ended(helper: subprocess.Popen[bytes] | None) -> None:
    if helper is None:
        return
    try:
        helper.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        helper.kill()
        helper.wait()


def _smallest() -> Problem:
    """One client, two carers, a visit and a double-up."""
    on = date(2026, 11, 23)
    nothing = np.zeros((3, 3), dtype=np.int32)
    return Problem(
        start=on,
        days=1,
        settings=default_settings(on),
        clients=(Client("c", "C", Place(51.6, -3.0)),),
        carers=tuple(Carer(id, id, Place(51.6, -3.0)) for id in "ab"),
        visits=(
            Visit("one", "c", 0, earliest=480, latest=540, preferred=500, commissioned=30),
            Visit("two", "c", 0, earliest=780, latest=840, preferred=800, commissioned=30, carers=2),
        ),
        shifts=tuple(Shift(id, 0, 420, 900) for id in "ab"),
        travel={"car": Matrix(nothing, nothing)},
    )
