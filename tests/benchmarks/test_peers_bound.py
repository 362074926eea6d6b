"""What nobody can be below: never above CP-SAT's proven best of a tiny subset, and not far below it either."""

import math
from dataclasses import replace
from functools import cache
from random import Random

import numpy as np
import pytest
from ortools.sat.python import cp_model

from benchmarks.__main__ import main
from benchmarks.peers import proved as proved_module
from benchmarks.peers.base import EVERYBODY_SAYS, Waiting, Words
from benchmarks.peers.cases import Case
from benchmarks.peers.command import rows_of
from benchmarks.peers.plans import Plans
from benchmarks.peers.proved import FIRM, LENIENT, Bounds, Proved, proved
from benchmarks.peers.rows import Rows
from benchmarks.peers.score import floor, score
from benchmarks.peers.subset import Subset, subset_of
from benchmarks.peers.table import summary
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import RULES
from scheduler.solve.exact.solve import drafted, rota_of
from scheduler.solve.model import encode
from scheduler.units import SIXTIETHS
from tests.benchmarks.lazy_peers import Lazy, rows_in
from tests.builders import a_carer, a_client, a_problem, a_shift, a_visit, some_settings
from tests.intake.agencies import GOOD
from tests.solve.variety import a_varied_problem, in_rush

WORDS = (
    Words(EVERYBODY_SAYS, Waiting.WHOLE),
    Words(EVERYBODY_SAYS, Waiting.FREE),
    Words(EVERYBODY_SAYS | {"charge_start_off"}, Waiting.WHOLE),
)
"""Of PyVRP and Timefold, of VROOM, of OR-Tools' routing."""
SHAPES = (
    {"days": 1, "visits": 6, "carers": 3},
    {"days": 2, "visits": 8, "carers": 3},
    {"days": 1, "visits": 8, "clients": 6, "carers": 2},
)
SEEDS = 12


def tiny(seed: int) -> tuple[Problem, Subset]:
    problem = a_varied_problem(seed, **SHAPES[seed % len(SHAPES)])
    return problem, subset_of(problem, RULES, WORDS[seed // len(SHAPES) % len(WORDS)])


@cache
def cheapest(seed: int, left_out: int) -> Rota | None:
    """The rota with the least cost above the floor that leaves out no more than so many visits, proven; None where
    there is none. (Leaving a visit out costs its floor here, so that all rotas have the same floor.)"""
    _, subset = tiny(seed)
    problem = subset.problem
    model = encode(problem, [rule for rule in subset.rules if rule.name != "unallocated"])
    model.unallocated += floor(subset)
    draft = drafted(model, Rota(problem.start, problem.days), model.shifts, [v.id for v in problem.visits])
    draft.cp.add(sum(draft.planned.values()) >= len(problem.visits) - left_out)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 20.0
    status = solver.solve(draft.cp)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE), (seed, left_out)
    return rota_of(draft, solver) if status == cp_model.OPTIMAL else None


def above_floor(seed: int, rota: Rota) -> int:
    problem, subset = tiny(seed)
    found = score(rota, subset, problem, RULES, 0.0)
    assert found.dropped == 0, "CP-SAT's rota keeps the subset's rules"
    return found.above_floor


@cache
def fewest(seed: int) -> int:
    """Visits that every rota leaves out."""
    visits = len(tiny(seed)[1].problem.visits)
    return next(n for n in range(visits + 1) if cheapest(seed, n) is not None)


def test_the_bound_is_below_the_proven_best_and_near(tmp_path):
    """Below for as few left out as can be, and for one and three more; near where nobody is left out who need not be
    (in ten of twelve: linear programs leave out visits by halves)."""
    near = 0
    for seed in range(SEEDS):
        subset, bounds = tiny(seed)[1], Bounds(math.inf, Rows(tmp_path / "rows.csv"))
        for more in (0, 1, 3):
            left_out = min(fewest(seed) + more, len(subset.problem.visits))
            rota = cheapest(seed, left_out)
            assert rota is not None
            best, proof = above_floor(seed, rota), bounds.best(subset, left_out)
            assert proof is not None
            bound = proof.above_floor(left_out)
            assert bound <= best, (seed, left_out)
            if more == 0:
                assert best > 0, "a bound of nothing would do"
                near += bound >= 0.95 * best
    assert near >= 9


@pytest.mark.parametrize("price", [FIRM, LENIENT])
def test_a_bound_cut_short_is_one_all_the_same(price):
    lower = 0
    for seed in range(SEEDS):
        subset, n = tiny(seed)[1], fewest(seed)
        rota = cheapest(seed, n)
        assert rota is not None
        hasty, full = proved(subset, 0.0, price), proved(subset, math.inf, price)
        assert hasty is not None
        assert full is not None
        assert hasty.above_floor(n) <= above_floor(seed, rota), seed
        assert full.open_days == 0
        lower += hasty.least < full.least
    assert lower > SEEDS / 4


def two_streets() -> tuple[Problem, Subset]:
    """Mary and Nia are ten minutes apart and are both seen at eight, for half an hour and on the dot; Aled lives with
    Mary. He can serve one of them at eight, and the other one at nine, whom he has to go to for ten minutes."""
    visits = [
        a_visit("mary", client="mary", slack=0),
        a_visit("nia", "08:40", client="nia", slack=0),
        a_visit("also", client="nia", slack=0),
    ]
    clients = [a_client("mary", 0), a_client("nia", 10)]
    settings = replace(some_settings(), prices={"home_travel.minute": 0})
    problem = a_problem(visits, [a_carer()], clients, [a_shift()], days=1, settings=settings)
    return problem, subset_of(problem, RULES, WORDS[0])


def test_the_bound_by_hand():
    """Aled costs 26p a minute. Mary's visit and Nia's at 08:40 leave 'also' out: ten minutes of travel, 260p. Two
    that are left out leave one visit, which costs its floor and no more."""
    found = proved(two_streets()[1], math.inf)
    assert found is not None
    assert [found.above_floor(left_out) for left_out in (1, 2, 3)] == [260, 0, 0]


def test_equal_subsets_are_bounded_once_and_each_day_is_told(tmp_path):
    told: list[str] = []
    bounds = Bounds(math.inf, Rows(tmp_path / "rows.csv"), told.append)
    _, subset = two_streets()
    best = bounds.best(subset, 1)
    assert best is not None
    assert best is bounds.best(replace(subset), 1)
    assert best.above_floor(1) == 260
    assert len(told) == 2  # by two prices, since somebody is left out
    assert all(line.startswith("bound of day 1 of 1: ") and line.endswith(" s, converged") for line in told)


def test_with_rush_hours_nothing_is_said(tmp_path):
    told: list[str] = []
    problem = in_rush(two_streets()[0], Random(1))
    subset = subset_of(problem, RULES, Words(EVERYBODY_SAYS | {"rush_hours"}, Waiting.WHOLE))
    assert Bounds(math.inf, Rows(tmp_path / "rows.csv"), told.append).best(subset, 1) is None
    assert set(told) == {"no bound: it does not know rush hours"}


def test_the_table_says_what_nobody_can_be_below(tmp_path):
    """Who plans nothing is allowed to leave everything out: that costs nothing."""
    problem, _ = two_streets()
    plans, bounds = Plans(tmp_path / "plans.csv"), Bounds(60.0, Rows(tmp_path / "bounds.csv"))
    rows = rows_of(Case("tiny", problem, RULES), [Lazy()], plans, bounds, 0.2, [1])
    assert [row.bound for row in rows] == [0]
    rows = [replace(row, theirs=row.ours, bound=260) for row in rows]
    page = summary(rows, [Lazy()], 0.2, [1], {})
    assert "ratio | nobody below | of theirs |" in page
    assert "| £2.60 | £2.60 | 1.000 | £2.60 | 1.000 |" in page
    assert "*Nobody below* is proved" in page
    unasked = summary([replace(row, bound=None) for row in rows], [Lazy()], 0.2, [1], {})
    assert "obody below" not in unasked


@pytest.mark.parametrize("asked", [["--bound"], ["--bound", "30"]])
def test_the_command_proves_on_request(asked, tmp_path, capsys):
    arguments = ["peers", str(GOOD), "--seconds", "1", "--seeds", "1", "--only", "OR-Tools routing", *asked]
    assert main([*arguments, "--results", str(tmp_path)]) == 0
    assert "bound of day 1 of 7" in capsys.readouterr().err
    [theirs, ours] = rows_in(tmp_path / "peers.csv")
    [row] = rows_in(tmp_path / "peers_bound.csv")
    assert row["left_out"] == theirs["unallocated"]
    assert 0 <= int(row["above_floor"]) <= int(theirs["above_floor"])
    assert int(row["above_floor"]) <= int(ours["above_floor"])


def test_a_bound_whose_row_is_there_is_not_proved_again(tmp_path):
    """And where nobody asks for proofs, what is there is told all the same."""
    _, subset = two_streets()
    path, told = tmp_path / "rows.csv", list[str]()
    assert Bounds(None, Rows(path), told.append).of("tiny", subset, 1) is None
    assert not told
    assert Bounds(60.0, Rows(path), told.append).of("tiny", subset, 1) == 260
    assert len(told) == 3  # what it is of, and the day by two prices
    for seconds in (60.0, None):
        assert Bounds(seconds, Rows(path), told.append).of("tiny", subset, 1) == 260
    assert len(told) == 3
    assert Bounds(None, Rows(path), told.append).of("tiny", subset, 2) is None
    assert [row["above_floor"] for row in rows_in(path)] == ["260"]


def test_more_seconds_prove_again_what_was_left_open(tmp_path, monkeypatch):
    """And of what was proved the best counts, whichever row it stands in."""
    _, subset = two_streets()
    rows, answers = Rows(tmp_path / "rows.csv"), [(100, 1), (90, 1), (260, 0)]

    def proof(*_):
        least, open_days = answers.pop(0)
        return Proved(least * SIXTIETHS, np.zeros(3, np.int64), open_days)

    monkeypatch.setattr(proved_module, "proved", proof)
    for seconds, best, left in ((1.0, 100, 2), (1.0, 100, 2), (2.0, 100, 1), (3.0, 260, 0), (9.0, 260, 0)):
        assert Bounds(seconds, rows).of("tiny", subset, 0) == best
        assert len(answers) == left
