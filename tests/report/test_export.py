import csv
import io
import tracemalloc
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from scheduler.intake.rota_rows import load_rota
from scheduler.report.export import to_csv, to_xlsx
from scheduler.report.table import Kind, Table, columns
from scheduler.report.tables import rota_table
from scheduler.report.write import all_files
from scheduler.units import pence
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit

SHEETS = ["Rota", "By carer", "By client", "Unallocated", "Findings", "Costs", "Measures"]


def read(content, name):
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python()


@pytest.fixture(scope="module")
def workbook(judged):
    return all_files(judged)["rota.xlsx"]


def test_the_sheets_are_all_there(workbook):
    assert CalamineWorkbook.from_filelike(io.BytesIO(workbook)).sheet_names == SHEETS


def test_the_rota_reads_back_as_it_was(workbook, week):
    rota, _ = week
    heading, *rows = read(workbook, "Rota")
    assert heading[:5] == ["visit", "carer", "start", "minutes", "second"]
    assert len(rows) == len(rota.legs)
    for row, leg in zip(rows, rota.legs, strict=True):
        assert row[:2] == [leg.visit, leg.carer]
        assert (
            row[2] == f"2026-11-{2 + leg.start // 1440:02d} {leg.start % 1440 // 60:02d}:{leg.start % 60:02d}"
        )
        assert (row[3], row[4]) == (leg.minutes, "yes" if leg.second else "no")


@pytest.mark.parametrize("name", ["rota.xlsx", "rota.csv", "rota.json"])
def test_careround_reads_its_own_files(judged, tmp_path, name):
    (tmp_path / name).write_bytes(all_files(judged)[name])
    assert load_rota(tmp_path / name, judged.problem).legs == judged.rota.legs


def test_a_row_of_the_rota_is_made_for_people_too():
    problem = a_problem(
        [a_visit("tea", "Wed 16:00")], [a_carer(name="Aled Ivorby")], [a_client(name="Mary Lee")]
    )
    table = rota_table(a_rota(a_leg("tea", start="Wed 16:05")), problem)
    assert table.rows == [("tea", "aled", "2026-11-04 16:05", 30, "no", "Mary Lee", "Aled Ivorby", "Wed")]


def test_the_csv_is_the_sheet(workbook, judged):
    text = all_files(judged)["rota.csv"].decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    sheet = read(workbook, "Rota")
    assert rows == [[str(int(cell)) if isinstance(cell, float) else cell for cell in row] for row in sheet]


def test_costs_and_measures_are_the_numbers_of_cost_and_measures(workbook, judged):
    costs = {row[0]: row[2] for row in read(workbook, "Costs")[1:]}
    for line in judged.cost.lines:
        assert costs[line.label] == pytest.approx(pence(line.price) / 100)
    assert costs["All together"] == pytest.approx(judged.cost.total / 100)
    measures = {row[0]: row[1] for row in read(workbook, "Measures")[1:]}
    assert measures == pytest.approx(judged.measures)


def test_the_sheet_of_findings_has_every_finding_the_hard_ones_first(workbook, judged):
    rows = read(workbook, "Findings")[1:]
    assert len(rows) == len(judged.report.findings)
    assert [row[0] for row in rows[: len(judged.report.hard)]] == ["hard"] * len(judged.report.hard)


def test_reasons_are_in_the_sheet_of_unallocated_visits(workbook, judged):
    rows = read(workbook, "Unallocated")[1:]
    assert {row[0] for row in rows} == {visit.id for visit in judged.rota.unallocated(judged.problem)}
    assert all(row[-1] == f"All carers are busy around {row[0]}." for row in rows)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(hostile):
    with zipfile.ZipFile(io.BytesIO(all_files(hostile)["rota.xlsx"])) as parts:
        for name in parts.namelist():
            text = parts.read(name).decode()
            assert "<f>" not in text
            assert "<hyperlinks" not in text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_of_a_csv_can_become_a_formula(text):
    table = Table("t", "", columns(("name", Kind.TEXT), ("number", Kind.COUNT)), [(text, -1)])
    (_, row) = csv.reader(io.StringIO(to_csv(table), newline=""))
    assert row == [f"'{text}", "-1"]


def test_headings_stay_in_sight_and_can_be_filtered_by(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        for i in range(1, len(SHEETS) + 1):
            sheet = parts.read(f"xl/worksheets/sheet{i}.xml").decode()
            assert 'state="frozen"' in sheet
            assert "<autoFilter" in sheet


def test_amounts_are_shown_in_the_units_of_people():
    kinds = (Kind.HOURS, Kind.MILES, Kind.MONEY, Kind.SHARE)
    table = Table("t", "", columns(*((kind.value, kind) for kind in kinds)), [(90, 16093, 6030, 0.25)])
    assert read(to_xlsx([table], a_problem()), "t")[1] == [1.5, 10.0, 1.01, 0.25]


def test_an_empty_table_is_a_sheet_with_headings():
    table = Table("t", "", columns(("name", Kind.TEXT)), [])
    assert read(to_xlsx([table], a_problem()), "t") == [["name"]]


def test_rows_are_let_go_of_once_they_are_written():
    """A week of 8,000 visits has 200,000 cells: held until the end they took 50 MB."""

    def most(rows: int) -> int:
        table = Table(
            "t", "", columns(*((f"c{x}", Kind.COUNT) for x in range(10))), [tuple(range(10))] * rows
        )
        tracemalloc.start()
        try:
            to_xlsx([table], a_problem())
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert most(4_000) < most(1_000) + 500_000
