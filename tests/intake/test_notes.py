"""Notes and doors from the tables, and what is wrong with a note, all at once."""

from __future__ import annotations

import pytest

from scheduler.errors import InputError
from scheduler.intake.load import load_with_warnings
from scheduler.notes import Note, NoteKind, Voice
from scheduler.units import HOUR
from tests.intake.agencies import MONDAY, read_tables, without, write_folder

HEADER = ["date", "client", "visit", "kind", "said_by", "carer", "minutes", "time", "text"]
SHORT = ["2026-11-18", "C01", "C01-am", "too short", "carer", "K01", "41", "", "She cannot be hurried."]
WISH = ["2026-11-10", "C01", "C01-bed", "Another time", "client", "", "", "21:30", ""]


def read(tmp_path, *rows):
    tables = {**read_tables(), "visit_notes": [HEADER, *rows]}
    return load_with_warnings(write_folder(tables, tmp_path / "week"), MONDAY)


def test_notes_are_what_was_said_oldest_first(tmp_path):
    assert read(tmp_path, SHORT, WISH).notes == (
        Note(-13, "C01", NoteKind.OTHER_TIME, Voice.CLIENT, "C01-bed", time=21 * HOUR + 30),
        Note(-5, "C01", NoteKind.TOO_SHORT, Voice.CARER, "C01-am", "K01", 41, None, "She cannot be hurried."),
    )


def test_without_the_table_nobody_said_anything(tmp_path):
    folder = write_folder(without(read_tables(), "visit_notes"), tmp_path / "week")
    assert load_with_warnings(folder, MONDAY).notes == ()


@pytest.mark.parametrize(
    "cells, column, told",
    [
        ({"client": "C09"}, "client", "no row of clients has the id 'C09'"),
        ({"visit": "C02-x"}, "visit", "no row of visits has the id"),
        ({"carer": "K9"}, "carer", "no row of carers has the id"),
        ({"kind": "too shrt"}, "kind", "none of the choices"),
        ({"said_by": "the cat"}, "said_by", "none of the choices"),
        ({"client": "C02"}, "visit", "this is a visit of C01"),
        ({"carer": ""}, "carer", "the carer is missing"),
        ({"kind": "thrives with", "said_by": "client", "carer": ""}, "carer", "the carer is missing"),
        ({"kind": "another time"}, "time", "the wished time is missing"),
        ({"kind": "another time", "time": "09:00", "visit": ""}, "visit", "which visit is it about?"),
        ({"minutes": "long"}, "minutes", "minutes"),
    ],
)
def test_each_fault_with_its_place(tmp_path, cells, column, told):
    row = [cells.get(name, cell) for name, cell in zip(HEADER, SHORT, strict=True)]
    with pytest.raises(InputError) as error:
        read(tmp_path, WISH, row)
    assert f"visit_notes.csv, row 3, column '{column}'" in str(error.value)
    assert told in str(error.value)


def test_all_faults_at_once(tmp_path):
    bad = ["", "C09", "", "another time", "client", "", "", "", ""]
    with pytest.raises(InputError) as error:
        read(tmp_path, bad, [*SHORT[:5], "", *SHORT[6:]])
    assert len(error.value.faults) >= 3
