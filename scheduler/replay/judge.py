"""Many lives of a rota together: lateness by round, the visits that are fragile, the double-ups that break."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.problem import Problem
from scheduler.replay.chances import Chances
from scheduler.replay.lives import draw
from scheduler.replay.play import play
from scheduler.rota import Rota
from scheduler.rounds import rounds

LATE = 30
"""Minutes after the planned start beyond which a visit is late."""
WAITS = 15
"""Minutes that one carer of a double-up is late beyond which the other has waited too long."""
FRAGILE = 0.1
"""Share of lives in which a visit is late from which on it is fragile."""


@dataclass(frozen=True)
class Robustness:
    """Means over `lives`: `late` visits more than LATE minutes late, `missed` ones, double-ups `broken` (one of two
    came, or more than WAITS minutes late). `rounds`: (carer, day, late visits a life, mean minutes late of its visits),
    worst first; `fragile`: (visit, share of lives in which it is late), worst first; `fragile_double_ups` likewise."""

    lives: int
    late: float
    missed: float
    broken: float
    mean_minutes: float
    rounds: tuple[tuple[str, int, float, float], ...]
    fragile: tuple[tuple[str, float], ...]
    fragile_double_ups: tuple[tuple[str, float], ...]

    def __str__(self) -> str:
        return (
            f"{self.lives} lives: {self.late:.1f} visits more than {LATE} min late, {self.missed:.1f} missed, "
            f"{self.broken:.1f} double-ups broken, {self.mean_minutes:.1f} min late on average; "
            f"{len(self.fragile)} fragile visits."
        )


def robustness(rota: Rota, problem: Problem, chances: Chances, lives: int = 200, seed: int = 1) -> Robustness:
    """Live through the rota so many times. The same seed gives the same lives, to every rota of the problem."""
    played = play(rota, problem, draw(problem, chances, lives, seed))
    late = _counted({id: is_late(by) for id, by in played.late.items()})
    minutes = Counter({id: int(by.sum()) for id, by in played.late.items()})
    broken = _counted(
        {id: played.alone[id] | (by > WAITS) for id, by in played.late.items() if len(rota.of_visit(id)) > 1}
    )
    missed = _counted(played.missed).total()
    return Robustness(
        lives=lives,
        late=late.total() / lives,
        missed=missed / lives,
        broken=broken.total() / lives,
        mean_minutes=minutes.total() / max(lives * len(played.late) - missed, 1),
        rounds=_by_round(rota, problem, late, minutes, lives),
        fragile=_shares(late, lives),
        fragile_double_ups=_shares(broken, lives),
    )


def is_late(minutes: NDArray[np.float64] | NDArray[np.int_]) -> NDArray[np.bool_]:
    """Does a visit that begins so many minutes after its planned start count as late? Parts of a minute are rounded."""
    return np.rint(minutes) > LATE


def _counted(found: Mapping[str, NDArray[np.bool_]]) -> Counter[str]:
    """In how many lives it holds of each visit."""
    return Counter({id: int(lives.sum()) for id, lives in found.items()})


def _by_round(
    rota: Rota, problem: Problem, late: Counter[str], minutes: Counter[str], lives: int
) -> tuple[tuple[str, int, float, float], ...]:
    found = []
    for work in rounds(rota, problem):
        ids = [stop.leg.visit for stop in work.stops]
        of_round = sum(late[id] for id in ids) / lives
        found.append((work.carer.id, work.day, of_round, sum(minutes[id] for id in ids) / lives / len(ids)))
    return tuple(sorted(found, key=lambda one: (-one[2], -one[3], one[0], one[1])))


def _shares(counted: Counter[str], lives: int) -> tuple[tuple[str, float], ...]:
    worst = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple((id, count / lives) for id, count in worst if count / lives >= FRAGILE)
