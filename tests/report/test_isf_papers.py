"""Funds on paper: sentences by hand, and every figure that of summary and workbook."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape

from scheduler.delivered import Actual, deliveries
from scheduler.funds import EntryKind, FundEntry
from scheduler.report.isf_papers import isf_files
from tests.builders import minute
from tests.report.papers import as_pounds, is_tagged, page_of, sheets, shown
from tests.test_statement import a_fund, a_week, a_week_at_the_years_end

NOTHING = "\u2013"
"""What an empty cell shows."""


def test_every_figure_on_paper_is_that_of_summary_and_workbook():
    entries = (
        FundEntry(-14, EntryKind.BANKED, 3000, "Christmas"),
        FundEntry(1, EntryKind.SPENT, 1250, "taxi"),
    )
    rota, problem = a_week(a_fund(entries=entries))
    found = deliveries(
        rota,
        [
            Actual("one", "aled", minute("08:30"), minute("08:50")),
            Actual("two", "aled", minute("Tue 08:00"), minute("Tue 09:00")),
        ],
        problem,
    )
    files = isf_files(rota, problem, found, pdf=False)
    one = json.loads(files["summary.json"])["funds"]["mary"]
    book = sheets(files["isf.xlsx"])
    (row,) = book["Funds"]
    for title, field in (
        ("Opening balance", "opening_pence"),
        ("Contribution", "contribution_pence"),
        ("Management fee", "management_fee_pence"),
        ("Care asked for", "asked_pence"),
        ("Care planned", "planned_pence"),
        ("Care delivered", "delivered_pence"),
        ("Closing balance", "closing_pence"),
        ("Banked", "banked_pence"),
        ("May be saved", "allowed_surplus_pence"),
        ("Forecast at year end", "forecast_pence"),
    ):
        assert row[title] == one[field] / 100, title
    (line,) = shown(page_of(files, "isf.html"), "Funds")
    for title, value in line.items():
        if value.startswith(("£", "-£")):
            assert value == as_pounds(row[title]), title
    paper = page_of(files, "clients/mary.html")
    money = {cells["What"]: cells["Amount"] for cells in shown(paper, "Money")}
    assert money["Closing balance"] == as_pounds(row["Closing balance"])
    assert money["Less care delivered"] == as_pounds(-row["Care delivered"])
    assert sum(cells["Charged"] for cells in book["Visits"]) == row["Care delivered"]
    assert sum(cells["Price"] for cells in book["Visits"]) == row["Care asked for"]
    assert [cells["Charged"] for cells in shown(paper, "Visits")] == [
        as_pounds(c["Charged"]) for c in book["Visits"]
    ]
    (banked,) = one["banked"]
    assert book["Ledger"][0]["To be used by"] == banked["expires"] == "2027-01-11"


def test_wishes_beyond_the_money_are_told_with_the_choices():
    rota, problem = a_week(a_fund(budget=8000))
    files = isf_files(rota, problem, pdf=False)
    page = page_of(files, "isf.html")
    assert (
        "Mary wishes for £64.00 more in a week than the fund has: there are 8 choices. Nothing was cut."
        in page
    )
    told = json.loads(files["summary.json"])["funds"]["mary"]
    book = sheets(files["isf.xlsx"])["Choices"]
    assert sorted(c["saves_pence"] / 100 for c in told["choices"]) == sorted(c["Saves"] for c in book)
    assert [c["Saves"] for c in shown(page, "Choices")] == [as_pounds(c["Saves"]) for c in book]


def test_the_persons_paper_is_tagged():
    files = isf_files(*a_week())
    assert is_tagged(files["clients/mary.pdf"])
    assert "Nobody is planned yet for 1 of your 3 visits." in page_of(files, "clients/mary.html")


def test_a_client_paid_for_by_a_fund_of_which_nothing_is_known_is_named():
    rota, problem = a_week()

    bare = problem.replace(clients=tuple(replace(c, funding="isf") for c in problem.clients), funds=())
    page = page_of(isf_files(rota, bare, pdf=False), "isf.html")
    assert "Mary is paid for by a fund of which no row of isf tells." in page


def test_what_nobody_recorded_is_told_and_marked():
    """Monday's half hour is recorded; Tuesday's £55 are charged as planned."""
    rota, problem = a_week()
    found = deliveries(rota, [Actual("one", "aled", minute("08:10"), minute("08:40"))], problem)
    files = isf_files(rota, problem, found, pdf=False)
    told = "1 of the 3 visits was not recorded, or not for every carer, and is charged as planned: £55.00."
    assert told in page_of(files, "clients/mary.html")
    assert f"Mary: {told}" in page_of(files, "isf.html")
    visits = shown(page_of(files, "clients/mary.html"), "Visits")
    assert [(c["Minutes given"], c["Charged"], c["Mark"]) for c in visits] == [
        ("30", "£16.00", NOTHING),
        (NOTHING, "£55.00", "not recorded, charged as planned"),
        ("0", "£0.00", NOTHING),
    ]
    one = json.loads(files["summary.json"])["funds"]["mary"]
    assert (one["not_recorded_visits"], one["not_recorded_pence"]) == (1, 5500)


def test_who_comes_at_the_first_midnight_came_at_a_time():
    rota, problem = a_week()
    found = deliveries(rota, [Actual("one", "aled", 0, 30)], problem)
    first, *_ = sheets(isf_files(rota, problem, found, pdf=False)["isf.xlsx"])["Visits"]
    assert first["Came at"] == "00:00"


def test_what_can_still_be_used_is_told_and_what_expired_long_ago_is_not():
    entries = (
        FundEntry(-150, EntryKind.BANKED, 10_000, "a trip"),
        FundEntry(-70, EntryKind.BANKED, 2000, "Christmas"),
        FundEntry(-70, EntryKind.BANKED, 2000, "Christmas"),
        FundEntry(-60, EntryKind.USED, 2500),
    )
    files = isf_files(*a_week(a_fund(entries=entries)), pdf=False)
    paper = page_of(files, "clients/mary.html")
    assert "£15.00 banked for Christmas must be used by 16/11/2026." in paper
    assert "a trip must be used" not in paper
    left = [row["Left of it"] for row in sheets(files["isf.xlsx"])["Ledger"]]
    assert left == [None, None, 15, None]


def test_banked_money_that_was_used_and_was_not_there_is_told():
    entries = (FundEntry(-14, EntryKind.BANKED, 3000), FundEntry(-7, EntryKind.USED, 5000))
    files = isf_files(*a_week(a_fund(entries=entries)), pdf=False)
    told = "£20.00 of the £50.00 used on 26/10/2026 were not banked by then, or had expired"
    assert told in page_of(files, "clients/mary.html")
    assert f"Mary: {told}" in page_of(files, "isf.html")


def test_the_years_end_within_the_week_is_told_as_such():
    def paper(**changes: object) -> str:
        return unescape(
            page_of(isf_files(*a_week_at_the_years_end(**changes), pdf=False), "clients/mary.html")
        )

    assert "On 31/03/2026, the last day of the fund's year, you have £140.00." in paper()
    assert "The fund's year ended on 29/03/2026, so that nothing is forecast." in paper(year_end=-1)
