"""A rota lived through: nobody is told of anything and nothing is repaired, each carer goes on as planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.problem import Problem
from scheduler.replay.course import Course
from scheduler.replay.lives import Lives
from scheduler.rota import Rota


@dataclass(frozen=True)
class Played:
    """In each life (last axis): `late`, visit -> minutes after its planned start (0 where it is missed); `missed`:
    nobody came, the carers being absent; `alone`: one of the two of a double-up came."""

    late: Mapping[str, NDArray[np.int_]]
    missed: Mapping[str, NDArray[np.bool_]]
    alone: Mapping[str, NDArray[np.bool_]]


def play(rota: Rota, problem: Problem, lives: Lives) -> Played:
    """Live through the rota in all these lives."""
    course = Course(rota, problem, lives)
    away = {id: np.array([turn.absent for turn in turns]) for id, turns in course.turns.items()}
    missed = {id: np.logical_and.reduce(absent) for id, absent in away.items()}
    return Played(
        late={id: np.rint(begins - course.start[id]).astype(int) for id, begins in course.begins.items()},
        missed=missed,
        alone={id: np.logical_or.reduce(absent) & ~missed[id] for id, absent in away.items()},
    )
