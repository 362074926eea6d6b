"""Compiling the search before anybody waits for it."""

from __future__ import annotations

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
    begun = time.monotonic()
    if not is_compiled():
        tell("Compiling the search: once on this machine, about half a minute ...")
    problem = _smallest()
    search = Search(encode(problem), seed=0)
    search.run(20, 1000.0, 10.0)
    search.start_from(search.rota())
    search.join(Search(search.model, seed=1), np.zeros(len(search.state.rounds), np.bool_))
    Insertions(problem, search.rota()).places("one", 0)
    return time.monotonic() - begun


def _smallest() -> Problem:
    """One client, two carers, a visit and a double-up: every compiled function is used."""
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
