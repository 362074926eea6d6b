"""`careround check`: any rota is judged, whoever made it, and the exit code says how."""

from __future__ import annotations

import csv
import json
import shutil

import openpyxl
import pytest

from scheduler.check import check
from scheduler.intake.rota_rows import load_rota
from scheduler.rules import RULES
from tests.cli.conftest import FROM, START, run, start
from tests.intake.agencies import GOOD, MONDAY, read_tables, write_xlsx

GOOD_FROM = ("--from", MONDAY.isoformat())
BY_HAND = (
    ("C01-am:2026-11-23", "K01", "2026-11-23 08:30"),
    ("C02-am:2026-11-24", "K01", "2026-11-24 09:00"),
    ("C02-am:2026-11-24", "K02", "2026-11-24 09:00"),
)
"""Legal: Olive's morning, and Percy's double-up the day after."""
TOO_LATE = ("C01-am:2026-11-23", "K01", "2026-11-23 09:16")
"""One minute after the window of Olive's morning."""


class TestWhatWasPlanned:
    @pytest.mark.parametrize("file", ["rota.json", "rota.csv", "rota.xlsx"])
    def test_nothing_hard_is_broken(self, planned, file):
        done = run("check", planned.source, planned.out / file, *FROM)
        assert done.code == 0
        assert done.out.startswith("Nothing hard is broken; ")

    @pytest.mark.parametrize("file", ["rota.json", "rota.csv", "rota.xlsx"])
    def test_the_days_are_the_rotas_own(self, planned, file):
        """Without --from: not those of next week."""
        assert run("check", planned.source, planned.out / file).code == 0

    def test_the_days_that_are_given_win(self, planned):
        done = run("check", planned.source, planned.out / "rota.json", "--from", "2026-11-30")
        assert done.code == 2
        assert (
            "this rota is for 7 days from 2026-11-23, the agency was read for 7 from 2026-11-30" in done.err
        )

    def test_two_days_are_two_days(self, planned, tmp_path):
        out = tmp_path / "out"
        assert run("plan", planned.source, "--out", out, *FROM, "--days", "2", "--iterations", "20").code == 0
        assert run("check", planned.source, out / "rota.json").code == 0
        assert run("check", planned.source, out / "rota.csv", "--from", START.isoformat()).code == 0

    def test_json_adds_up(self, planned, problem):
        done = run("check", planned.source, planned.out / "rota.json", *FROM, "--json")
        told = json.loads(done.out)
        report = check(load_rota(planned.out / "rota.json", problem), problem)
        assert told["hard_findings"] == 0
        assert len(told["findings"]) == len(report.findings)
        assert sum(finding["price"] for finding in told["findings"]) == told["price"] == report.total
        assert {finding["rule"] for finding in told["findings"]} <= {rule.name for rule in RULES}

    def test_only_json_on_standard_output(self, planned):
        done = run("check", planned.source, planned.out / "rota.json", *FROM, "--json")
        assert (done.code, done.out[0], done.out.rstrip()[-1]) == (0, "{", "}")


class TestTypedByHand:
    def test_a_legal_one(self, typed):
        done = run("check", GOOD, typed(*BY_HAND), *GOOD_FROM)
        assert (done.code, "HARD" in done.out) == (0, False)

    def test_one_minute_too_late(self, typed):
        done = run("check", GOOD, typed(TOO_LATE), *GOOD_FROM)
        assert done.code == 1
        assert done.out.splitlines()[0] == (
            "HARD visit_window: The visit to Olive Tester starts at 09:16, 1 min after its window 08:00-09:15."
        )

    def test_hard_findings_in_json(self, typed):
        done = run("check", GOOD, typed(TOO_LATE), *GOOD_FROM, "--json")
        told = json.loads(done.out)
        assert (done.code, told["hard_findings"]) == (1, 1)
        (hard,) = [finding for finding in told["findings"] if finding["level"] == "hard"]
        assert (hard["rule"], hard["amount"], hard["visit"], hard["carer"]) == (
            "visit_window",
            1,
            *TOO_LATE[:2],
        )

    @pytest.mark.parametrize("rows, code", [(BY_HAND, 0), ((TOO_LATE,), 1)])
    def test_in_the_agencys_own_workbook(self, tmp_path, rows, code):
        book = {**read_tables(), "Rota": [("visit", "carer", "start"), *rows]}
        path = write_xlsx(book, tmp_path / "week.xlsx", typed=True)
        assert run("check", path, path, *GOOD_FROM).code == code

    def test_what_plan_wrote_edited_in_a_spreadsheet(self, planned, tmp_path):
        """A coordinator moves one visit into the night."""
        shutil.copytree(planned.out, tmp_path / "out")
        path = tmp_path / "out" / "rota.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book["Rota"]
        (at,) = [cell.column for row in sheet.iter_rows() for cell in row if cell.value == "start"]
        row = sheet.max_row
        sheet.cell(row, at).value = f"{str(sheet.cell(row, at).value)[:10]} 03:00"
        book.save(path)
        done = run("check", planned.source, path)
        assert done.code == 1
        assert "HARD visit_window" in done.out

    def test_the_same_edit_in_csv(self, planned, tmp_path):
        shutil.copytree(planned.out, tmp_path / "out")
        path = tmp_path / "out" / "rota.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        rows[0]["start"] = f"{rows[0]['start'][:10]} 03:00"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        assert run("check", planned.source, path).code == 1


class TestUnusable:
    def test_all_faults_at_once(self, typed):
        rota = typed(("C01-an:2026-11-23", "K01", "2026-11-23 08:30"), ("C01-am:2026-11-23", "K9", "soon"))
        done = run("check", GOOD, rota, *GOOD_FROM)
        assert (done.code, done.out) == (2, "")
        assert "typed.csv, row 2, column 'visit' has 'C01-an:2026-11-23'" in done.err
        assert "Did you mean 'C01-am:2026-11-23'" in done.err
        assert "column 'carer' has 'K9'" in done.err
        assert "column 'start' has 'soon'" in done.err
        assert "3 faults." in done.err

    def test_a_workbook_without_the_sheet(self, tmp_path):
        path = write_xlsx(read_tables(), tmp_path / "week.xlsx")
        done = run("check", path, path, *GOOD_FROM)
        assert done.code == 2
        assert "there is no sheet called Rota" in done.err

    def test_bad_cells_of_the_rota_come_back_marked(self, tmp_path):
        rows = [("visit", "carer", "start"), ("C01-am:2026-11-23", "K01", "half past eight")]
        path = write_xlsx({"Rota": rows}, tmp_path / "rota.xlsx")
        assert f"marked: {tmp_path / 'rota-marked.xlsx'}" in run("check", GOOD, path, *GOOD_FROM).err

    @pytest.mark.parametrize("name", ["rota.json", "rota.csv", "rota.xlsx", "rota.txt", "rota"])
    def test_no_such_rota(self, tmp_path, name):
        done = run("check", GOOD, tmp_path / name, *GOOD_FROM)
        assert done.code == 2
        assert name in done.err
        assert "Traceback" not in done.err

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"careround": "rota"}', '{"start": 7, "days": {}}'])
    def test_json_that_is_no_rota(self, tmp_path, text):
        (tmp_path / "rota.json").write_text(text)
        done = run("check", GOOD, tmp_path / "rota.json", *GOOD_FROM)
        assert (done.code, "Traceback" in done.err) == (2, False)


def test_a_reader_who_has_seen_enough(planned):
    """`careround check ... | head -1`"""
    process = start("check", planned.source, planned.out / "rota.json", "--json")
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == ""
    process.wait(60)
    process.stderr.close()


def test_a_console_that_has_no_pound_sign(planned):
    process = start(
        "check", planned.source, planned.out / "rota.json", PYTHONIOENCODING="ascii", PYTHONUTF8="0"
    )
    told, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "?" in told
