"""Two rotas side by side: each difference found by hand, and prices that add up to the difference."""

from __future__ import annotations

import json
from typing import Any

import openpyxl
import pytest

from scheduler.cost import cost
from scheduler.measures import measure
from scheduler.report.compare import compare_paper, compare_summary, differences
from scheduler.report.compare.differences import What
from scheduler.rota import Rota
from scheduler.units import pence
from tests.builders import a_carer, a_leg, a_problem, a_rota, a_visit
from tests.cli.conftest import run
from tests.intake.agencies import GOOD, MONDAY
from tests.report.weeks import a_week

VISITS = [a_visit("am", "08:00"), a_visit("noon", "12:00"), a_visit("pm", "18:00")]
PROBLEM = a_problem(VISITS, [a_carer("aled"), a_carer("beth")])


def found(first, second):
    return {one.visit.id: one.what for one in differences(first, second, PROBLEM)}


@pytest.mark.parametrize(
    "before, after, what",
    [
        (a_leg("am", "aled", "08:00"), a_leg("am", "aled", "08:00"), set()),
        (a_leg("am", "aled", "08:00"), a_leg("am", "beth", "08:00"), {What.CARER}),
        (a_leg("am", "aled", "08:00"), a_leg("am", "aled", "08:01"), {What.TIME}),
        (a_leg("am", "aled", "08:00", 30), a_leg("am", "aled", "08:00", 29), {What.LENGTH}),
        (
            a_leg("am", "aled", "08:00"),
            a_leg("am", "beth", "08:20", 40),
            {What.CARER, What.TIME, What.LENGTH},
        ),
    ],
)
def test_each_kind_of_difference(before, after, what):
    assert found(a_rota(before), a_rota(after)).get("am", set()) == what


def test_placed_and_lost():
    assert found(a_rota(a_leg("am")), a_rota(a_leg("pm", "aled", "18:00"))) == {
        "am": {What.LOST},
        "pm": {What.PLACED},
    }


def test_two_carers_in_another_order_are_the_same():
    first = a_rota(a_leg("am", "aled"), a_leg("am", "beth", second=True))
    second = a_rota(a_leg("am", "beth"), a_leg("am", "aled", second=True))
    assert found(first, second) == {}


def test_equal_rotas_are_said_to_be_equal():
    rota = a_rota(a_leg("am"))
    assert compare_paper(rota, rota, PROBLEM).lead == [
        "The two rotas are the same: every visit has the same carers, time and length.",
    ]


def test_for_whom_in_a_sentence():
    first, second = a_rota(a_leg("am", "aled")), a_rota(a_leg("am", "aled"), a_leg("pm", "beth", "18:00"))
    paper = compare_paper(first, second, PROBLEM)
    assert paper.lead[:3] == [
        "1 of 3 visits differ, of 1 clients: 1 now planned.",
        "The second leaves 1 visits unallocated, the first 2.",
        "Neither breaks a hard rule.",
    ]
    assert paper.sections[0].points == [
        "Mary: 1 visit differs (1 now planned); sees 2 different carers, 1 in the first; new faces 2, 1 in the first.",
    ]


@pytest.fixture(scope="module")
def pair():
    """A made-up week, and the same with a fifth of its visits given to nobody and a tenth moved."""
    first, problem = a_week(clients=20, carers=8, seed=3)
    legs = [
        type(leg)(leg.start + (10 if i % 10 == 1 else 0), leg.carer, leg.visit, leg.minutes, leg.second)
        for i, leg in enumerate(first.legs)
        if i % 5
    ]
    return first, Rota(first.start, first.days, tuple(legs)), problem


def test_prices_add_up_to_the_difference(pair):
    first, second, problem = pair
    more = cost(second, problem).total_amount - cost(first, problem).total_amount
    tables = {table.name: table for section in compare_paper(*pair).sections for table in section.tables}
    rules, clients = tables["Cost by rule"].rows, tables["Cost by client"].rows
    assert rules[-1][-1] == more != 0
    assert sum(row[-1] for row in rules[:-1]) == more
    assert sum(row[-1] for row in clients) == more
    assert compare_summary(*pair)["total_pence_more"] == pence(more)


def test_the_figures_are_those_of_each_plan(pair):
    first, second, problem = pair
    told = compare_summary(*pair)
    assert told["first"] == measure(first, problem)
    assert told["second"] == measure(second, problem)
    lost = told["second"]["unallocated"] - told["first"]["unallocated"]
    assert told["what"]["no longer planned"] - told["what"]["now planned"] == lost > 0


def test_page_workbook_and_summary_agree(tmp_path):
    """Two rotas typed by hand."""
    paths = []
    for name, carer in (("a.csv", "K01"), ("b.csv", "K02")):
        path = tmp_path / name
        path.write_text(f"visit,carer,start\nC01-am:2026-11-23,{carer},2026-11-23 08:30\n", encoding="utf-8")
        paths.append(path)
    out = tmp_path / "out"
    done = run("compare", GOOD, *paths, "--from", MONDAY.isoformat(), "--out", out)
    assert done.code == 0, done.err
    told = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert (told["visits_different"], told["what"]["other carer"]) == (1, 1)
    book = openpyxl.load_workbook(out / "compare.xlsx")
    rows: list[Any] = list(book["Measures"].iter_rows(min_row=2, values_only=True))
    assert {row[0]: row[2] for row in rows} == pytest.approx(told["second"])
    total = list(book["Cost by rule"].iter_rows(values_only=True))[-1]
    assert round(float(str(total[4])) * 100) == told["total_pence_more"]
    page = (out / "compare.html").read_text(encoding="utf-8")
    assert "Sam Sample" in page
    assert "Tess Trial" in page


def test_faults_of_the_second_rota_are_told(tmp_path):
    good, bad = tmp_path / "a.csv", tmp_path / "b.csv"
    good.write_text("visit,carer,start\nC01-am:2026-11-23,K01,2026-11-23 08:30\n", encoding="utf-8")
    bad.write_text("visit,carer,start\nC01-am:2026-11-23,K99,2026-11-23 08:30\n", encoding="utf-8")
    done = run("compare", GOOD, good, bad, "--from", MONDAY.isoformat(), "--out", tmp_path / "out")
    assert done.code == 2
    assert "b.csv" in done.err
