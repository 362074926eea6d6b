"""The prototype's week: its rules worked by hand, and our price of a rota is the price of an evaluator of its own."""

import csv
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from benchmarks import prototype_tiny as tiny
from benchmarks.__main__ import main
from benchmarks.prototype_problem import EVER, by_leg, problem_of, rules_of
from benchmarks.prototype_rules import UNIT
from scheduler.check import check
from scheduler.cost import cost
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.solve import solve

TINY = Path(tiny.__file__)


def a_week(**changes: Any) -> Any:
    """Two clients 4 km apart, who both see `k0` (car, 10 min between any two places) and could see `k1` (on foot,
    an hour): a double-up at 08:00 and a visit at 10:00 on Monday, one at 07:00 on Tuesday."""
    week = SimpleNamespace(C=2, K=2, nV=3, nLeg=4, xy=np.zeros((4, 2)))
    apart = 1 - np.eye(4)
    week.KM = 4.0 * apart
    week.T = np.stack([10 * apart, 20 * apart, 60 * apart]).astype(np.int32)
    week.k_mode = np.array([0, 2])
    week.k_min, week.k_max = np.array([400, 0]), np.array([2000, 2000])
    week.tour = np.array([(k, d, d * 1440, d * 1440 + 1440) for k in (0, 1) for d in (0, 1)])
    week.v_cl, week.v_day, week.v_dur = np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([30, 45, 60])
    week.v_pref = np.array([480, 600, 1860])
    week.v_lo, week.v_hi = week.v_pref - 60, week.v_pref + 60
    week.v_nl, week.v_leg0, week.v_prio = np.array([2, 1, 1]), np.array([0, 2, 3]), np.array([1, 2, 3])
    week.okc, week.v_skill, week.k_skill = (
        np.ones((2, 2), dtype=np.bool_),
        np.array([0, 4, 5]),
        np.array([5, 6]),
    )
    week.aff, week.pairc = np.array([[0, 3.0], [1.5, 0]]), np.array([[4.0, 20.0], [20.0, 4.0]])
    week.gap = np.zeros((0, 4), dtype=np.int64)
    return SimpleNamespace(**{**vars(week), **changes})


def a_rota(*legs: Leg) -> Rota:
    return Rota(PROBLEM.start, 7, legs)


PROBLEM = problem_of(a_week(), tiny.W)
DOUBLE = (Leg(485, "k0", "v0", 30), Leg(485, "k1", "v0", 30, second=True))
SECOND = Leg(600, "k0", "v1", 45)
TUESDAY = Leg(1860, "k0", "v2", 60)


def hard(week: Any, *legs: Leg, problem: Problem | None = None) -> list[tuple[str, int]]:
    report = check(a_rota(*legs), problem or problem_of(week, tiny.W), rules_of(week, tiny.W))
    return [(finding.rule, finding.amount) for finding in report.hard]


def test_every_price_of_a_rota_worked_by_hand():
    week = a_week()
    rota = a_rota(*DOUBLE, SECOND)
    prices = {line.rule: line.price / UNIT for line in cost(rota, PROBLEM, rules_of(week, tiny.W)).lines}
    assert prices == {
        "unallocated": 15000.0,  # 5,000 x priority 3
        "punctuality": 1.0,  # 5 minutes late x 0.2, counted once for the double-up
        "home_travel": pytest.approx(0.3 * (20 + 120)),
        "prototype_on_the_way": 10.0 + 60.0,  # of the 75 minutes that k0 waits 60 are paid
        "prototype_kilometres": pytest.approx(1.4 * 4),  # k1 walks
        "prototype_pairs": 4.0 + 20.0 + 20.0,  # client 0 sees both, client 1 sees k0
        "prototype_affinity": 0.0 + 3.0 + 1.5,
        "prototype_least_hours": 0.5 * (400 - 75 - 10 - 60),
    }


def test_rest_is_counted_without_the_journeys_home():
    week = a_week(v_lo=np.array([420, 540, 1440]), v_hi=np.array([540, 1439, 1920]))
    late = Leg(1200 - 45, "k0", "v1", 45)
    assert hard(week, late, Leg(1860, "k0", "v2", 60)) == []
    assert hard(week, late, Leg(1859, "k0", "v2", 60)) == [("prototype_rest", 1)]


def test_hours_are_counted_without_the_journeys_home():
    fits, short = a_week(k_max=np.array([205, 2000])), a_week(k_max=np.array([204, 2000]))
    for week in (fits, short):
        week.k_min = np.array([0, 0])
    legs = (*DOUBLE, SECOND, TUESDAY)  # 135 with clients, 10 on the road, 60 of 75 waiting
    assert hard(fits, *legs) == []
    assert hard(short, *legs) == [("prototype_most_hours", 1)]


def test_skills_are_bits_and_who_may_not_come_is_a_tie():
    alone = Leg(600, "k1", "v1", 45)
    assert hard(a_week(), alone) == []
    assert hard(a_week(k_skill=np.array([5, 3])), alone) == [("skills", 1)]
    assert hard(a_week(okc=np.array([[True, True], [True, False]])), alone) == [("relations", 1)]
    assert hard(a_week(), Leg(1860, "k1", "v2", 60)) == [
        ("skills", 1)
    ]  # 5 asks for 1 and 4, and 6 is 4 and 2


def test_links_without_a_limit_ask_nothing_on_that_side():
    week = a_week(gap=np.array([[0, 1, 116, EVER], [1, 2, -EVER, 1259]]))
    assert hard(week, *DOUBLE, SECOND, TUESDAY) == [("links", 1), ("links", 1)]


def test_a_rota_is_numbered_by_leg():
    carers, starts = by_leg(a_rota(*DOUBLE, TUESDAY), a_week())
    assert carers.tolist() == [0, 1, -1, 0]
    assert starts.tolist() == [485, 485, -1, 1860]


@pytest.mark.parametrize("seed", range(4))
def test_an_evaluator_of_its_own_finds_the_same_price(seed):
    week = tiny.generate(seed=seed)
    problem, rules = problem_of(week, tiny.W), rules_of(week, tiny.W)
    rota = solve(problem, rules=rules, iterations=150, seed=seed, workers=1).rota
    for part in (rota, rota.without(["v0", "v7"])):
        broken, _, numbers = tiny.evaluate(week, *by_leg(part, week))
        assert broken == {}
        assert check(part, problem, rules).total / UNIT == pytest.approx(numbers["total"], abs=0.15)
    dice = np.random.default_rng(seed)
    verdicts = []
    for _ in range(60):
        moved, minutes = f"v{dice.integers(week.nV)}", int(dice.integers(-60, 60))
        later = rota.without([moved]).with_legs(
            Leg(leg.start + minutes, leg.carer, leg.visit, leg.minutes, leg.second)
            for leg in rota.of_visit(moved)
        )
        verdicts.append(bool(check(later, problem, rules).hard))
        assert bool(tiny.evaluate(week, *by_leg(later, week))[0]) == verdicts[-1]
    assert {True, False} == set(verdicts)


def test_the_command_judges_with_the_prototypes_own_evaluator(tmp_path, capsys):
    command = ["prototype", str(TINY), "--iterations", "100", "--seeds", "1", "2", "--results", str(tmp_path)]
    assert main(command) == 0
    with (tmp_path / "prototype.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["seed"] for row in rows] == ["1", "2"]
    assert all(row["broken"] == "" and float(row["cost"]) > 0 for row in rows)
    assert all(float(row["ours"]) == pytest.approx(float(row["total"]), abs=0.15) for row in rows)
    assert "distinct_carers_mean" in capsys.readouterr().out


def test_a_file_that_is_no_prototype_is_refused(tmp_path, capsys):
    other = tmp_path / "other.py"
    other.write_text("W = {}\n", encoding="utf-8")
    assert main(["prototype", str(tmp_path / "hc.py")]) == 2
    assert main(["prototype", str(other)]) == 2
    said = capsys.readouterr().err
    assert "There is no prototype" in said
    assert "it has no generate, evaluate" in said
