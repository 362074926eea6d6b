"""The nearest free start of each carer, compared with trying everything for everybody."""

from __future__ import annotations

import pytest

from scheduler.solve import solve
from scheduler.who_could import nearest_free, trials
from tests.random_problems import a_random_problem


@pytest.mark.parametrize("only_then", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_it_is_the_nearest_of_all_that_are_free(seed, only_then):
    """On rotas that the solver made of random problems with edges on purpose."""
    problem = a_random_problem(seed)
    rota = solve(problem, iterations=150, workers=1, teams=False, exact=False, seed=seed).rota
    for visit in problem.visits:
        legs = rota.of_visit(visit.id)
        wanted = legs[0].start if legs else visit.preferred
        found = nearest_free(visit, rota, problem, wanted, only_then)
        for carer, own in trials(visit, rota, problem, also=[wanted]).items():
            free = [
                t.start for t in own if t.free and not t.second and visit.earliest <= t.start <= visit.latest
            ]
            free = [start for start in free if start == wanted or not only_then]
            best = min((abs(start - wanted) for start in free), default=None)
            if visit.carers == 1:
                assert (abs(found[carer].start - wanted) if carer in found else None) == best, (
                    visit.id,
                    carer,
                )
            elif carer in found:  # what is free for two is also looked for at the minutes of the others
                assert best is not None
                assert abs(found[carer].start - wanted) >= best
