"""A rota from rota.json, from a CSV and from the sheet Rota of a workbook, also typed by hand."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from scheduler.errors import InputError
from scheduler.intake.load import load
from scheduler.intake.rota_rows import load_rota
from scheduler.rota import Leg, Rota
from scheduler.rota_json import from_json, to_json
from tests.intake.agencies import GOOD, MONDAY, read_tables, write_folder, write_xlsx

HEADER = ["visit", "carer", "start", "minutes", "second", "remark"]
ROWS = [
    ["C01-am:2026-11-23", "K01", "2026-11-23 08:30", "45", "", "on time"],
    ["C02-am:2026-11-24", "K01", "2026-11-24 09:00", "", "", ""],
    ["C02-am:2026-11-24", "K02", "2026-11-24 09:00", "", "", ""],
]
LEGS = (
    Leg(8 * 60 + 30, "K01", "C01-am:2026-11-23", 45),
    Leg(1440 + 9 * 60, "K01", "C02-am:2026-11-24", 30),
    Leg(1440 + 9 * 60, "K02", "C02-am:2026-11-24", 20, second=True),
)
"""Minutes that are left out are the commissioned ones: 30, and 20 together for the second carer."""


@pytest.fixture(scope="module")
def problem():
    return load(GOOD, MONDAY)


def csv_of(rows, folder, header=HEADER):
    return write_folder({"typed": [header, *rows]}, folder) / "typed.csv"


class TestReading:
    def test_a_csv_typed_by_hand(self, problem, tmp_path):
        rota = load_rota(csv_of(ROWS, tmp_path), problem)
        assert (rota.start, rota.days, rota.legs) == (MONDAY, 7, LEGS)

    @pytest.mark.parametrize("typed", [False, True])
    def test_the_sheet_of_a_workbook(self, problem, tmp_path, typed):
        tables = {**read_tables(), "Rota": [HEADER, *ROWS]}
        assert load_rota(write_xlsx(tables, tmp_path / "week.xlsx", typed), problem).legs == LEGS

    def test_the_workbook_with_a_rota_is_still_the_agency(self, problem, tmp_path):
        tables = {**read_tables(), "Rota": [HEADER, *ROWS]}
        assert len(load(write_xlsx(tables, tmp_path / "week.xlsx"), MONDAY).visits) == len(problem.visits)

    def test_json(self, problem, tmp_path):
        (tmp_path / "rota.json").write_text(to_json(Rota(MONDAY, 7, LEGS)))
        assert load_rota(tmp_path / "rota.json", problem).legs == LEGS

    def test_second_as_it_is_said(self, problem, tmp_path):
        rows = [ROWS[0], [*ROWS[1][:4], "yes", ""], [*ROWS[2][:4], "no", ""]]
        assert [leg.second for leg in load_rota(csv_of(rows, tmp_path), problem).legs] == [False, True, False]

    @pytest.mark.parametrize("ending", ["json", "csv"])
    def test_an_empty_rota_is_a_rota(self, problem, tmp_path, ending):
        path = csv_of([], tmp_path)
        (tmp_path / "rota.json").write_text(to_json(Rota(MONDAY, 7)))
        assert load_rota(path if ending == "csv" else tmp_path / "rota.json", problem).legs == ()


class TestWhatHasGone:
    ROWS = (ROWS[0], ["C09-am:2026-11-24", "K01", "2026-11-24 09:00", "", "", ""])

    def test_a_cancelled_visit_is_a_fault_unless_it_may_have_gone(self, problem, tmp_path):
        path = csv_of(self.ROWS, tmp_path)
        (fault,) = faults(path, problem)
        assert fault.problem == "there is no visit 'C09-am:2026-11-24' in these days."
        gone = load_rota(path, problem, may_have_gone=True).of_visit("C09-am:2026-11-24")
        assert gone == (Leg(1440 + 9 * 60, "K01", "C09-am:2026-11-24", 1),)

    @pytest.mark.parametrize(
        "visit", ["C09-am", "C09-am:2026-11-32", "C09-am:2026-11-30", "C09-am:2026-11-22"]
    )
    def test_what_was_never_a_visit_of_these_days_is_a_fault_all_the_same(self, problem, tmp_path, visit):
        path = csv_of([[visit, *self.ROWS[1][1:]]], tmp_path)
        with pytest.raises(InputError, match=f"there is no visit '{visit}'"):
            load_rota(path, problem, may_have_gone=True)

    def test_all_unknown_carers_are_named(self, problem, tmp_path):
        rows = [[*ROWS[0][:1], "K98", *ROWS[0][2:]], [*ROWS[1][:1], "K99", *ROWS[1][2:]]]
        with pytest.raises(InputError) as error:
            load_rota(csv_of(rows, tmp_path), problem, may_have_gone=True)
        assert "'K98'" in str(error.value)
        assert "'K99'" in str(error.value)


class TestFaults:
    @pytest.mark.parametrize(
        "column, value, says",
        [
            ("visit", "C01-am:2026-11-32", "Did you mean 'C01-am:2026-11-2"),
            ("visit", "", "must not be empty"),
            ("carer", "K04", "there is no carer 'K04' in these days. Did you mean"),
            ("start", "2026-11-23", "Write it like '2026-11-23 08:30'."),
            ("start", "23/11/2026 08:30", "Write '2026-11-23'."),
            ("start", "2026-11-30 08:30", "outside the days that are planned"),
            ("start", "2026-11-23 8.30", "Write '08:30'."),
            ("minutes", "0", "1 minute or more"),
            ("minutes", "half an hour", "Write '30'."),
            ("second", "perhaps", "Write 'yes' or 'no'."),
        ],
    )
    def test_each_is_told_with_its_cure(self, problem, tmp_path, column, value, says):
        row = [value if name == column else cell for name, cell in zip(HEADER, ROWS[0], strict=True)]
        (fault,) = faults(csv_of([row], tmp_path), problem)
        assert (fault.file, fault.row, fault.column, fault.value) == ("typed.csv", 2, column, value or None)
        assert says in f"{fault.problem} {fault.cure}"

    def test_one_carer_twice_at_one_visit(self, problem, tmp_path):
        (fault,) = faults(csv_of([ROWS[0], ROWS[0]], tmp_path), problem)
        assert (fault.row, fault.problem) == (3, "row 2 already plans K01 for C01-am:2026-11-23.")

    def test_all_at_once(self, problem, tmp_path):
        rows = [["x", "y", "z", "", "", ""], ["C01-am:2026-11-23", "K01", "8am", "", "", ""]]
        assert len(faults(csv_of(rows, tmp_path), problem)) == 4

    def test_a_missing_column(self, problem, tmp_path):
        (fault,) = faults(csv_of([ROWS[0][1:]], tmp_path, header=HEADER[1:]), problem)
        assert (fault.column, fault.problem) == ("visit", "this column is missing.")

    def test_a_workbook_without_the_sheet(self, problem, tmp_path):
        (fault,) = faults(write_xlsx(read_tables(), tmp_path / "week.xlsx"), problem)
        assert fault.problem == "there is no sheet called Rota in this workbook."

    @pytest.mark.parametrize("name", ["gone.csv", "rota.pdf", "rota.json"])
    def test_files_that_are_no_rota(self, problem, tmp_path, name):
        if name != "gone.csv":
            (tmp_path / name).write_text('{"careround": "problem"}')
        assert faults(tmp_path / name, problem)[0].cure

    def test_another_week(self, problem, tmp_path):
        (tmp_path / "rota.json").write_text(to_json(Rota(MONDAY - timedelta(days=7), 7, LEGS)))
        (fault,) = faults(tmp_path / "rota.json", problem)
        assert fault.cure == "Choose the same days for both."


class TestJson:
    def test_both_ways(self):
        rota = Rota(MONDAY, 7, LEGS)
        again = from_json(to_json(rota))
        assert (again.start, again.days, again.legs) == (rota.start, rota.days, rota.legs)

    def test_the_form_is_the_one_that_is_written_down(self):
        found = json.loads(to_json(Rota(MONDAY, 7, LEGS[:1])))
        assert found == {
            "careround": "rota",
            "version": 1,
            "start": "2026-11-23",
            "days": 7,
            "legs": [
                {
                    "visit": "C01-am:2026-11-23",
                    "carer": "K01",
                    "start": "2026-11-23T08:30",
                    "minutes": 45,
                    "second": False,
                }
            ],
        }

    def test_minutes_before_and_after_the_period(self):
        """A rota states facts, also impossible ones: they are for the checker."""
        legs = (Leg(-5, "K01", "a", 10), Leg(7 * 1440 + 3, "K01", "b", 10))
        assert from_json(to_json(Rota(MONDAY, 7, legs))).legs == legs
        assert datetime(2026, 11, 22, 23, 55).isoformat(timespec="minutes") in to_json(Rota(MONDAY, 7, legs))

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            "{}",
            '{"careround": "rota", "version": 2}',
            '{"careround": "rota", "version": 1, "start": "soon", "days": 7}',
            '{"careround": "rota", "version": 1, "start": "2026-11-23", "days": 7}',
            '{"careround": "rota", "version": 1, "start": "2026-11-23", "days": 7, "legs": [1]}',
            '{"careround": "rota", "version": 1, "start": "2026-11-23", "days": 7, "legs": [{"visit": "a"}]}',
        ],
    )
    def test_what_is_no_rota(self, text):
        with pytest.raises(InputError):
            from_json(text)


def faults(path, problem):
    with pytest.raises(InputError) as caught:
        load_rota(path, problem)
    return caught.value.faults
