"""The template: a sheet for each table, a heading for each column, and examples that load."""

from __future__ import annotations

import openpyxl
import pytest

from scheduler.errors import OutputError
from scheduler.intake.load import load_with_warnings
from scheduler.intake.settings_table import known_settings
from scheduler.intake.tables import TABLES
from scheduler.intake.template import note, write_template
from tests.intake.agencies import MONDAY


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(path)
    return path


@pytest.fixture(scope="module")
def book(path):
    return openpyxl.load_workbook(path)


def test_loads_without_a_fault_or_a_warning(path):
    loaded = load_with_warnings(path, MONDAY)
    assert loaded.warnings == ()
    assert {visit.plan for visit in loaded.problem.visits} == {"C01-am", "C01-lunch"}
    assert loaded.problem.links
    assert loaded.problem.ties
    assert loaded.problem.history


def test_a_sheet_for_each_table_after_the_read_me(book):
    assert book.sheetnames == ["Read me", *(table.name for table in TABLES), "setting names"]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_heading_has_its_note_and_example(book, table):
    sheet = book[table.name]
    assert tuple(cell.value for cell in sheet[1]) == table.names
    for column, heading, example in zip(table.columns, sheet[1], sheet[2], strict=True):
        assert note(column) in heading.comment.text
        assert (example.value or "") == column.example


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_choices_are_offered(book, table):
    rules = book[table.name].data_validations.dataValidation
    offered = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in rules}
    for i, column in enumerate(table.columns, 1):
        if column.choices:
            cell = book[table.name].cell(2, i).coordinate
            assert offered[cell] == f'"{",".join(column.choices)}"'


def test_settings_are_listed_and_offered(book):
    names = [row[0].value for row in book["setting names"].iter_rows(min_row=2)]
    assert names == list(known_settings())
    (rule,) = book["settings"].data_validations.dataValidation
    assert rule.formula1 == f"'setting names'!$A$2:$A${len(names) + 1}"


def test_where_nothing_can_be_written(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        write_template(tmp_path / "no" / "such" / "folder.xlsx")
