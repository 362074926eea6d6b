"""Files that cannot be used as they are: big, binary, broken, protected, or in the wrong place."""

from __future__ import annotations

import json
import os
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from scheduler.errors import InputError
from scheduler.intake.load import load
from tests.intake.agencies import GOOD, MONDAY, read_tables, without, write_folder, write_json, write_xlsx


def faults(source):
    with pytest.raises(InputError) as caught:
        load(source, MONDAY)
    return caught.value.faults


def only(source):
    (fault,) = faults(source)
    return fault


@pytest.fixture
def folder(tmp_path):
    return write_folder(read_tables(), tmp_path / "week")


@pytest.fixture
def book(tmp_path):
    return write_xlsx(read_tables(), tmp_path / "week.xlsx")


class TestWhereItIs:
    def test_a_name_that_is_nearly_right(self, folder):
        fault = only(folder.parent / "weak")
        assert (fault.file, fault.problem) == ("weak", "there is no such file.")
        assert fault.cure == "Did you mean 'week'?"

    def test_one_table_instead_of_the_folder(self, folder):
        assert "Give the folder that it is in." in only(folder / "clients.csv").cure

    def test_a_folder_without_tables_but_with_the_workbook(self, book):
        fault = only(book.parent)
        assert fault.problem == "there is no table in this folder."
        assert fault.cure == "Give 'week.xlsx' itself."

    def test_an_empty_folder(self, tmp_path):
        assert only(tmp_path).cure.startswith("Give a folder of CSV files")

    def test_a_missing_table(self, tmp_path):
        fault = only(write_folder(without(read_tables(), "shifts"), tmp_path / "week"))
        assert (fault.file, fault.problem) == ("week", "the table 'shifts' is missing.")

    def test_a_table_under_a_wrong_name(self, folder):
        (folder / "shifts.csv").rename(folder / "shift.csv")
        assert only(folder).cure == "Is it 'shift'? Then call it 'shifts'."

    def test_a_table_that_is_a_folder(self, folder):
        (folder / "links.csv").unlink()
        (folder / "links.csv").mkdir()
        fault = only(folder)
        assert (fault.file, fault.problem) == ("links.csv", "this is not a file.")

    def test_a_link_that_leads_nowhere(self, folder):
        (folder / "links.csv").unlink()
        (folder / "links.csv").symlink_to(folder / "gone.csv")
        assert only(folder).problem == "this link leads nowhere."

    def test_a_link_to_itself(self, folder):
        (folder / "links.csv").unlink()
        (folder / "links.csv").symlink_to(folder / "links.csv")
        assert only(folder).file == "links.csv"

    def test_a_pipe(self, tmp_path):
        os.mkfifo(tmp_path / "week.json")
        assert only(tmp_path / "week.json").problem == "this is not a file."

    def test_a_file_that_may_not_be_read(self, folder, monkeypatch):
        """Root may read everything, so the refusal is played."""
        read = Path.read_bytes

        def refuse(path):
            if path.name == "links.csv":
                raise PermissionError(13, "Permission denied")
            return read(path)

        monkeypatch.setattr(Path, "read_bytes", refuse)
        fault = only(folder)
        assert (fault.file, fault.problem) == ("links.csv", "it cannot be read (Permission denied).")

    def test_a_folder_that_may_not_be_read(self, folder, monkeypatch):
        def refuse(_):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "iterdir", refuse)
        assert "Permission denied" in only(folder).problem


class TestHowLarge:
    @pytest.mark.parametrize("name", ["week.xlsx", "week.json", "week/clients.csv"])
    def test_50_megabytes_are_refused_unread(self, name, folder, monkeypatch):
        path = folder.parent / name
        with path.open("wb") as file:
            file.truncate(50_000_001)
        monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
        fault = only(folder if name.endswith("csv") else path)
        assert "50 MB" in fault.problem
        assert fault.cure

    def test_a_workbook_that_unpacks_to_far_more(self, book):
        with (
            zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as pack,
            pack.open("xl/padding.xml", "w") as part,
        ):
            for _ in range(310):
                part.write(b" " * 1_000_000)
        assert "unpacks to 310 MB" in only(book).problem

    def test_a_stray_cell_in_the_last_row(self, book):
        """The fast reader would lay out 16 million million cells."""
        opened = openpyxl.load_workbook(book)
        opened["clients"]["XFD1048576"] = "x"
        opened.save(book)
        fault = only(book)
        assert fault.row == 1_048_576
        assert "sheet 'clients'" in fault.problem

    def test_cells_without_places_in_the_last_row(self, book, tmp_path):
        """A cell need not say where it stands; its row may."""
        sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        cells = "<c><v>1</v></c>" * 20
        sheet += f'<row r="1">{cells}</row><row r="99999999">{cells}</row></sheetData></worksheet>'
        replaced = replace_part(book, tmp_path / "hurt.xlsx", "xl/worksheets/sheet1.xml", sheet.encode())
        assert "stands as far away" in only(replaced).problem


class TestWhatKindOfFile:
    @pytest.mark.parametrize(
        "data, says",
        [
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Excel file"),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
                "a password",
            ),
            (b"%PDF-1.7\n", "a PDF file"),
            (b"client,name\nC01,Olive\n", "not an .xlsx workbook"),
            (b"PK\x03\x04" + bytes(50), "damaged"),
            (b"", "empty"),
        ],
        ids=["xls", "password", "pdf", "csv", "torn zip", "nothing"],
    )
    def test_another_kind_called_xlsx(self, data, says, tmp_path):
        path = tmp_path / "week.xlsx"
        path.write_bytes(data)
        fault = only(path)
        assert says in fault.problem
        assert fault.cure

    @pytest.mark.parametrize("ending", [".xls", ".ods", ".pdf", ".docx", ".numbers", ""])
    def test_other_endings(self, ending, tmp_path):
        path = tmp_path / f"week{ending}"
        path.write_bytes(b"something")
        fault = only(path)
        assert fault.problem == f"files that end in {ending or 'nothing'} are not read."
        assert "save it as .xlsx" in fault.cure

    @pytest.mark.parametrize(
        "part, says",
        [
            ("mimetype", "OpenDocument"),
            ("word/document.xml", "not an .xlsx"),
            ("xl/workbook.bin", "not an .xlsx"),
        ],
    )
    def test_other_zip_files(self, part, says, tmp_path):
        path = tmp_path / "week.xlsx"
        with zipfile.ZipFile(path, "w") as pack:
            pack.writestr(part, "application/vnd.oasis.opendocument.spreadsheet")
        assert says in only(path).problem

    def test_half_a_workbook(self, book):
        book.write_bytes(book.read_bytes()[: book.stat().st_size // 2])
        assert "damaged" in only(book).problem

    def test_a_workbook_whose_sheet_is_cut_off(self, book, tmp_path):
        torn = b"<worksheet><sheetData><row>"
        assert faults(replace_part(book, tmp_path / "torn.xlsx", "xl/worksheets/sheet1.xml", torn))

    def test_a_table_as_a_workbook_in_a_folder(self, folder):
        (folder / "shifts.csv").unlink()
        write_xlsx({"shifts": read_tables()["shifts"]}, folder / "shifts.xlsx")
        assert only(folder).problem == "the table 'shifts' is missing."


class TestCellsOfAWorkbook:
    def test_merged_cells(self, book):
        opened = openpyxl.load_workbook(book)
        opened["clients"].merge_cells("I2:J3")
        opened.save(book)
        fault = faults(book)[0]
        assert (fault.file, fault.row, fault.column) == ("week.xlsx, sheet clients", 2, "I")
        assert "I2 to J3 are merged" in fault.problem
        assert "Unmerge" in fault.cure

    def test_a_formula_that_never_was_calculated(self, book):
        opened = openpyxl.load_workbook(book)
        opened["visits"]["L3"] = "=15*2"
        opened.save(book)
        fault = next(fault for fault in faults(book) if fault.value == "a formula")
        assert (fault.row, fault.column) == (3, "minutes")
        assert fault.problem == "this formula has no result in the file."

    def test_a_formula_that_failed(self, book):
        opened = openpyxl.load_workbook(book)
        opened["clients"]["N2"] = "#N/A"
        opened.save(book)
        fault = only(book)
        assert (fault.row, fault.column, fault.value) == (2, "area", "#N/A")

    def test_two_sheets_of_one_table(self, tmp_path):
        tables = read_tables()
        fault = only(write_xlsx({**tables, "Clients_": tables["clients"]}, tmp_path / "week.xlsx"))
        assert fault.problem == "this is the second table of clients; the first is week.xlsx, sheet clients."


class TestJson:
    @pytest.mark.parametrize(
        "text, says",
        [
            ('{"clients": [', "line 1"),
            ("[1, 2]", "not an object of tables"),
            ('{"clients": [], "clients": []}', "'clients' comes twice"),
            ('{"clients": NaN}', "NaN is not a number"),
            ("[" * 100_000, "cannot be used"),
            ('{"clients": ' + "9" * 5000 + "}", "cannot be used"),
            ("\x00", "not JSON"),
        ],
        ids=["torn", "list", "twice", "nan", "deep", "huge number", "nul"],
    )
    def test_what_is_not_json(self, text, says, tmp_path):
        (tmp_path / "week.json").write_text(text)
        assert says in only(tmp_path / "week.json").problem

    def test_not_utf_8(self, tmp_path):
        (tmp_path / "week.json").write_bytes(b'{"clients": "\xe9"}')
        assert only(tmp_path / "week.json").problem == "this is not UTF-8 text."

    def test_a_table_that_is_no_list(self, tmp_path):
        found = json.loads(write_json(read_tables(), tmp_path / "week.json").read_text())
        found["links"] = {"first": "C01-am"}
        (tmp_path / "week.json").write_text(json.dumps(found))
        fault = only(tmp_path / "week.json")
        assert (fault.file, fault.problem) == (
            "week.json, table links",
            "this table is not a list of entries.",
        )

    def test_an_object_in_a_cell_and_a_number_beyond_all_bounds(self, tmp_path):
        text = write_json(read_tables(), tmp_path / "week.json").read_text()
        text = text.replace('"Stow Hill"', '{"town": "Newport"}').replace(
            '"minutes": "60"', '"minutes": 1e999'
        )
        (tmp_path / "week.json").write_text(text)
        first, second = faults(tmp_path / "week.json")
        assert (first.row, first.column, first.value) == (1, "area", '{"town": "Newport"}')
        assert (second.row, second.column, second.value) == (4, "minutes", "inf")


def test_a_period_that_cannot_be():
    with pytest.raises(InputError, match="a period cannot have so many days"):
        load(GOOD, MONDAY, days=0)


def test_a_period_before_the_figures_are_known():
    with pytest.raises(InputError) as caught:
        load(GOOD, date(2001, 1, 1))
    (fault,) = caught.value.faults
    assert (fault.file, fault.column, fault.value) == ("the period", "start", "2001-01-01")


def replace_part(source, target, part, data):
    """A copy of a workbook with one part of the pack exchanged."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, data if info.filename == part else old.read(info.filename))
    return target
