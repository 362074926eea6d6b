import re
from html.parser import HTMLParser

import pytest

from scheduler.report.background import figures_in_force, prices_table, settings_table
from scheduler.report.html import CSP, number, percent
from scheduler.report.page import Judged, to_page
from scheduler.rules import RULES
from scheduler.units import pounds, sixtieths
from tests.builders import a_carer, a_client, a_leg, a_problem, a_rota, a_visit, some_settings

VOID = {"meta", "link", "br", "img", "input", "use", "path"}


class Reader(HTMLParser):
    """The words of a page, its headings in order, and whether every tag is closed."""

    def __init__(self, html):
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.words: list[str] = []
        self.tables: list[dict[str, bool]] = []
        self.ids: list[str | None] = []
        self.feed(html)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if "id" in given:
            self.ids.append(given["id"])
        if tag in ("h1", "h2", "h3"):
            self.headings.append(int(tag[1]))
        if tag == "table":
            self.tables.append({"caption": False, "scopes": True})
        if tag == "caption":
            self.tables[-1]["caption"] = True
        if tag == "th" and "scope" not in given:
            self.tables[-1]["scopes"] = False
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.words.append(data)


@pytest.fixture(scope="module")
def page(judged):
    return Reader(to_page(judged))


def test_the_numbers_are_those_of_measures_and_cost(page, judged):
    m, cost = judged.measures, judged.cost
    for words in (
        f"{number(m['visits'] - m['unallocated'])} of {number(m['visits'])} visits are planned",
        f"{m['unallocated']} visits are unallocated , of {m['clients_with_unallocated']} clients",
        f"{m['hard_findings']} hard findings",
        f"sees {m['distinct_carers_mean']:.1f} different carers within 14 days on average",
        f"and {m['distinct_carers_worst']} at the most",
        f"It costs {pounds(cost.money_amount)}: {pounds(sixtieths(m['cost_per_contact_hour_pence']))} for each hour",
        f"wages would be {pounds(cost.contact_only_amount)} instead of {pounds(cost.wages_amount)}",
        f"{percent(m['visits_30_or_more_share'])} of planned visits last 30 minutes or more",
        f"{percent(m['carers_promise_kept_share'])} of clients see no more carers",
        f"{m['interest_matches']} visits by a carer with an interest",
        f"{m['travel_minutes_per_contact_hour']:.1f} minutes for each hour with clients",
        f"All together money and what we would pay {pounds(cost.total_amount)}",
    ):
        assert " ".join(words.split()) in page.text, words


def test_run_and_warnings_are_told(page):
    for words in ("12,000 iterations, 3.5 seconds, seed 7", "ortools 9.15", "Nobody has a shift on Sunday."):
        assert words in page.text


def test_unallocated_visits_have_their_reasons(page, judged):
    first = judged.rota.unallocated(judged.problem)[0]
    assert f"All carers are busy around {first.id}." in page.text


def test_rules_settings_prices_and_figures_are_all_there(page, judged):
    for rule in RULES:
        assert rule.label in page.text
    for row in (*settings_table(judged.problem).rows, *prices_table(judged.problem).rows):
        assert row[0] in page.text
    for figure in figures_in_force(judged.problem):
        assert figure.name in page.text
    assert "UNVERIFIED" not in page.text or "to be checked" in page.text


def test_every_setting_has_words(judged):
    assert not any("_" in row[0] for row in settings_table(judged.problem).rows)


def test_published_figures_are_said_as_what_they_are(page):
    assert "Sweden 2021: 14.9, national mean" in page.text
    assert "EHRC 2011: 32, one woman\u2019s case" in page.text
    assert "not an average" in page.text


def test_published_figures_of_14_days_are_not_set_beside_another_window():
    problem = a_problem([a_visit()], settings=some_settings(rolling_days=28))
    assert "Sweden 2021" not in to_page(Judged(a_rota(a_leg()), problem))


def test_headings_are_in_order_and_tables_have_captions_and_scopes(page):
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(later <= before + 1 for before, later in zip(page.headings, page.headings[1:], strict=False))
    assert page.tables
    assert all(table["caption"] and table["scopes"] for table in page.tables)
    assert page.open == []


def test_ids_are_unique_and_links_within_the_page_lead_somewhere(page, judged):
    assert len(set(page.ids)) == len(page.ids)
    assert set(re.findall(r'<a[^>]* href="#([^"]+)"', to_page(judged))) <= set(page.ids)


def test_nothing_is_fetched_and_the_browser_is_told_so(judged):
    html = to_page(judged)
    assert not re.findall(r"<(?:script|img|iframe|link)[^>]*(?:src|href)=(?!\"data:)", html)
    assert not re.search(r"url\((?!#)", html)
    assert CSP in html.replace("&#39;", "'")
    assert "prefers-reduced-motion" in html


def test_names_cannot_become_code(hostile):
    html = to_page(hostile)
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;alert(" in html
    assert "{{ 7*7 }}" in html  # shown as it was typed, not computed


def test_the_same_plan_gives_the_same_page(judged):
    again = Judged(judged.rota, judged.problem, judged.run, judged.reasons)
    assert to_page(judged) == to_page(again)


def test_a_perfect_plan_says_so():
    problem = a_problem([a_visit()], [a_carer()], [a_client(has_advocate=False)])
    text = Reader(to_page(Judged(a_rota(a_leg()), problem))).text
    for words in (
        "1 of 1 visit is planned",
        "None is left out.",
        "No hard rule is broken",
        "Nothing: somebody is planned for every visit.",
        "Visits left out. Nobody.",
    ):
        assert words in text, words


@pytest.mark.parametrize("visits", [[], [a_visit()]])
def test_a_plan_without_carers_or_visits_has_a_page_too(visits):
    assert "In short" in to_page(Judged(a_rota(), a_problem(visits, carers=())))


def test_what_was_proved_of_the_days(page, judged):
    """The worst day's gap; of three visits in all nobody could have planned."""
    assert "On no day could another rota save more than 14.3 % of what belongs to that day alone" in page.text
    assert "Every rota leaves out at least 3 visits." in page.text
    fresh = Judged(judged.rota, judged.problem)
    assert "another rota" not in Reader(to_page(fresh)).text
