"""Clocked visits from a CSV or a workbook, and everything that is wrong with one, all at once."""

from __future__ import annotations

import csv

import pytest

from scheduler.delivered import Actual
from scheduler.errors import InputError
from scheduler.intake.actual_rows import load_actuals
from tests.builders import a_problem, a_visit, minute
from tests.intake.agencies import write_xlsx

HEADER = ("visit", "carer", "clock_in", "clock_out")
GOOD = ("one", "aled", "2026-11-02 08:03", "2026-11-02 08:31")


@pytest.fixture
def problem():
    return a_problem([a_visit("one", "08:00"), a_visit("two", "Tue 08:00")])


@pytest.fixture
def read(tmp_path, problem):
    def run(*rows):
        path = tmp_path / "actuals.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([HEADER, *rows])
        return load_actuals(path, problem)

    return run


def test_a_visit_and_one_that_nobody_came_to(read):
    assert read(GOOD, ("two", "aled", "", "")) == (
        Actual("one", "aled", minute("08:03"), minute("08:31")),
        Actual("two", "aled", None, None),
    )


def test_the_sheet_of_a_workbook(tmp_path, problem):
    path = write_xlsx({"Actuals": [list(HEADER), list(GOOD)]}, tmp_path / "week.xlsx")
    assert load_actuals(path, problem)[0].minutes == 28
    other = write_xlsx({"Other": [list(HEADER), list(GOOD)]}, tmp_path / "other.xlsx")
    with pytest.raises(InputError, match="there is no sheet called Actuals"):
        load_actuals(other, problem)


@pytest.mark.parametrize(
    "row, column, told",
    [
        (("onee", *GOOD[1:]), "visit", "there is no visit 'onee'"),
        (("one", "bob", *GOOD[2:]), "carer", "there is no carer 'bob'"),
        (("one", "aled", "2026-11-02", "2026-11-02 08:30"), "clock_in", "the time is missing"),
        (("one", "aled", "2026-11-02 08:00", ""), "clock_out", "one of the two times is missing"),
        (("one", "aled", "", "2026-11-02 08:00"), "clock_in", "one of the two times is missing"),
        (("one", "aled", "2026-11-02 08:00", "2026-11-02 07:59"), "clock_out", "before clock_in"),
        (("one", "aled", "2026-11-02 08:00", "2026-11-03 08:01"), "clock_out", "more than a day"),
        (("one", "aled", "2026-11-12 08:00", "2026-11-12 08:30"), "clock_in", "outside the days"),
        (("one", "aled", "eight", "2026-11-02 08:30"), "clock_in", "year-month-day"),
    ],
)
def test_each_fault_with_its_place(read, row, column, told):
    with pytest.raises(InputError) as error:
        read(row)
    assert f"actuals.csv, row 2, column '{column}'" in str(error.value)
    assert told in str(error.value)


def test_all_faults_at_once_and_a_row_twice(read):
    with pytest.raises(InputError) as error:
        read(GOOD, GOOD, ("two", "bob", "soon", ""))
    assert len(error.value.faults) >= 3
    assert "row 2 already tells of aled at one" in str(error.value)


def test_other_endings_are_not_read(tmp_path, problem):
    (tmp_path / "a.txt").write_text("visit")
    with pytest.raises(InputError, match=r"files that end in \.txt are not read"):
        load_actuals(tmp_path / "a.txt", problem)
