"""What chance has in store: the same for every rota of a problem, so that only what was planned differs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.problem import Problem
from scheduler.replay.chances import Chances

Amounts = NDArray[np.float64]


@dataclass(frozen=True)
class Lives:
    """So many lives of a period. `overruns`: minutes that a visit takes longer, (visits, lives) in the problem's order;
    `roads`: the factor of a carer's travel on a day, and `absent`: whether the carer is away all that day, both
    (carers, days, lives)."""

    count: int
    overruns: Amounts
    roads: Amounts
    absent: NDArray[np.bool_]


def draw(problem: Problem, chances: Chances, lives: int, seed: int) -> Lives:
    """Throw the dice for so many lives. The same seed gives the same lives."""
    dice = np.random.default_rng(seed)
    visits, of_a_day = (len(problem.visits), lives), (len(problem.carers), problem.days, lives)
    if chances.overruns:
        overruns = dice.choice(np.array(chances.overruns, dtype=np.float64), visits)
    else:
        over = dice.random(visits) * 100 < chances.overrun_percent
        overruns = np.where(over, dice.exponential(chances.overrun_minutes, visits), 0.0)
    return Lives(
        lives,
        overruns,
        dice.lognormal(0.0, chances.traffic_percent / 100, of_a_day),
        dice.random(of_a_day) * 1000 < chances.absence_permille,
    )
