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


def warm_up(tell: Callable[[str], None] = lambda line: None) -> float:
    """Make sure that the search, and what answers questions about a rota, is compiled; seconds that it took. Says so
    when it takes long."""
    begun, helper = time.monotonic(), None
    if not is_compiled():
        tell("Compiling the search: once on this machine, about half a minute ...")
        helper = _on_another_core()
    Search(encode(_smallest()), seed=0).run(20, 1000.0, 10.0)
    if helper is not None:
        helper.wait()
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
    return subprocess.Popen(
        [sys.executable, "-c", "from scheduler.solve.warm import ask; ask()"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


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
