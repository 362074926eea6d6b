"""The commands that write papers on people and money, as a user runs them."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import datetime, timedelta

import pytest

from tests.cli.conftest import FROM, run


@pytest.fixture
def by_hand(planned, tmp_path):
    """A rota typed by hand: a few visits of the agency, columns visit, carer and start only."""
    with (planned.out / "rota.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))[:6]
    path = tmp_path / "typed.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("visit", "carer", "start")])
        csv.writer(file).writerows([(row["visit"], row["carer"], row["start"]) for row in rows])
    return path


class TestSchedules:
    def test_of_a_plan(self, planned, tmp_path):
        out = tmp_path / "out"
        done = run("schedules", planned.source, planned.out / "rota.json", "--out", out)
        told = json.loads((out / "summary.json").read_text())
        assert done.code == 0
        assert set(told["carers"]) == {path.stem for path in (out / "carers").glob("*.pdf")}
        assert sum(one["visits"] for one in told["carers"].values()) > 50
        again = run("schedules", planned.source, planned.out / "rota.json", "--out", out, "--no-pdf")
        assert again.code == 0
        assert not list((out / "carers").glob("*.pdf"))

    def test_of_a_rota_typed_by_hand(self, planned, by_hand, tmp_path):
        done = run("schedules", planned.source, by_hand, "--out", tmp_path / "out", "--no-pdf", *FROM)
        told = json.loads((tmp_path / "out" / "summary.json").read_text())
        assert (done.code, sum(one["visits"] for one in told["carers"].values())) == (0, 6)

    def test_one_visit_is_a_visit(self, planned, by_hand, tmp_path):
        lines = by_hand.read_text(encoding="utf-8").splitlines()
        by_hand.write_text("\n".join(lines[:2]), encoding="utf-8")
        done = run("schedules", planned.source, by_hand, "--out", tmp_path / "out", "--no-pdf", *FROM)
        assert "   1 visit " in done.out
        assert "   1 visits" not in done.out

    def test_a_folder_of_others_is_left_alone(self, planned, tmp_path):
        (tmp_path / "mine.txt").write_text("mine")
        done = run("schedules", planned.source, planned.out / "rota.json", "--out", tmp_path)
        assert (done.code, "is not ours" in done.err) == (2, True)


class TestPay:
    def test_of_a_plan(self, planned, tmp_path):
        done = run("pay", planned.source, planned.out / "rota.json", "--out", tmp_path / "out")
        told = json.loads((tmp_path / "out" / "summary.json").read_text())
        assert (done.code, told["shortfalls"]) == (0, 0)
        assert "Below the minimum wage: 0 of" in done.out

    def test_contact_only_terms_that_fall_short(self, planned, tmp_path):
        """The same rota, if its agency paid for contact only."""
        source = tmp_path / "contact"
        shutil.copytree(planned.source, source)
        settings = source / "settings.csv"
        settings.write_text(settings.read_text().replace("contact and travel", "contact"))
        done = run("pay", source, planned.out / "rota.json", "--out", tmp_path / "out")
        told = json.loads((tmp_path / "out" / "summary.json").read_text())
        assert done.code == 0
        assert told["shortfalls"] > 0
        assert "missing to the minimum wage" in done.out

    def test_of_a_rota_typed_by_hand(self, planned, by_hand, tmp_path):
        done = run("pay", planned.source, by_hand, "--out", tmp_path / "out", *FROM)
        assert (done.code, (tmp_path / "out" / "pay.xlsx").is_file()) == (0, True)


class TestIsf:
    def test_of_a_plan(self, planned, tmp_path):
        done = run("isf", planned.source, planned.out / "rota.json", "--out", tmp_path / "out", "--no-pdf")
        told = json.loads((tmp_path / "out" / "summary.json").read_text())
        assert done.code == 0
        assert set(told["funds"]) == {path.stem for path in (tmp_path / "out" / "clients").glob("*.html")}
        assert told["funds"]

    def test_of_a_rota_typed_by_hand(self, planned, by_hand, tmp_path):
        done = run("isf", planned.source, by_hand, "--out", tmp_path / "out", *FROM)
        assert (done.code, (tmp_path / "out" / "isf.xlsx").is_file()) == (0, True)


class TestDelivered:
    @pytest.fixture
    def actuals(self, planned, tmp_path):
        """Every visit a quarter of an hour and a minute late, and the first one missed."""
        with (planned.out / "rota.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        path = tmp_path / "actuals.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("visit", "carer", "clock_in", "clock_out"))
            writer.writerow((rows[0]["visit"], rows[0]["carer"], "", ""))
            for row in rows[1:]:
                came = datetime.fromisoformat(row["start"]) + timedelta(minutes=16)
                left = came + timedelta(minutes=int(row["minutes"]))
                writer.writerow(
                    (row["visit"], row["carer"], f"{came:%Y-%m-%d %H:%M}", f"{left:%Y-%m-%d %H:%M}")
                )
        return path

    def test_of_a_plan(self, planned, actuals, tmp_path):
        done = run("delivered", planned.source, planned.out / "rota.json", actuals, "--out", tmp_path / "out")
        told = json.loads((tmp_path / "out" / "summary.json").read_text())["all"]
        assert done.code == 0
        assert (told["missed"], told["late"], told["short"]) == (1, told["planned"] - 1, 0)

    def test_of_a_rota_typed_by_hand(self, planned, by_hand, actuals, tmp_path):
        done = run("delivered", planned.source, by_hand, actuals, "--out", tmp_path / "out", *FROM)
        told = json.loads((tmp_path / "out" / "summary.json").read_text())["all"]
        assert (done.code, told["planned"], told["not_planned"] > 50) == (0, 6, True)

    def test_a_fund_shows_what_was_delivered(self, planned, actuals, tmp_path):
        rota = planned.out / "rota.json"
        run("isf", planned.source, rota, "--actuals", actuals, "--out", tmp_path / "out", "--no-pdf")
        told = json.loads((tmp_path / "out" / "summary.json").read_text())["funds"]
        assert all(one["delivered_pence"] is not None for one in told.values())

    def test_bad_rows_are_answered_with_their_place(self, planned, tmp_path):
        (tmp_path / "a.csv").write_text("visit,carer,clock_in,clock_out\nnone,K01,soon,\n")
        done = run(
            "delivered",
            planned.source,
            planned.out / "rota.json",
            tmp_path / "a.csv",
            "--out",
            tmp_path / "out",
        )
        assert (done.code, "row 2, column 'clock_in' has 'soon'" in done.err) == (2, True)
        assert not (tmp_path / "out").exists()
