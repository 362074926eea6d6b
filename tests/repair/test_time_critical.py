"""Time-critical visits, against every way there is."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from scheduler.check import check
from scheduler.repair import Event, begin, take_in
from scheduler.rota import Rota
from scheduler.solve import solve
from scheduler.verdict import place
from tests.builders import a_carer, a_problem, a_shift, a_visit
from tests.repair.day import SEVEN, nothing_hard, ways


def most_critical(problem, rota, now):
    """How many time-critical visits of those that have not begun can be placed at the most: every carer for every
    visit, at every tenth minute of its window, tried in turn."""
    done = Rota(rota.start, rota.days, tuple(leg for leg in rota.legs if leg.start < now))
    todo = [v for v in problem.visits if v.time_critical and not done.of_visit(v.id)]
    best = 0
    options = [
        [
            None,
            *(
                (carer.id, at)
                for carer in problem.carers
                for at in range(v.earliest, v.latest + 1, 10)
                if at >= now
            ),
        ]
        for v in todo
    ]
    for choice in product(*options):
        placed = done
        for visit, option in zip(todo, choice, strict=True):
            if option is not None:
                placed = place(placed, visit, [option[0]], option[1], problem)
        count = sum(option is not None for option in choice)
        if count > best and not check(placed, problem).hard:
            best = count
    return best


@pytest.mark.parametrize("seed", range(6))
def test_time_critical_visits_are_placed_where_any_legal_way_exists(seed):
    """Three carers, one of them ill at seven; three time-critical visits and three others compete."""
    dice = Random(seed)
    visits = [
        a_visit(f"v{i}", 420 + 30 * dice.randint(1, 5), f"c{i}", slack=10, time_critical=i < 3,
                priority=3, skills=frozenset({"insulin"} if i == 0 else ()))
        for i in range(6)
    ]  # fmt: skip
    staff = [
        a_carer(c, skills=frozenset({"insulin"} if c != "carys" else ())) for c in ("aled", "bethan", "carys")
    ]
    shifts = [a_shift(c.id, "06:00", "14:00") for c in staff]
    problem = a_problem(visits, staff, shifts=shifts, days=1)
    rota = solve(problem, iterations=200, workers=1).rota
    day = take_in(begin(problem, rota, 0), [Event(SEVEN, "absent", carer="aled")])
    most = most_critical(day.problem, day.rota, day.now)
    for proposal in ways(day, iterations=200):
        nothing_hard(day, proposal)
        placed = sum(bool(proposal.rota.of_visit(v.id)) for v in visits if v.time_critical)
        assert placed == most, proposal.name
