"""Same seed, iterations and workers, same rota, to the byte of rota.json: twice in one process, and in another process
whose sets are in another order."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from random import Random
from typing import Any

from scheduler.problem import Problem
from scheduler.rota_json import to_json
from scheduler.solve import solve
from tests.solve.judge import Engine, changed
from tests.solve.variety import a_varied_problem, calm

SEEDS = range(3)


def ways(problem: Problem, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every way to ask for a plan, by its name: from nothing, and from a rota with a fault in it."""
    dice = Random(seed)
    good = Engine(problem, seed=seed).plan(60)
    start = changed(good, problem, dice)
    planned = dice.sample(sorted(start.legs_by_visit), len(start.legs_by_visit))
    middle = sorted(leg.start for leg in start.legs)[len(start.legs) // 2]
    locks = {"locked": planned[0::4], "locked_carers": planned[1::4], "locked_times": planned[2::4]}
    yield "from nothing", {}
    yield "from a start", {"start": start}
    yield "with locks", {"start": start, **locks}
    yield "after a freeze", {"start": start, "frozen_before": middle}
    yield "near what was told", {"published": good}
    yield "all of it", {"start": start, "published": good, "frozen_before": middle, **locks}


def plans() -> dict[str, str]:
    """Way, seed and workers -> digest of rota.json and of all that is told about it."""
    found = {}
    for seed in SEEDS:
        problem = calm(a_varied_problem(seed)) if seed else a_varied_problem(seed)
        for name, choices in ways(problem, seed):
            for workers in (1, 2):
                result = solve(problem, iterations=120, seed=seed, workers=workers, **choices)
                told = json.dumps([result.lost, result.proofs, result.iterations])
                text = to_json(result.rota) + told
                found[f"{name}, seed {seed}, {workers} at work"] = hashlib.sha256(text.encode()).hexdigest()
    return found


def test_same_seed_same_rota_in_this_and_in_another_process():
    there = subprocess.run(
        [sys.executable, "-m", "tests.solve.test_reproducible"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "5"},
    )
    first, again = plans(), plans()
    assert first == again
    assert first == json.loads(there.stdout)
    assert len(set(first.values())) > 0.5 * len(first), "they are different plans, not one made many times"


if __name__ == "__main__":
    print(json.dumps(plans()))
