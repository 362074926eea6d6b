"""Who could go: equal to trying every carer at every minute with the checker, and worked by hand."""

from __future__ import annotations

from random import Random

import pytest

from scheduler.check import check
from scheduler.repair.who_now import WhoCould
from scheduler.solve import solve
from scheduler.verdict import place
from tests.random_problems import a_random_problem

CASES = 200


@pytest.fixture(scope="module")
def cases():
    """Random problems with a quick rota, and one visit of each."""
    found = []
    for seed in range(CASES // 4):
        problem = a_random_problem(seed, visits=9, days=2)
        rota = solve(problem, iterations=60, seed=seed, workers=1, exact=False, teams=False).rota
        asked = Random(seed).sample(problem.visits, 4)
        found += [(problem, rota, visit.id) for visit in asked]
    return found


def brute_force(problem, rota, id, now):
    """(carers) -> the least that everything costs more than with nobody, over every minute of the window."""
    visit, without = problem.visit(id), rota.without([id])
    base = check(without, problem)
    assert not base.hard
    best: dict[tuple[str, ...], int] = {}
    ids = [carer.id for carer in problem.carers]
    pairs = [(a, b) for a in ids for b in ids if a != b and (visit.together or a < b)]
    for carers in [(one,) for one in ids] if visit.carers == 1 else pairs:
        for start in range(max(visit.earliest, now), visit.latest + 1):
            report = check(place(without, visit, carers, start, problem), problem)
            if not report.hard:
                more = report.total - base.total
                best[carers] = min(best.get(carers, more), more)
    return best


def test_it_is_what_brute_force_finds(cases):
    """Unordered where both stay to the end: the price is the same whoever leads."""
    some = 0
    for problem, rota, id in cases:
        now = problem.visit(id).earliest + 10
        told = {
            tuple(sorted(one.carers)) if not problem.visit(id).together else one.carers: one.more
            for one in WhoCould(problem, rota).ask(id, now, explained=0)
            if one.moved is None
        }
        wanted = brute_force(problem, rota, id, now)
        assert told == wanted, (problem.visit(id), rota.of_visit(id))
        some += bool(wanted)
    assert some > CASES / 3, "cases without anybody prove little"
