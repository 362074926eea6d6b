"""Each command on an agency of a few visits: it ends well and its results have all their fields. Nothing is timed."""

import csv
import json
from argparse import Namespace
from dataclasses import fields, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks import footprint, region, smoke, stages
from benchmarks.__main__ import COMMANDS, main
from benchmarks.agencies import Agency
from benchmarks.machine import stamp
from benchmarks.mornings import NAMES, Morning, Way
from benchmarks.promises_table import PROMISES, SIDE_EFFECTS
from benchmarks.repair import each, in_all
from benchmarks.results import RESULTS, ROOT
from benchmarks.stages import IN_ALL, medians
from benchmarks.variants import VARIANTS
from benchmarks.weeks import Week, seconds_until
from scheduler.errors import CareroundError
from scheduler.rota import Rota
from scheduler.rota_json import to_json
from scheduler.solve.options import Progress
from tests.intake.agencies import GOOD, MONDAY

PARTS = (
    "import|import engine|compiled kernels|load: the rest|load: read files|load: read cells|load: postcodes|validate|"
    "load: build|travel|load: warnings|encode|check|explain|write_all: the rest|cost|measures|report.html|map.html|"
    "rota.xlsx|rota.csv|rota.json|carers/*.ics"
).split("|")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_weeks_has_a_row_a_plan(tmp_path, capsys):
    command = ["weeks", str(GOOD), "--iterations", "200", "--seeds", "1", "2", "--results", str(tmp_path)]
    assert main(command) == 0
    rows = rows_of(tmp_path / "weeks.csv")
    assert [row["seed"] for row in rows] == ["1", "2"]
    assert list(rows[0]) == [*stamp(), *(field.name for field in fields(Week))]
    assert all(row["search"] == "200 iterations" and row["hard_findings"] == "0" for row in rows)
    assert "iterations_a_second" in capsys.readouterr().out

    assert main([*command[:4], "--seeds", "2", "--results", str(tmp_path)]) == 0
    again = rows_of(tmp_path / "weeks.csv")
    assert len(again) == 3, "rows are added"
    assert again[2]["price_pence"] == rows[1]["price_pence"], "same seed, same iterations, same rota"


def test_region_has_a_row_and_a_county_on_paper(tmp_path, capsys):
    assert main(["region", str(GOOD), *region.SMOKE, "--results", str(tmp_path)]) == 0
    (row,) = rows_of(tmp_path / "region.csv")
    assert (row["agencies"], row["scenarios"], row["runs"], row["workers"]) == ("1", "5", "5", "1")
    assert float(row["runs_a_minute"]) > 0
    county = (tmp_path / "region.md").read_text(encoding="utf-8")
    assert "150 providers x 5 scenarios x 1 seeds x 2 readings = 1,500 runs" in county
    assert county in capsys.readouterr().out


def test_repair_has_a_row_a_morning_and_says_how_fast_an_answer_is(tmp_path, capsys):
    command = ["repair", str(GOOD), "--iterations", "100", "--seeds", "1", "--mornings", "2"]
    assert main([*command, "--repair-iterations", "20", "--results", str(tmp_path)]) == 0
    rows = rows_of(tmp_path / "repair.csv")
    assert [(row["morning"], row["hard"]) for row in rows] == [("1", "0"), ("2", "0")]
    assert all(int(row[f"{NAMES[0]}_told"]) >= int(row["needed"]) > 0 for row in rows)
    text = (tmp_path / "repair.md").read_text(encoding="utf-8")
    assert "is absent from" in text
    changed = sum(int(row[f"{NAMES[0]}_told"]) for row in rows)
    assert f"| Fewest changes | {sum(int(row[f'{NAMES[0]}_nobody']) for row in rows)} | {changed} |" in text
    assert " ms in the median" in capsys.readouterr().out


MORNING = Morning(
    agency="a", morning=1, happened="Ill.", first=1, cpu=1, all=3, hard=0, nobody_before=0, critical_left=0, needed=4,
    clients=5, carers=6, ways={}, free=100, free_nobody=0, anew=200, anew_nobody=0,
)  # fmt: skip


@pytest.mark.parametrize(
    "nobody, free, name, cell",
    [
        ((0, 0, 0), 0, "fewest", "10% (Fewest changes)"),
        ((1, 0, 0), 0, "kindest", "20% (Kindest to people)"),
        ((1, 0, 0), 1, "fewest", "10% (Fewest changes)"),
        ((2, 1, 1), 0, "kindest", "none"),
    ],
)
def test_a_repair_is_held_against_a_free_plan_that_leaves_as_many_to_nobody(nobody, free, name, cell):
    """Where none of the proposals leaves so few the table says so, and counts the one that comes next to it."""
    changes = dict(zip(NAMES, (10, 30, 20), strict=True))
    ways = {way: Way(changes[way], left, 0) for way, left in zip(NAMES, nobody, strict=True)}
    morning = replace(MORNING, ways=ways, free_nobody=free)
    assert morning.as_full == name
    text = in_all([morning])
    label = "Fewest changes with as few without anybody as the free plan, or nearest to it"
    last = f"| {label} | {ways[name].nobody} | {changes[name]} |"
    assert last in text
    assert each([morning]).endswith(f" {cell} |")


def told(*points: tuple[str, float, int], left: int) -> Any:
    progress = [Progress(stage, seconds, unallocated=unallocated) for stage, seconds, unallocated in points]
    return SimpleNamespace(progress=progress, unallocated=left, seconds=9.0)


def test_the_first_rota_is_the_first_that_the_search_tells_of():
    result = told(("planning core teams", 0.2, 0), ("searching", 1.0, 40), ("searching", 2.0, 3), left=1)
    assert seconds_until(result, 100) == 1.0
    assert seconds_until(result, 3) == 2.0
    assert seconds_until(result, 2) == 9.0, "only after the leftovers were placed"
    assert seconds_until(result, 0) is None


def test_stages_times_each_part_and_all_of_them(tmp_path, capsys):
    command = ["stages", str(GOOD), "--seconds", "0.2", "--runs", "1", "--results", str(tmp_path)]
    assert main(command) == 0
    rows = rows_of(tmp_path / "stages.csv")
    assert [row["stage"] for row in rows][-1] == IN_ALL
    assert {row["stage"] for row in rows} == {*PARTS, IN_ALL}
    assert list(rows[0]) == [*stamp(), "agency", "visits", "unallocated", "runs", "stage", "seconds"]
    assert IN_ALL in capsys.readouterr().out


def test_footprint_is_of_a_whole_plan(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(footprint, "seconds_of_compiling", lambda: 20.0)
    assert main(["footprint", str(GOOD), "--seconds", "1", "--results", str(tmp_path)]) == 0
    (row,) = rows_of(tmp_path / "footprint.csv")
    assert list(row) == [*stamp(), *(field.name for field in fields(footprint.Footprint))]
    assert 0 < float(row["first_rota"]) < 60
    assert 60 < int(row["mib"]) < 1_000
    assert "first_rota" in capsys.readouterr().out


def test_a_plan_that_fails_has_no_footprint(tmp_path):
    nowhere = Agency("nowhere", tmp_path, MONDAY, 7)
    with pytest.raises(CareroundError, match="A command failed: plan"):
        footprint.planned(nowhere, 1.0)


def test_stages_takes_a_rota_that_is_given(tmp_path, monkeypatch):
    file = tmp_path / "rota.json"
    file.write_text(to_json(Rota(MONDAY, 7)), encoding="utf-8")
    given = []

    def timed(agency, rota, runs):
        given.append((agency.folder, rota.legs, runs))
        return [{"check": 1.0}]

    monkeypatch.setattr(stages, "timed", timed)
    assert main(["stages", str(GOOD), "--rota", str(file), "--runs", "4", "--results", str(tmp_path)]) == 0
    assert given == [(GOOD, (), 4)]
    row = rows_of(tmp_path / "stages.csv")[0]
    assert row["unallocated"] == row["visits"] != "0"


def test_the_median_in_all_is_that_of_whole_runs():
    runs = [{"a": 1.0, "b": 5.0}, {"a": 2.0, "b": 1.0}, {"a": 9.0, "b": 2.0}]
    assert medians(runs) == {"a": 2.0, "b": 2.0, IN_ALL: 6.0}


def test_promises_writes_the_tables_and_every_number_behind_them(tmp_path, capsys):
    command = ["promises", str(GOOD), "--iterations", "100", "--seeds", "3", "4", "--results", str(tmp_path)]
    assert main(command) == 0
    table = (tmp_path / "promises.md").read_text(encoding="utf-8")
    assert table in capsys.readouterr().out
    assert "mean of seeds 3, 4" in table
    assert all(
        f"| {promise} | {shown.words} |" in table for promise, _, numbers in PROMISES for shown in numbers
    )
    assert all(f"| {shown.words} |" in table for shown in SIDE_EFFECTS)
    told = json.loads((tmp_path / "promises.json").read_text(encoding="utf-8"))
    assert told["processor"]
    runs = told["agencies"][0]["runs"]
    assert list(runs) == [variant.name for variant in VARIANTS]
    assert all([row["seed"] for row in rows] == [3, 4] for rows in runs.values())
    assert all(row["hard_findings"] == 0 for row in runs["kept"])


def test_bound_has_a_row_a_day(tmp_path, capsys):
    command = ["bound", str(GOOD), "--iterations", "300", "--seeds", "1", "--results", str(tmp_path)]
    assert main(command) == 0
    rows = rows_of(tmp_path / "bound.csv")
    assert [row["day"] for row in rows] == [f"2026-11-{day}" for day in range(23, 30)]
    assert all(row["status"] == "converged" for row in rows)
    assert all(
        row[gap].endswith("%") and not row[gap].startswith("-") for row in rows for gap in ("plan", "alone")
    )
    assert all(float(row["simple"][:-1]) >= float(row["alone"][:-1]) for row in rows)
    table = (tmp_path / "bound.md").read_text(encoding="utf-8")
    assert table in capsys.readouterr().out
    assert "as long as it takes" in table
    assert all(f"| {row['day']} | {row['bound']} |" in table for row in rows)


def test_what_cannot_be_used_is_said_and_is_exit_2(tmp_path, capsys):
    assert main(["weeks", "nowhere", "--results", str(tmp_path)]) == 2
    assert main(["stages", str(GOOD), "--runs", "0", "--results", str(tmp_path)]) == 2
    assert "no agency 'nowhere'" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def a_benchmark(name: str) -> Any:
    return SimpleNamespace(NAME=name, SMOKE=("--fast",))


def smoked(main, *names: str) -> int:
    return smoke.run(Namespace(agency=GOOD), [a_benchmark(name) for name in names], main)


def test_smoke_passes_when_every_benchmark_writes_a_result(capsys):
    seen = []

    def well(arguments):
        seen.append(arguments)
        folder = Path(arguments[-1])
        folder.mkdir()
        (folder / "result").touch()
        return 0

    assert smoked(well, "one", "two") == 0
    assert [arguments[:4] for arguments in seen] == [
        [name, str(GOOD), "--fast", "--results"] for name in ("one", "two")
    ]
    assert not any(Path(arguments[-1]).is_relative_to(ROOT) for arguments in seen)
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()] == [
        ["one", "ok"],
        ["two", "ok"],
    ]


@pytest.mark.parametrize("fault", ["raises", "exits", "says 2", "writes nothing"])
def test_smoke_fails_with_any_benchmark(fault, capsys):
    def ill(arguments):
        print("what it said")
        if fault == "raises":
            raise KeyError("gone")
        if fault == "exits":
            raise SystemExit(2)
        return 2 if fault == "says 2" else 0

    assert smoked(ill, "one") == 1
    out = capsys.readouterr().out
    assert "FAILED" in out
    assert "what it said" in out
    assert ("KeyError" in out) == (fault == "raises")


def test_smoke_of_a_real_benchmark_leaves_nothing_behind(capsys):
    before = sorted(RESULTS.rglob("*"))
    weeks = next(command for command in COMMANDS if command.NAME == "weeks")
    assert smoke.run(Namespace(agency=GOOD), [weeks], main) == 0
    assert sorted(RESULTS.rglob("*")) == before


def test_every_benchmark_can_be_smoked_and_is_in_the_readme():
    readme = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert command.SMOKE or hasattr(command, "EXAMPLE")
        assert f"| `{command.NAME}` |" in readme
