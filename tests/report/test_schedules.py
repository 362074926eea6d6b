"""Schedules: each line by hand, and every figure on paper that of summary and workbook."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scheduler.domain import PayBasis, PayTerms
from scheduler.pay import pay_weeks
from scheduler.report.schedule_papers import schedule_files
from scheduler.report.schedules import What, schedules
from scheduler.units import sixtieths
from tests.builders import (
    a_carer,
    a_client,
    a_leg,
    a_problem,
    a_rota,
    a_visit,
    at,
    minute,
    some_settings,
)
from tests.report.papers import as_pounds, is_tagged, page_of, sheets, shown

HOUR = 60


def a_day(basis: PayBasis = PayBasis.CONTACT_TRAVEL, third: str = "12:00", **settings):
    """Aled lives 20 min from Mary; Nia is 10 min from Mary. 08:00 Mary, 08:45 Nia, `third` Mary again."""
    problem = a_problem(
        [
            a_visit("one", "08:00", tasks=("wash", "pad_change")),
            a_visit("two", "08:45", client="nia", carers=2, time_critical=True),
            a_visit("three", third, slack=0),
        ],
        [a_carer(x=-20, pay=PayTerms(basis, 1200, mileage=45)), a_carer("bea")],
        [a_client("mary"), a_client("nia", place=at(10, 0))],
        days=1,
        settings=some_settings(**settings),
    )
    legs = [
        a_leg("one", start="08:00"),
        a_leg("two", start="08:45"),
        a_leg("two", "bea", "08:45", second=True),
        a_leg("three", start=third),
    ]
    return a_rota(*legs, days=1), problem


def lines_of(rota, problem):
    aled, _ = schedules(rota, problem)
    return [(line.what, line.start, line.end, line.paid) for line in aled.lines]


def test_visits_travel_and_waiting_line_by_line():
    """09:15 to 12:00: 10 min of travel and 155 of waiting, of which 60 are paid; 4 h 30 min need no rest break."""
    assert lines_of(*a_day()) == [
        (What.OUT, minute("07:40"), minute("08:00"), 0),
        (What.VISIT, minute("08:00"), minute("08:30"), 30),
        (What.TRAVEL, minute("08:30"), minute("08:40"), 10),
        (What.WAITING, minute("08:40"), minute("08:45"), 5),
        (What.VISIT, minute("08:45"), minute("09:15"), 30),
        (What.TRAVEL, minute("09:15"), minute("09:25"), 10),
        (What.WAITING, minute("09:25"), minute("12:00"), 60),
        (What.VISIT, minute("12:00"), minute("12:30"), 30),
        (What.BACK, minute("12:30"), minute("12:50"), 0),
    ]


@pytest.mark.parametrize("third, kind", [("13:30", What.WAITING), ("13:31", What.BREAK)])
def test_a_gap_is_a_rest_break_where_one_is_due(third, kind):
    """A round from 08:00 to 14:00 is six hours; one minute more needs a break of 20 min."""
    aled, _ = schedules(*a_day(third=third))
    assert [line.what for line in aled.lines if line.what in (What.WAITING, What.BREAK)] == [
        What.WAITING,
        kind,
    ]


def test_contact_only_pays_no_line_but_visits():
    assert {line.what for line in schedules(*a_day(PayBasis.CONTACT))[0].lines if line.paid} == {What.VISIT}


def test_what_the_carer_must_know_stands_beside_the_visit():
    aled, bea = schedules(*a_day())
    notes = [line.note for line in aled.lines if line.what is What.VISIT]
    assert notes == ["Wash, pad change.", "With Bea. Time-critical.", ""]
    assert [line.where for line in bea.lines if line.what is What.VISIT] == ["Nia, (10, 0)"]


def test_a_journey_that_cannot_be_made_is_said():
    rota, problem = a_day()
    tight = rota.without(["two"]).with_legs([a_leg("two", start="08:34")])
    (travel, _) = [line for line in schedules(tight, problem)[0].lines if line.what is What.TRAVEL]
    assert travel.note == "Only 4 min are left for it."
    page = page_of(schedule_files(tight, problem, pdf=False), "carers/aled.html")
    assert "1 of the journeys have less time than they take" in page


def test_the_lines_add_up_to_the_pay(week):
    rota, problem = week
    for one in schedules(rota, problem):
        own = [w for w in pay_weeks(rota, problem) if w.carer is one.person.carer]
        if any(line.note.startswith("Only") for line in one.lines):
            continue
        assert one.paid == sum(w.paid for w in own)
        assert one.minutes(What.TRAVEL) == sum(w.travel for w in own)
        assert one.minutes(What.WAITING) + one.minutes(What.BREAK) == sum(w.waiting for w in own)


def test_every_figure_on_paper_is_that_of_summary_and_workbook(week):
    files = schedule_files(week[0], week[1], pdf=False)
    told = json.loads(files["summary.json"])["carers"]
    book = sheets(files["schedules.xlsx"])
    page = shown(page_of(files, "schedules.html"), "Totals")
    assert len(book["Totals"]) == len(page) == len(told) > 2
    for row, line in zip(book["Totals"], page, strict=True):
        one = told[row["Id"]]
        assert row["Expected pay"] == one["expected_pay_pence"] / 100
        assert line["Expected pay"] == as_pounds(row["Expected pay"])
        assert round(row["With clients"] * HOUR) == pytest.approx(one["contact_minutes"], abs=0.5)
        assert (row["Visits"], line["Visits"]) == (one["visits"], str(one["visits"]))
        own = [cells for cells in book["Schedule"] if cells["Carer"] == row["Carer"]]
        for what, field in (
            (What.VISIT, "contact_minutes"),
            (What.TRAVEL, "travel_minutes"),
            (What.WAITING, "waiting_minutes"),
            (What.BREAK, "break_minutes"),
        ):
            assert sum(cells["Minutes"] for cells in own if cells["What"] == what) == one[field]
        assert sum(cells["Paid"] for cells in own) == one["paid_minutes"]
        paper = page_of(files, f"carers/{row['Id']}.html")
        pay = shown(paper, "Expected pay")
        assert pay[-1]["Amount"] == line["Expected pay"]


def test_miles_by_carer_and_mode():
    """Aled drives 10 km there and 10 km back, 20 km or 12.4 miles in two journeys, at 45p: £5.59. Bea does not move."""
    rota, problem = a_day()
    book = sheets(schedule_files(rota, problem, pdf=False)["schedules.xlsx"])["Mileage"]
    assert [(row["Carer"], row["By"], row["Journeys"], row["Mileage"]) for row in book] == [
        ("Aled", "car", 2, 5.59),
        ("Bea", "car", 0, 0),
        ("All", "car", 2, 5.59),
    ]
    assert book[0]["Miles"] == pytest.approx(20_000 / 1609.344, abs=0.05)


def test_expected_pay_is_made_up_of_what_the_paper_lists():
    """30 + 10 + 5 + 30 + 10 + 60 + 30 = 175 min at £12 are £35; 20 km at 45p a mile are £5.59."""
    (aled, _) = schedules(*a_day())
    assert aled.paid == 175
    assert aled.expected_pay == pytest.approx(sixtieths(3500 + 559), abs=30)


def test_what_the_paper_lists_adds_up_to_the_penny():
    """175 min at £12.07 are £35.204, 20 km at 45p £5.592: £35.20 and £5.59 are shown, and together they are £40.79."""
    rota, problem = a_day()
    for rate in range(1200, 1230):
        aled = replace(problem.carers[0], pay=PayTerms(PayBasis.CONTACT_TRAVEL, rate, mileage=45))
        paid = problem.replace(carers=(aled, problem.carers[1]))
        files = schedule_files(rota, paid, pdf=False)
        page = page_of(files, "carers/aled.html")
        *parts, together = (float(row["Amount"].strip("£")) for row in shown(page, "Expected pay"))
        assert round(sum(parts), 2) == together, rate
        told = json.loads(files["summary.json"])["carers"]["aled"]["expected_pay_pence"]
        assert told == round(together * 100)


def test_the_welsh_regulation_is_named_in_wales_alone():
    rota, problem = a_day(nation="wales")
    assert "regulation 41" in page_of(schedule_files(rota, problem, pdf=False), "carers/aled.html")
    assert "regulation 41" not in page_of(
        schedule_files(rota, problem.replace(settings=some_settings()), pdf=False), "carers/aled.html"
    )


def test_pdf_files_are_tagged_and_the_same_again():
    once, again = schedule_files(*a_day()), schedule_files(*a_day())
    assert is_tagged(once["carers/aled.pdf"])
    assert once == again
    assert {name for name in once if name.startswith("carers/")} == {
        f"carers/{id}.{ending}" for id in ("aled", "bea") for ending in ("html", "pdf", "ics")
    }


def test_what_people_typed_stays_text(hostile):
    files = schedule_files(hostile.rota, hostile.problem, pdf=False)
    for name, content in files.items():
        if name.endswith(".html"):
            assert b"<script>alert" not in content
            assert b"<b></script>" not in content
