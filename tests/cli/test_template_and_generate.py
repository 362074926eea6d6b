"""`careround template` and `careround generate`: what they write can be planned, and nothing that is there is lost."""

from __future__ import annotations

import pytest

from scheduler.cli import main
from tests.cli.conftest import FROM, QUICK, run


class TestTemplate:
    @pytest.fixture
    def book(self, tmp_path):
        """A template as it comes."""
        path = tmp_path / "week.xlsx"
        assert run("template", "--out", path).code == 0
        return path

    def test_it_says_what_to_do_next(self, tmp_path):
        path = tmp_path / "week.xlsx"
        assert f"careround plan {path}" in run("template", "--out", path).out

    def test_it_can_be_planned_and_checked(self, book, tmp_path):
        out = tmp_path / "results"
        assert run("plan", book, "--out", out, *FROM, *QUICK).code == 0
        assert run("check", book, out / "rota.xlsx").code == 0

    def test_nothing_is_written_over(self, book):
        before = book.read_bytes()
        done = run("template", "--out", book)
        assert (done.code, "is there already" in done.err) == (2, True)
        assert book.read_bytes() == before

    def test_it_is_a_workbook(self, tmp_path):
        done = run("template", "--out", tmp_path / "week.csv")
        assert (done.code, "ends in .xlsx" in done.err) == (2, True)

    def test_a_folder_that_is_not_there(self, tmp_path):
        done = run("template", "--out", tmp_path / "nowhere" / "week.xlsx")
        assert (done.code, "Traceback" in done.err) == (2, False)
        assert "nowhere" in done.err


class TestGenerate:
    def test_it_can_be_planned_as_it_says(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        done = run("generate", "--out", "agency", "--clients", "5", "--seed", "3")
        assert done.code == 0
        command = done.out.splitlines()[-1].partition("Plan it: careround ")[2]
        assert main([*command.split(), *QUICK]) == 0
        assert (tmp_path / "results" / "map.html").is_file()

    def test_a_folder_that_is_not_empty(self, tmp_path):
        (tmp_path / "notes.txt").write_text("mine")
        done = run("generate", "--out", tmp_path)
        assert (done.code, "not empty" in done.err) == (2, True)
        assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]

    def test_a_file(self, tmp_path):
        (tmp_path / "agency").write_text("")
        done = run("generate", "--out", tmp_path / "agency")
        assert (done.code, "is a file" in done.err) == (2, True)

    def test_where_nothing_can_be_written(self, tmp_path):
        (tmp_path / "taken").write_text("")
        done = run("generate", "--out", tmp_path / "taken" / "agency", "--clients", "5")
        assert (done.code, "Traceback" in done.err) == (2, False)
        assert "taken" in done.err

    @pytest.mark.parametrize(
        "arguments, told",
        [
            (("--clients", "0"), "0 clients"),
            (("--carers", "1"), "1 carers"),
            (("--districts", "ZZ99"), "ZZ99"),
            (("--start", "23/11/2026"), "write it as 2026-11-23"),
            (("--setting", "seaside"), "invalid choice"),
            (("--history-weeks", "-1"), "weeks of history"),
        ],
    )
    def test_bad_values_are_refused(self, tmp_path, arguments, told):
        done = run("generate", "--out", tmp_path / "agency", *arguments)
        assert done.code == 2
        assert told in done.err
        assert not (tmp_path / "agency").exists()
