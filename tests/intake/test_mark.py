"""An agency's own workbook comes back with the bad cells marked; the original stays as it was."""

from __future__ import annotations

import openpyxl
import pytest

from scheduler.errors import Fault, InputError, OutputError
from scheduler.intake.load import load
from scheduler.intake.mark import COLOR, mark_workbook
from tests.intake.agencies import MONDAY, added, changed, read_tables, write_xlsx


@pytest.fixture
def bad(tmp_path):
    """A workbook with three bad cells, one of them with two faults, and the faults."""
    tables = changed(read_tables(), "visits", 3, minutes="half an hour", client="C7")
    tables = changed(tables, "clients", 2, funding="counciel")
    tables = added(tables, "relations", client="C01", carer="K01", relation="never")
    path = write_xlsx(tables, tmp_path / "week.xlsx")
    with pytest.raises(InputError) as caught:
        load(path, MONDAY)
    return path, caught.value.faults


def test_bad_cells_are_coloured_and_say_why(bad, tmp_path):
    path, faults = bad
    before = path.read_bytes()
    mark_workbook(path, faults, tmp_path / "marked.xlsx")
    assert path.read_bytes() == before
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    marked = {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert sorted(marked) == ["clients!J2", "relations!C4", "visits!B3", "visits!L3"]
    assert marked["visits!L3"] == "minutes are written as a whole number. Write '30'."
    assert book["visits"]["L3"].fill.fgColor.rgb.endswith(COLOR)
    assert book["visits"]["L3"].value == "half an hour"


def test_all_faults_stand_in_a_first_sheet(bad, tmp_path):
    path, faults = bad
    of_no_cell = Fault("week.xlsx", None, None, None, "the table 'shifts' is missing.", "Add it.")
    formula = Fault("week.xlsx, sheet clients", 2, "area", "=1+1", "odd.", "Mend it.")
    mark_workbook(path, [*faults, of_no_cell, formula], tmp_path / "marked.xlsx")
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book.sheetnames[0] == "Faults"
    rows = list(book["Faults"].values)
    assert len(rows) == 1 + len(faults) + 2
    assert rows[-2] == ("week.xlsx", None, None, None, "the table 'shifts' is missing.", "Add it.")
    assert book["Faults"].cell(len(rows), 4).data_type == "s"


def test_the_marked_copy_can_be_mended_and_loaded(bad, tmp_path):
    path, faults = bad
    mark_workbook(path, faults, tmp_path / "marked.xlsx")
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    book["visits"]["L3"], book["visits"]["B3"], book["clients"]["J2"] = 30, "C01", "council"
    book["relations"].delete_rows(4)
    book.save(tmp_path / "mended.xlsx")
    assert load(tmp_path / "mended.xlsx", MONDAY).visits


def test_two_faults_of_one_cell_are_both_told(bad, tmp_path):
    path, _ = bad
    two = [Fault("week.xlsx, sheet clients", 2, "area", "x", f"fault {i}.", "Mend it.") for i in (1, 2)]
    mark_workbook(path, two, tmp_path / "marked.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "marked.xlsx")["clients"]["N2"]
    assert cell.comment.text == "fault 1. Mend it.\nfault 2. Mend it."


def test_the_original_is_never_overwritten(bad):
    path, faults = bad
    with pytest.raises(OutputError, match="stays as it is"):
        mark_workbook(path, faults, path)


def test_what_cannot_be_opened_or_written(bad, tmp_path):
    path, faults = bad
    with pytest.raises(OutputError, match="cannot be written"):
        mark_workbook(path, faults, tmp_path / "no" / "such.xlsx")
    (tmp_path / "torn.xlsx").write_bytes(path.read_bytes()[:1000])
    with pytest.raises(OutputError, match="cannot be marked"):
        mark_workbook(tmp_path / "torn.xlsx", faults, tmp_path / "marked.xlsx")
