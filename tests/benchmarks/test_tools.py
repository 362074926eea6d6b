"""What the benchmarks share: the stopwatch, result files, tables, the machine, the choice of agencies."""

import argparse
import csv
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks import agencies as choice
from benchmarks import machine
from benchmarks.agencies import Agency, add_agencies, agencies, folder_of
from benchmarks.results import append_row
from benchmarks.stopwatch import Stopwatch
from benchmarks.tables import markdown_table, text_table
from scenarios.generate import Spec
from scheduler.errors import CareroundError
from tests.intake.agencies import GOOD


def test_stages_within_a_stage_are_taken_off_it():
    ticks = iter([0.0, 1.0, 4.0, 10.0])  # outer begins, inner begins, inner ends, outer ends
    watch = Stopwatch(lambda: next(ticks))
    with watch.stage("outer"), watch.stage("inner"):
        pass
    assert watch.seconds == {"outer": 7.0, "inner": 3.0}


def test_a_watched_function_is_a_stage_and_does_what_it_did():
    ticks = iter([0.0, 2.0, 5.0, 9.0])
    owner = SimpleNamespace(double=lambda x: 2 * x)
    watch = Stopwatch(lambda: next(ticks))
    watch.watch(owner, "double", "doubling")
    assert [owner.double(4), owner.double(x=5)] == [8, 10]
    assert watch.seconds == {"doubling": 6.0}


def test_a_stage_that_fails_ends_all_the_same():
    ticks = iter([0.0, 1.0, 3.0, 4.0])
    watch = Stopwatch(lambda: next(ticks))
    with watch.stage("outer"), pytest.raises(ZeroDivisionError), watch.stage("inner"):
        raise ZeroDivisionError
    assert watch.seconds == {"outer": 2.0, "inner": 2.0}


def test_rows_are_added_and_new_columns_are_empty_in_the_old_ones(tmp_path):
    path = tmp_path / "new folder" / "rows.csv"
    append_row(path, {"a": 1, "b": None})
    append_row(path, {"b": "x, y", "c": 2.5})
    with path.open(newline="", encoding="utf-8") as file:
        assert list(csv.DictReader(file)) == [
            {"a": "1", "b": "", "c": ""},
            {"a": "", "b": "x, y", "c": "2.5"},
        ]
    assert [file.name for file in path.parent.iterdir()] == ["rows.csv"]


def test_the_text_table_is_aligned():
    rows = [{"agency": "demo", "visits": 1000, "s": 0.5}, {"agency": "branch", "visits": 2500, "s": None}]
    assert text_table(rows).splitlines() == [
        "agency  visits     s",
        "demo     1,000  0.50",
        "branch   2,500     -",
    ]
    assert text_table([]) == ""


def test_the_markdown_table_has_numbers_to_the_right():
    assert markdown_table(("what", "n"), [("visits", "3")]) == "| what | n |\n| :-- | --: |\n| visits | 3 |"


def test_the_stamp_says_when_with_what_and_on_what():
    stamp = machine.stamp()
    parts = ["python", "careround", "ortools", "numba", "numpy"]
    assert list(stamp) == ["date", "commit", *parts, "processor", "cores", "load"]
    assert all(stamp[part] for part in ["date", "python", "ortools", "numba", "numpy", "processor"])
    assert int(stamp["cores"]) >= 1


def test_without_git_the_commit_is_empty(monkeypatch):
    monkeypatch.setenv("PATH", "")
    machine.commit.cache_clear()
    assert machine.commit() == ""
    machine.commit.cache_clear()


def test_an_agency_is_a_shipped_one_or_any_folder():
    assert folder_of("demo") == choice.SHIPPED / "demo"
    assert folder_of(str(GOOD)) == GOOD
    with pytest.raises(CareroundError, match=r"no agency 'dmo'.*demo"):
        folder_of("dmo")


def asked(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_agencies(parser, ["demo"])
    return parser.parse_args(arguments)


def test_the_default_stands_in_only_where_nothing_was_asked_for(monkeypatch):
    made: list[tuple[Path, Spec]] = []
    monkeypatch.setattr(choice, "make_up", lambda folder, spec: made.append((folder, spec)))
    with agencies(asked()) as found:
        assert [agency.name for agency in found] == ["demo"]
    assert not made
    with agencies(asked("--clients", "9", "12")) as found:
        assert [agency.name for agency in found] == ["made-up-9", "made-up-12"]
    assert [spec.clients for _, spec in made] == [9, 12]
    assert not made[0][0].parent.exists(), "made-up agencies disappear"
    with agencies(asked("--clients", "9", "--seed-of-week", "5")) as found:
        assert [agency.name for agency in found] == ["made-up-9-5"]
    assert [spec.seed for _, spec in made] == [1, 1, 5]


def test_the_period_is_passed_on():
    with agencies(asked(str(GOOD), "--from", "2026-11-24", "--days", "2")) as found:
        assert found == [Agency("good", GOOD, date(2026, 11, 24), 2)]
    problem = found[0].load()
    assert (problem.start, problem.days) == (date(2026, 11, 24), 2)
