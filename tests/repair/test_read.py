"""Events from a CSV, a JSON and a workbook are the same; what is wrong with a cell is told at once."""

from __future__ import annotations

import csv
import json
from typing import get_args

import pytest

from scheduler.errors import InputError
from scheduler.repair import Event
from scheduler.repair.kinds import KINDS
from scheduler.repair.read import KindName, load_events
from tests.builders import a_problem, a_visit, minute
from tests.intake.agencies import write_xlsx

HEADER = ["told", "kind", "client", "time", "minutes", "weekdays", "until", "name", "postcode", "skills"]
ROW = [
    "2026-11-02 07:30",
    "New_Package",
    "new",
    "12:30",
    "45",
    "Mon-Fri",
    "2026-11-04",
    "Olwen",
    "np201aa",
    "hoist; insulin",
]
EVENT = Event(
    at=minute("07:30"), kind="new_package", client="new", client_time=750, minutes=45, days=(0, 1, 2, 3, 4),
    until=minute("Thu 00:00"), name="Olwen", postcode="NP20 1AA", skills=frozenset({"hoist", "insulin"}),
)  # fmt: skip


@pytest.fixture
def problem():
    return a_problem([a_visit()])


def test_the_words_of_a_cell_are_the_kinds():
    assert [word.replace(" ", "_") for word in get_args(KindName)] == [kind.name for kind in KINDS]


def test_csv_json_and_workbook_say_the_same(tmp_path, problem):
    with (tmp_path / "e.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, ROW])
    (tmp_path / "e.json").write_text(json.dumps({"events": [dict(zip(HEADER, ROW, strict=True))]}))
    book = write_xlsx({"Events": [HEADER, ROW]}, tmp_path / "e.xlsx")
    for path in (tmp_path / "e.csv", tmp_path / "e.json", book):
        assert load_events(path, problem) == (EVENT,), path


def test_an_end_with_a_time_ends_then(tmp_path, problem):
    row = [*ROW[:6], "2026-11-04 12:00", *ROW[7:]]
    with (tmp_path / "e.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, row])
    assert load_events(tmp_path / "e.csv", problem)[0].until == minute("Wed 12:00")


def test_every_bad_cell_is_told_with_its_row(tmp_path, problem):
    rows = [["2026-11-02", *ROW[1:]], [ROW[0], "flood", *ROW[2:]], [*ROW[:4], "soon", *ROW[5:]]]
    with (tmp_path / "e.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADER, *rows])
    with pytest.raises(InputError) as error:
        load_events(tmp_path / "e.csv", problem)
    assert {(fault.row, fault.column) for fault in error.value.faults} == {
        (2, "told"),
        (3, "kind"),
        (4, "minutes"),
    }


@pytest.mark.parametrize("name, words", [("e.txt", "are not read"), ("none.csv", "no")])
def test_other_files_are_refused(tmp_path, problem, name, words):
    if name == "e.txt":
        (tmp_path / name).write_text("x")
    with pytest.raises(InputError, match=words):
        load_events(tmp_path / name, problem)
    other = write_xlsx({"Other": [HEADER]}, tmp_path / "other.xlsx")
    with pytest.raises(InputError, match="no sheet called Events"):
        load_events(other, problem)
