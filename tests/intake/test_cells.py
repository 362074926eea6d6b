"""What spreadsheets make of cells, as the text that we would have typed; and the cures that are guessed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from scheduler.intake.guesses import guess_date, guess_minutes, guess_time
from scheduler.intake.load import load
from scheduler.intake.raw import key, letters
from scheduler.intake.workbook import as_text
from tests.intake.agencies import MONDAY, read_tables, write_xlsx


@pytest.mark.parametrize(
    "cell, text",
    [
        (45.0, "45"),
        (37.5, "37.5"),
        (0.1 + 0.2, "0.3"),
        (12345678901234.0, "12345678901234"),
        (True, "yes"),
        ("\xa0 C01 ", "C01"),
        (date(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 23), "2026-11-23"),
        (datetime(2026, 11, 23, 8, 30), "2026-11-23 08:30"),
        (time(8, 30), "08:30"),
        (time(8, 29, 59, 994_000), "08:30"),  # what Excel's fraction of a day loses
        (time(8, 30, 15), "08:30:15"),
        (timedelta(hours=24), "24:00"),
        (date(1900, 1, 1), "24:00"),  # the number 1 shown as a time
        (timedelta(hours=37, minutes=30), "37:30"),
    ],
)
def test_cells_of_a_workbook(cell, text):
    assert as_text(cell) == text


def test_the_end_of_the_day_as_excel_keeps_it(tmp_path):
    """24:00 is the number 1 in the format of times."""
    path = write_xlsx(read_tables(), tmp_path / "week.xlsx")
    book = openpyxl.load_workbook(path)
    book["shifts"]["H3"] = 1
    book["shifts"]["H3"].number_format = "hh:mm"
    book.save(path)
    assert load(path, MONDAY).shifts_of("K01")[1].end == 1440


def test_a_stray_cell_in_a_sheet_that_is_not_read_does_no_harm(tmp_path):
    path = write_xlsx({**read_tables(), "notes": [["a"]]}, tmp_path / "week.xlsx")
    book = openpyxl.load_workbook(path)
    book["notes"]["XFD1048576"] = "x"
    book.save(path)
    assert load(path, MONDAY).visits


@pytest.mark.parametrize(
    "written, cure",
    [
        ("23/11/2026", "Write '2026-11-23'."),
        ("11/23/26", "Write '2026-11-23'."),
        ("3.4.2026", "Write '2026-04-03' for 3 April or '2026-03-04' for 4 March."),
        ("4/4/2026", "Write '2026-04-04'."),
        ("2026/11/23", "Write '2026-11-23'."),
        ("23-Nov-2026", "Write '2026-11-23'."),
        ("Monday", "Write it like '2026-11-23'."),
        ("31/31/2026", "Write it like '2026-11-23'."),
    ],
)
def test_guessed_dates(written, cure):
    assert guess_date(written) == cure


@pytest.mark.parametrize(
    "written, cure",
    [
        ("8am", "Write '08:00'."),
        ("8:30 pm", "Write '20:30'."),
        ("12 am", "Write '00:00'."),
        ("12pm", "Write '12:00'."),
        ("0830", "Write '08:30'."),
        ("8h30", "Write '08:30'."),
        ("08:30:15", "Write '08:30'."),
        ("0.354166667", "If this is a time as Excel keeps it, write '08:30'."),
        ("noon", "Write it like '08:30'."),
    ],
)
def test_guessed_times(written, cure):
    assert guess_time(written) == cure


@pytest.mark.parametrize(
    "written, minutes",
    [
        ("half an hour", 30),
        ("An hour  and a half", 90),
        ("1 h 30", 90),
        ("1.5 hours", 90),
        ("45mins", 45),
        ("0:45", 45),
        ("45", None),
        ("a while", None),
    ],
)
def test_guessed_minutes(written, minutes):
    assert guess_minutes(written) == minutes


def test_names_are_compared_whatever_their_case_and_spacing():
    assert key(" Opt out 48H ") == key("opt_out_48h") == key("opt-out  48h") == "opt_out_48h"


@pytest.mark.parametrize("number, name", [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_as_a_spreadsheet_calls_them(number, name):
    assert letters(number) == name
