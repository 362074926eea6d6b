"""One instance and many: rows, solutions, values published by others, and going on after a stop. Nothing is timed."""

import csv
import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.__main__ import main, parser
from benchmarks.machine import commit, stamp
from benchmarks.uhhc import suite
from benchmarks.uhhc.best_known import Published, published
from benchmarks.uhhc.command import EXAMPLE, Run
from benchmarks.uhhc.judge import judge
from benchmarks.uhhc.solving import seconds_to_best, solved
from benchmarks.uhhc.suite_table import classes
from scheduler.errors import CareroundError
from scheduler.solve.options import Progress

BEST = "instance,best_known,sa_mean_10_runs,sa_mean_time_s\ntiny,4000,4100,12.5\nother,10,,\n"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def a_row(instance: str = "A1", **values: Any) -> dict[str, str]:
    row = {
        "set": "bazirha",
        "instance": instance,
        "clients": 10,
        "errors": 0,
        "gap_percent": "",
        "mean_percent": "",
    }
    return {name: str(value) for name, value in (row | values).items()}


@pytest.fixture
def best(tmp_path):
    """A table of published values."""
    path = tmp_path / "best.csv"
    path.write_text(BEST)
    return path


def test_one_instance_is_planned_judged_and_written(tmp_path, best, capsys):
    out = tmp_path / "solutions" / "tiny.json"
    budget = ["--iterations", "300", "--seed", "7"]
    command = ["uhhc", str(EXAMPLE), *budget, "--out", str(out), "--best", str(best)]
    assert main([*command, "--results", str(tmp_path)]) == 0
    verdict = judge(json.loads(EXAMPLE.read_text()), json.loads(out.read_text()))
    assert not verdict.errors
    (row,) = rows_of(tmp_path / "uhhc.csv")
    assert list(row) == [*stamp(), *Run.__slots__]
    assert (row["instance"], row["set"], row["seed"], row["search"]) == (
        "tiny",
        "example",
        "7",
        "300 iterations",
    )
    assert float(row["objective"]) == verdict.objective
    assert float(row["gap_percent"]) == pytest.approx((verdict.objective - 4000) / 40, abs=0.001)
    assert float(row["mean_percent"]) == pytest.approx((verdict.objective - 4100) / 41, abs=0.001)
    assert "objective" in capsys.readouterr().out


def test_a_solution_with_an_error_is_told_and_ends_with_1(tmp_path, capsys):
    data = json.loads(EXAMPLE.read_text())
    for carer in data["caregivers"]:
        carer["abilities"] = ["s2", "s3"]  # nobody is left for the services s1, of which none is optional
    path = tmp_path / "poor.json"
    path.write_text(json.dumps(data))
    assert main(["uhhc", str(path), "--iterations", "50", "--results", str(tmp_path)]) == 1
    assert "ERROR: p1 must be visited and is not." in capsys.readouterr().out
    assert int(rows_of(tmp_path / "uhhc.csv")[0]["errors"]) >= 1


def test_a_file_that_is_no_instance_is_wrong_input(tmp_path, capsys):
    assert main(["uhhc", str(tmp_path / "absent.json"), "--results", str(tmp_path)]) == 2
    assert "absent.json" in capsys.readouterr().err


def test_the_engine_prices_a_plan_as_the_judge_does():
    """`solved` compares the two itself, and so do the rules and the engine within `solve`."""
    done = solved(EXAMPLE, iterations=400, seed=3)
    assert not done.verdict.errors
    assert done.case.objective(done.result.report.total) == done.verdict.objective


def test_a_small_instance_is_proved_where_there_is_time():
    assert solved(EXAMPLE, seconds=3.0, seed=1).result.bound is not None
    assert solved(EXAMPLE, iterations=200, seed=1).result.bound is None


def test_seconds_to_best_is_when_the_best_price_was_first_told():
    told = [(0.5, 0, 0), (1.0, 900, 40), (2.0, 700, 80), (3.0, 700, 120)]
    progress = [Progress("searching", seconds, price, iterations=n) for seconds, price, n in told]
    assert seconds_to_best(progress, 9.0) == 2.0
    assert seconds_to_best([], 9.0) == 9.0


# -- many ---------------------------------------------------------------------------------------------------------


def asked(*arguments: object) -> tuple[Namespace, list[suite.Task]]:
    """What a suite is asked for, and the runs that it makes of it."""
    given = parser().parse_args(["suite", *map(str, arguments)])
    return given, list(suite.tasks(given))


@pytest.fixture
def folder(tmp_path):
    """Two instances in folders of their own."""
    for name in ("first", "second"):
        path = tmp_path / "instances" / name / f"{name}-1.json"
        path.parent.mkdir(parents=True)
        path.write_text(EXAMPLE.read_text())
    return tmp_path / "instances"


def test_a_suite_goes_on_where_it_was_stopped(tmp_path, folder, capfd):
    command = ["suite", str(folder), "--iterations", "30", "--results", str(tmp_path), "--only", "first-*"]
    assert main([*command, "--seeds", "1"]) == 0
    assert main([*command, "--seeds", "1", "2"]) == 0
    assert [row["seed"] for row in rows_of(tmp_path / "uhhc.csv")] == ["1", "2"], "seed 1 was there"
    told = capfd.readouterr()
    assert "1 runs, 0 of them done before" in told.err
    assert "2 runs, 1 of them done before" in told.err
    assert told.out.count("name ") == 2, "a table each time"


def test_a_run_that_fails_is_told_at_the_end(tmp_path, folder, capfd):
    odd = folder / "first" / "first-1.json"
    odd.write_text("{}")
    assert main(["suite", str(folder), "--iterations", "30", "--seeds", "1", "--results", str(tmp_path)]) == 1
    assert [row["instance"] for row in rows_of(tmp_path / "uhhc.csv")] == ["second-1"], "the other was run"
    assert "is missing" in capfd.readouterr().err


def test_a_suite_runs_all_instances_with_one_seed_before_the_next(folder):
    _, found = asked(folder, "--seeds", 5, 6)
    assert [(task.path.stem, task.seed) for task in found] == [
        ("first-1", 5), ("second-1", 5), ("first-1", 6), ("second-1", 6),
    ]  # fmt: skip
    assert {task.search for task in found} == {"60 s"}


def test_a_suite_takes_the_instances_asked_for(folder):
    _, found = asked(folder, "--only", "sec*", "--seeds", 1)
    assert [task.path.stem for task in found] == ["second-1"]
    with pytest.raises(CareroundError, match="no instance x"):
        asked(folder, "--only", "x*")


def test_the_command_of_a_run(tmp_path, folder, best):
    given, (task,) = asked(
        folder, "--only", "first-1", "--seeds", 4, "--seconds", 7, "--best", best,
        "--results", tmp_path, "--solutions", tmp_path / "kept",
    )  # fmt: skip
    assert task.command(given) == [
        sys.executable, "-m", "benchmarks", "uhhc", str(folder / "first" / "first-1.json"), "--seconds", "7",
        "--seed", "4", "--results", str(tmp_path), "--best", str(best),
        "--out", str(tmp_path / "kept" / "first" / "first-1-4.json"),
    ]  # fmt: skip


@pytest.mark.parametrize("origin, name, seconds", [
    ("generated", "tiny", "12.5"),  # as published
    ("generated", "other", "20"),  # a value, but no seconds
    ("generated", "unknown", "20"),
    ("mankowska", "unknown", "60"),
])  # fmt: skip
def test_published_seconds(tmp_path, best, origin, name, seconds):
    data = json.loads(EXAMPLE.read_text())
    data["metadata"]["origin"] = origin
    data["caregivers"] = [{**carer, "lunch_break": False} for carer in data["caregivers"]]
    path = tmp_path / "instances" / f"{name}.json"
    path.parent.mkdir()
    path.write_text(json.dumps(data))
    _, (task,) = asked(path.parent, "--seconds", "published", "--best", best, "--seeds", 1)
    assert task.budget == ("--seconds", seconds)
    assert task.search == f"{seconds} s"


def test_published_seconds_that_no_table_tells_are_refused(folder, tmp_path, capsys):
    """Else all instances would have the seconds of those that nobody has published."""
    assert main(["suite", str(folder), "--seconds", "published", "--results", str(tmp_path)]) == 2
    assert "--best" in capsys.readouterr().err
    assert not (tmp_path / "uhhc.csv").exists()


def test_a_row_of_another_commit_is_not_this_run(tmp_path):
    path = tmp_path / "set" / "a.json"
    task = suite.Task(path, 1, ("--seconds", "20"), "20 s")
    row = {"set": "set", "instance": "a", "seed": "1", "search": "20 s", "commit": commit()}
    assert task.is_in(row)
    for name, other in (
        ("set", "b"),
        ("instance", "b"),
        ("seed", "2"),
        ("search", "21 s"),
        ("commit", "0000"),
    ):
        assert not task.is_in(row | {name: other})


def test_classes_by_hand():
    rows = [
        a_row("A1", gap_percent="0.0", mean_percent="-1.0"),
        a_row("A1", gap_percent="2.0", mean_percent="0.5"),
        a_row("A2", gap_percent="-1.0", mean_percent="3.0"),
        a_row("A3", errors=2, gap_percent="-50", mean_percent="-50"),
        a_row("M1", set="mankowska", clients=100, gap_percent="4.0"),
        a_row("M2", set="mankowska", clients=25),
    ]
    bazirha, small, large = classes(rows)
    assert (small.name, large.name) == ("mankowska 25", "mankowska 100")
    assert (bazirha.instances, bazirha.runs, bazirha.errors) == (3, 4, 1)
    assert bazirha.mean_gap == pytest.approx(1 / 3)
    assert bazirha.worst_gap == 2.0
    assert (bazirha.at_best, bazirha.below_best) == (2, 1)
    assert bazirha.against_mean == pytest.approx((-0.25 + 3.0) / 2)
    assert bazirha.below_mean == 1
    assert (small.mean_gap, small.against_mean) == (None, None)


def test_published_values_are_read(best):
    known = published([best])
    assert known["tiny"] == Published(4000.0, 4100.0, 12.5)
    assert known["other"] == Published(10.0)
    assert known["other"].gap(9) == -10.0
    assert (Published().gap(9), Published().against_mean(9)) == (None, None)


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "instance,best_known\nx,much\n"])
def test_a_table_that_is_none_is_refused(tmp_path, text):
    path = tmp_path / "odd.csv"
    path.write_text(text)
    with pytest.raises(CareroundError, match=r"odd\.csv"):
        published([path])
