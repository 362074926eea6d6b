"""The rules, the judge and, where one is at hand, an outside checker see every rota alike."""

import importlib.util
import os
from collections import Counter
from types import ModuleType

import pytest

from benchmarks.uhhc.case import Case
from benchmarks.uhhc.instance import COMPONENTS
from benchmarks.uhhc.judge import judge
from benchmarks.uhhc.rules import rules_of
from benchmarks.uhhc.solution import solution_of
from scheduler.check import check
from scheduler.rota import Rota
from tests.benchmarks.uhhc.builders import JSON, case_of
from tests.benchmarks.uhhc.random_instances import a_random_instance, a_random_rota

RUNS = 1500
MOST_JOURNEYS = 5 * 2 * 2
"""Of five clients with two services each, all by other carers."""
NOT_ASKED = ("before the day begins", "more than one service", " windows.")
"""What an outside checker that goes by the text of the format alone does not look at."""
OUTSIDE = os.environ.get("CAREROUND_UHHC_CHECKER", "")
"""Path of a Python file with `check(instance, solution) -> {"objective", "parts", "errors"}`."""


def test_rules_and_judge_agree_on_random_rotas():
    """They call the same rotas wrong, and price all others alike; both kinds, and every component, occur."""
    seen: Counter[str] = Counter()
    for seed in range(RUNS):
        data, case, rota = some_rota(seed)
        report = check(rota, case.problem, rules_of(case))
        must = {row["id"] for row in data["patients"] if not row["optional"]}
        wrong = bool(report.hard) or any(visit.client in must for visit in rota.unallocated(case.problem))
        seen["wrong" if wrong else case.instance.origin] += 1
        if report.hard and case.ticks > 1:
            continue  # orders that nobody can keep have no earliest starts
        verdict = judge(data, solution_of(rota, case))
        assert wrong == bool(verdict.errors), (seed, report.hard, verdict.errors)
        if wrong:
            continue
        seen.update(part for part, value in verdict.parts.items() if value)
        if case.ticks == 1:
            assert case.objective(report.total) == verdict.objective, (seed, report, verdict)
        else:  # ticks are rounded to the hard side, and starts are as early as may be
            assert verdict.objective <= case.objective(report.total), seed
            travel = case.objective(sum(f.price for f in report.findings if f.rule == "travel_time"))
            assert 0 <= travel - verdict.values["travel_time"] < MOST_JOURNEYS / case.ticks, seed
    assert min(seen[kind] for kind in ("wrong", "generated", "bazirha-caie", "mankowska")) > 30, seen
    assert all(seen[part] for part in COMPONENTS), seen


@pytest.mark.skipif(not OUTSIDE, reason="CAREROUND_UHHC_CHECKER names no checker to compare with")
def test_the_judge_agrees_with_an_outside_checker():
    outside = _outside()
    for seed in range(RUNS):
        data, case, rota = some_rota(seed)
        if case.ticks > 1 and check(rota, case.problem, rules_of(case)).hard:
            continue
        solution = solution_of(rota, case)
        ours, theirs = judge(data, solution), outside.check(data, solution)
        beyond = [error for error in ours.errors if any(what in error for what in NOT_ASKED)]
        wrong = len(ours.errors) > len(beyond)
        assert wrong == bool(theirs["errors"]), (seed, ours.errors, theirs["errors"])
        if not ours.errors:
            assert ours.objective == pytest.approx(theirs["objective"]), seed
            assert ours.parts == pytest.approx(theirs["parts"]), seed


def some_rota(seed: int) -> tuple[JSON, Case, Rota]:
    """Three rotas an instance."""
    data = a_random_instance(seed // 3)
    case = case_of(data)
    return data, case, a_random_rota(case, seed)


def _outside() -> ModuleType:
    spec = importlib.util.spec_from_file_location("outside_checker", OUTSIDE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
