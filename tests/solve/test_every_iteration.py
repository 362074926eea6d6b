"""A hundred thousand iterations of the search, each looked at: visits out and in, neighbours pushed (also through
other rounds), everybody retimed, mostly undone again; and every time the price that the kernel keeps is what the rules
find in the rota that it holds, to the unit, and nothing hard is broken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest

from benchmarks.uhhc.rules import rules_of
from scheduler.check import check
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.rules import RULES
from scheduler.rules.base import Rule
from scheduler.solve import pack as pack_module
from scheduler.solve.kernel.layout import Best
from scheduler.solve.model import encode
from scheduler.solve.search import Search
from scheduler.units import sixtieths
from tests.benchmarks.uhhc.builders import case_of
from tests.benchmarks.uhhc.random_instances import a_random_instance
from tests.solve.variety import a_varied_problem

HOT = float(sixtieths(20_000))
"""Bad changes are often taken, so that the search goes everywhere."""
COLD = float(sixtieths(20))
"""Most changes are given up half way, or undone at the end."""
ITERATIONS = 1_000
"""Of one problem."""


def held(search: Search) -> Rota:
    """The rota that the state holds now, which need not be the best one."""
    n = search.state.rounds["n"].astype(np.int64)
    best = Best(n, search.state.stops, search.state.totals, np.zeros(len(n), np.bool_), np.zeros(0, np.int64))
    return search.packing.rota(best, search.state)


def looked_at(problem: Problem, rules: Sequence[Rule], seed: int, known: Counter[str]) -> None:
    """Run the iterations one by one. `known` counts rotas that were looked at, how many of them were new, and in how
    many of those each rule found something."""
    search = Search(encode(problem, rules), seed)
    seen: tuple[object, ...] = ()
    priced = check(Rota(problem.start, problem.days), problem, rules).total
    for i in range(ITERATIONS):
        heat = HOT if i % 2 else COLD
        search.run(1, heat, heat)
        rota = held(search)
        known["looked at"] += 1
        if rota.legs == seen:
            assert int(search.state.totals[0]) == priced, f"seed {seed}: undone, and not to the unit"
            continue
        seen = rota.legs
        report = check(rota, problem, rules)
        assert not report.hard, (seed, [finding.sentence for finding in report.hard])
        assert int(search.state.totals[0]) == report.total, seed
        assert search.price <= report.total, seed
        priced = report.total
        known["new"] += 1
        known.update(f"by {name}" for name in report.by_rule())


@pytest.fixture
def much_goes_elsewhere(monkeypatch):
    """Knobs that are hardly ever turned in a plan are turned often."""
    monkeypatch.setattr(pack_module, "KNOBS", (0.3, 0.3, pack_module.KNOBS[2]))


@pytest.mark.parametrize("part", range(5))
def test_by_the_rules_of_agencies(part, much_goes_elsewhere):
    known: Counter[str] = Counter()
    for seed in range(10 * part, 10 * part + 10):
        looked_at(a_varied_problem(seed), RULES, seed, known)
    assert known["looked at"] == 10 * ITERATIONS
    assert known["new"] > 1_000, known
    assert sum(name.startswith("by ") for name in known) >= 16, "most rules that have a price found something"


@pytest.mark.parametrize("part", range(5))
def test_by_the_rules_of_published_instances(part, much_goes_elsewhere):
    """The verbs that no agency's rule uses: spans, lateness, mates, pauses, days from home to home, coupled prices."""
    known: Counter[str] = Counter()
    for seed in range(10 * part, 10 * part + 10):
        case = case_of(a_random_instance(seed, clients=7))
        looked_at(case.problem, rules_of(case), seed, known)
    assert known["looked at"] == 10 * ITERATIONS
    assert known["new"] > 4_000, known
    assert sum(name.startswith("by ") for name in known) == 10, "every rule that has a price found something"
