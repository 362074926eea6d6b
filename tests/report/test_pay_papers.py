"""True pay on paper: the sentences by hand, and every figure that of summary and workbook."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from scheduler.domain import PayBasis, PayTerms
from scheduler.measures import measure
from scheduler.report.pay_papers import pay_files
from scheduler.settings import Rise
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, some_settings
from tests.report.papers import as_pounds, page_of, sheets, shown
from tests.test_true_pay import homecare_voices


def test_the_published_example_in_words():
    """Homecare Voices, 2025: £13.23 for contact, 73.6 % of the run, a true £9.74 against £12.21."""
    page = page_of(pay_files(*homecare_voices()), "pay.html")
    assert "1 pay period of 1 fall below the minimum wage (£12.21 an hour): £41.22 must be made good." in page
    assert (
        "Aled is paid £162.29 for 16 h 40 min that count, 12 h 16 min of them with clients: £9.74 an hour, "
        "£2.47 below the minimum wage, so £41.22 are missing. Most of it: the visit to Nia on Monday, with "
        "264 unpaid min before it (£47.47)."
    ) in page


def test_a_week_that_is_all_right_says_so():
    problem = a_problem(
        [a_visit("one", "08:00", minutes=60)],
        settings=some_settings(hourly=1345, minimum_wage=1271, living_wage=1345),
    )
    page = page_of(pay_files(a_rota(a_leg("one", minutes=60)), problem), "pay.html")
    assert "Every carer earns at least the minimum wage (£12.71 an hour) for all hours that count." in page
    assert "The least is Aled&#39;s: £13.45 an hour, £0.74 above the minimum wage." in page
    assert "Every adult earns at least the real Living Wage (£13.45, voluntary)." in page
    assert "must be made good" not in page


def test_pay_for_contracted_time_without_work_is_named_where_it_makes_the_hour_dear():
    """One hour of work and ten contracted: all ten are paid, and look like ten times the rate."""
    problem = a_problem(
        [a_visit("one", "08:00", minutes=60)],
        [a_carer(contracted=600)],
        settings=some_settings(hourly=1345, minimum_wage=1271),
    )
    page = page_of(pay_files(a_rota(a_leg("one", minutes=60)), problem), "pay.html")
    assert (
        "The least is Aled&#39;s: £134.50 an hour, £121.79 above the minimum wage, with 9 h of contracted time "
        "paid without work." in page
    )


def test_every_figure_on_paper_is_that_of_summary_and_workbook(week):
    rota, problem = week
    contact = [replace(c, pay=replace(c.pay, basis=PayBasis.CONTACT), contracted=0) for c in problem.carers]
    problem = problem.replace(carers=tuple(contact))
    files = pay_files(rota, problem)
    told, book = json.loads(files["summary.json"]), sheets(files["pay.xlsx"])
    page = page_of(files, "pay.html")
    pairs = zip(told["periods"], book["True pay"], shown(page, "True pay"), strict=True)
    for one, row, line in pairs:
        assert row["Missing to minimum wage"] == one["shortfall_pence"] / 100
        assert row["Pay"] == one["pay_pence"] / 100
        assert row["Expected pay"] == one["expected_pay_pence"] / 100
        if one["true_hourly_pence"] is not None:
            assert row["True pay an hour"] == one["true_hourly_pence"] / 100
            assert row["Margin an hour"] == one["margin_pence"] / 100
            assert line["True pay an hour"] == as_pounds(row["True pay an hour"])
            assert line["Margin an hour"] == as_pounds(row["Margin an hour"])
        assert line["Missing to minimum wage"] == as_pounds(row["Missing to minimum wage"])
    assert told["shortfall_pence"] == sum(one["shortfall_pence"] for one in told["periods"]) > 0
    measured = measure(rota, problem)
    assert told["shortfall_pence"] == measured["minimum_wage_shortfall_pence"]
    assert told["shortfalls"] == measured["minimum_wage_shortfalls"]
    for row, line in zip(book["Terms side by side"], shown(page, "Terms side by side"), strict=True):
        assert line["Pay"] == as_pounds(row["Pay"])
        assert line["Missing"] == as_pounds(row["Missing"])
    sides = {row["What is paid"]: row["Missing"] for row in book["Terms side by side"]}
    missing = sum(one["under"][PayBasis.CONTACT]["missing_pence"] for one in told["periods"])
    assert round(sides["Contact only"] * 100) == missing
    behind = {row["Visit"]: row["Missing"] for row in book["Visits behind it"]}
    assert behind == {id: amount / 100 for one in told["periods"] for id, amount in one["causes"].items()}


def test_govuk_examples_side_by_side():
    """Two appointments of 30 min with 10 min between at £12: £12 for contact only, £14 with the travel."""
    problem = a_problem(
        [a_visit("one", "08:00"), a_visit("two", "08:40", client="nia")],
        [a_carer(pay=PayTerms(PayBasis.CONTACT, 1200))],
        [a_client("mary"), a_client("nia", x=10)],
    )
    files = pay_files(a_rota(a_leg("one"), a_leg("two", start="08:40")), problem)
    (one,) = json.loads(files["summary.json"])["periods"]
    assert {basis: under["pay_pence"] for basis, under in one["under"].items()} == {
        "contact": 1200,
        "contact and travel": 1400,
        "shift": 1400,
    }
    assert one["causes"] == {"two": 200}


def test_what_people_typed_stays_text(hostile):
    files = pay_files(hostile.rota, hostile.problem)
    assert b"<script>alert" not in files["pay.html"]
    assert b",=HYPERLINK" not in files["pay.csv"]


@pytest.mark.parametrize(
    "settings, words",
    [
        ({}, "over each week of the planned days;"),
        ({"pay_period_weeks": 4}, "over 4 weeks of the planned days;"),
        ({"pay_monthly": True}, "over all planned weeks that end in the same month;"),
    ],
)
def test_the_paper_says_over_what_pay_is_averaged(settings, words):
    problem = a_problem([a_visit()], settings=some_settings(**settings))
    assert words in pay_files(a_rota(a_leg()), problem)["pay.html"].decode()


def test_the_rates_of_the_young_and_of_later_pay_periods_are_named():
    """The first of two weeks begins before the rise of 4 November; that of next year is told nowhere."""
    rises = (Rise("minimum_wage", date(2026, 11, 4), 1271), Rise("minimum_wage_young", date(2027, 4, 1), 850))
    problem = a_problem(
        [a_visit("one", "08:00"), a_visit("two", "09:00")],
        [a_carer(), a_carer("bea", young=True)],
        settings=some_settings(hourly=1271, rises=rises),
        days=14,
    )
    adult = a_rota(a_leg("one"), days=14)
    for rota, rates in (
        (adult, "the minimum wage (£12.00 an hour, £12.71 from 09/11/2026 on)"),
        (
            adult.with_legs([a_leg("two", "bea", "09:00")]),
            "the minimum wage of their age (£12.00 an hour, £12.71 from 09/11/2026 on; aged 16 or 17: £8.00 an hour)",
        ),
    ):
        files = pay_files(rota, problem)
        page = page_of(files, "pay.html")
        assert f"Every carer earns at least {rates} for all hours that count." in page
        wages = [one["minimum_wage_pence"] for one in json.loads(files["summary.json"])["periods"]]
        assert wages == [1200, 1271, 800, 800]
        assert "2027" not in page


@pytest.mark.parametrize("contracted", [0, 600])
def test_the_paper_says_that_absences_are_not_reckoned_where_there_are_contracted_hours(contracted):
    problem = a_problem([a_visit()], [a_carer(contracted=contracted)])
    page = page_of(pay_files(a_rota(a_leg()), problem), "pay.html")
    assert ("Pay for leave and sick pay are not reckoned here" in page) == bool(contracted)


def test_the_paper_says_that_the_adult_rate_is_taken_for_those_of_18_to_20_too():
    """The table of carers has no ages; £10.85 from April 2026."""
    page = page_of(pay_files(a_rota(a_leg()), a_problem([a_visit()])), "pay.html")
    assert "all who are not marked as aged 16 or 17 are held against the rate from 21 on" in page
    assert "For those of 18 to 20 the law asks for less (£10.85 an hour on the first day)" in page
