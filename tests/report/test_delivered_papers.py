"""Delivered against planned on paper: sentences by hand, and every figure that of summary and workbook."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

from scheduler.delivered import Actual
from scheduler.report.delivered_papers import delivered_files
from scheduler.report.html import percent
from tests.builders import a_client, a_leg, a_problem, a_rota, a_visit, minute
from tests.report.papers import page_of, sheets, shown


def clocked(rota):
    """Most visits with a shift of some minutes, a few missed, a few of which nothing is known."""
    dice = Random(4)
    for leg in rota.legs:
        if dice.random() < 0.05:
            continue
        if dice.random() < 0.05:
            yield Actual(leg.visit, leg.carer, None, None)
        else:
            start = max(0, leg.start + dice.randint(-20, 30))
            yield Actual(leg.visit, leg.carer, start, start + max(1, leg.minutes + dice.randint(-15, 5)))


def test_every_figure_on_paper_is_that_of_summary_and_workbook(week):
    rota, problem = week
    files = delivered_files(rota, list(clocked(rota)), problem)
    told, book = json.loads(files["summary.json"]), sheets(files["delivered.xlsx"])
    page = page_of(files, "delivered.html")
    fields = {
        "Planned": "planned",
        "Recorded": "recorded",
        "Missed": "missed",
        "Late": "late",
        "Early": "early",
        "Short": "short",
        "Minutes not given": "minutes_not_given",
    }
    for sheet, part, key in (("By client", "clients", "Client"), ("By carer", "carers", "Carer")):
        lines = {line[key]: line for line in shown(page, sheet)}
        for row in book[sheet]:
            for title, field in fields.items():
                assert row[title] == told[part][row["Id"]][field]
                assert lines[row[key]][title] == f"{row[title]:,}"
    for field in fields.values():
        assert told["all"][field] == sum(one[field] for one in told["clients"].values())
        assert told["all"][field] == sum(one[field] for one in told["carers"].values())
        assert told["all"][field] > 0
    assert len(book["Visits"]) == told["all"]["planned"] + told["all"]["not_planned"]
    assert sum("late" in (row["What"] or "").split(", ") for row in book["Visits"]) == told["all"]["late"]
    for row, line in zip(book["By group"], shown(page, "By group"), strict=True):
        assert line["Late share"] == percent(row["Late share"])
        assert line["Planned"] == str(row["Planned"])
    for row in book["Same measures"]:
        assert row["Planned"] == told["planned"][row["Measure"]]
        assert row["Delivered"] == told["delivered"][row["Measure"]]


def test_in_words():
    problem = a_problem(
        [a_visit("one", "08:00"), a_visit("two", "12:00"), a_visit("three", "16:00", client="nia")],
        clients=[a_client("mary"), a_client("nia")],
    )
    rota = a_rota(a_leg("one"), a_leg("two", start="12:00"), a_leg("three", start="16:00"))
    actuals = [Actual("one", "aled", minute("08:20"), minute("08:35")), Actual("two", "aled", None, None)]
    page = page_of(delivered_files(rota, actuals, problem), "delivered.html")
    assert (
        "2 of 3 planned visits (each carer counted) are recorded; 1 are not, and nothing is said of those."
        in page
    )
    wanted = f"1 missed ({percent(0.5)}), 1 late ({percent(0.5)}), 0 early ({percent(0.0)}), 1 short ({percent(0.5)})"
    assert f"Of the recorded visits: {wanted}." in page
    assert "45 minutes that were planned were not given." in page
    assert "Mary bore most of it: 45 minutes, 1 missed and 1 late visits." in page


def test_nothing_recorded_says_so():
    rota, problem = a_rota(a_leg("one")), a_problem([a_visit("one")])
    assert "Nothing was recorded of the planned visits." in page_of(
        delivered_files(rota, [], problem), "delivered.html"
    )


def test_what_people_typed_stays_text(hostile):
    files = delivered_files(hostile.rota, list(clocked(hostile.rota)), hostile.problem)
    assert b"<script>alert" not in files["delivered.html"]


def test_an_area_is_a_group(week):
    rota, problem = week
    areas = tuple(replace(client, area="Stow Hill") for client in problem.clients)
    book = sheets(
        delivered_files(rota, list(clocked(rota)), problem.replace(clients=areas))["delivered.xlsx"]
    )
    assert [row["Value"] for row in book["By group"] if row["Group"] == "Area"] == ["Stow Hill"]
