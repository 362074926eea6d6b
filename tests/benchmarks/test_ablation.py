"""Each part of the engine can be switched off, really is off then, and is on again afterwards."""

import pytest

from benchmarks.ablation import Run, table
from benchmarks.engine_parts import RUINS, TABLES, parts, without
from scheduler.rules import RULES
from scheduler.solve import anneal, pack
from scheduler.solve.kernel.ruin import RUINS as KINDS
from scheduler.solve.model import encode
from scheduler.solve.pack import Packing
from tests.solve.variety import a_varied_problem


def test_every_ruin_has_a_name():
    for name in TABLES:
        assert len(RUINS) == KINDS == len(getattr(pack, name))
        assert sum(getattr(pack, name)) == pytest.approx(1.0)


def test_the_chance_of_what_is_left_out_is_shared_by_the_others():
    assert without((0.5, 0.25, 0.25), 0) == (0.0, 0.5, 0.5)


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.name)
def test_a_part_is_off_and_then_on_again(part):
    before = [getattr(module, name) for module, name, _ in part.values]
    with part.missing():
        now = [getattr(module, name) for module, name, _ in part.values]
        assert now != before or part.options or part.searches
    assert [getattr(module, name) for module, name, _ in part.values] == before


@pytest.mark.parametrize("rules", [RULES, ()], ids=["tied", "untied"])
def test_a_search_takes_over_what_is_off(rules):
    tails = next(part for part in parts() if part.name == "tails")
    model = encode(a_varied_problem(1), rules)
    with tails.missing():
        assert Packing(model).hints.ruin_chance[RUINS.index("tails")] == 0.0
    assert Packing(model).hints.ruin_chance[RUINS.index("tails")] > 0.0


def test_heat_is_off_where_it_is_cold_from_the_start():
    heat = next(part for part in parts() if part.name == "heat")
    with heat.missing():
        assert anneal.temperature(0.0) == anneal.temperature(1.0) == anneal.COLD


def test_one_search_does_the_work_of_two():
    """By the clock it has the same seconds."""
    [second] = [part for part in parts() if part.name == "a second search"]
    assert second.choices({"iterations": 300, "seconds": 60.0}, 2) == {
        "iterations": 600,
        "seconds": 60.0,
        "workers": 1,
    }
    assert second.choices({"iterations": None, "seconds": 60.0}, 2)["iterations"] is None


def test_the_table_compares_with_the_whole_of_the_same_seed():
    def a_run(part: str, seed: int, price: int) -> Run:
        return Run("a", 10, part, "9 iterations", seed, 0, price, 1.0)

    found = [a_run("none", 1, 100), a_run("tails", 1, 101), a_run("none", 2, 200), a_run("tails", 2, 206)]
    assert "| tails | +2.00% | +1.00% +3.00% | 0 0 | 1 |" in table(found)


def test_the_command_writes_a_row_a_plan_and_a_table(tmp_path):
    from benchmarks.__main__ import main

    given = ["ablation", "small", "--iterations", "60", "--seeds", "1", "--only", "tails"]
    assert main([*given, "--results", str(tmp_path)]) == 0
    assert len((tmp_path / "ablation.csv").read_text().splitlines()) == 3
    assert "| tails |" in (tmp_path / "ablation.md").read_text()
