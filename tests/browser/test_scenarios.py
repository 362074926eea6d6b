"""What if? in Chromium: a question is picked, watched, stopped, run and its report read; on a screen and a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.api.conftest import START, small_files
from tests.api.people import Person, made
from tests.browser.seat import picture, require_accessible

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk")]
PATIENCE = 600_000
"""A run gives way to all else: where other tests have the processors it gets a tenth of one."""


@pytest.fixture(scope="module")
def imported(desk):
    clerk = Person(desk, "mair@example.org", base=desk.state.settings.url)
    made(clerk.post(f"/agencies/a/imports?start={START}", files=small_files()))


def ask(page, seeds, iterations):
    """Put one scenario of the minimum length to the small agency's week, with today's carers."""
    page.get_by_role("region", name="Ask a question").get_by_role(
        "link", name="A minimum visit length"
    ).click()
    for label in ("30 minutes, except agreed checks", "Merge short visits", "Every visit 45 minutes"):
        page.get_by_label(label).uncheck()
    page.get_by_label("First day").fill("2026-11-23")
    page.get_by_label("Repeats (seeds)").fill(seeds)
    page.get_by_label("Search of each planned week").fill(iterations)
    page.get_by_role("combobox", name="Carers").select_option("today")


@pytest.mark.timeout(1800)
def test_a_run_is_watched_stopped_and_deleted(sit, imported):
    seat = sit()
    page = seat.go("/a/a/scenarios")
    require_accessible(page)
    picture(page, "scenarios-1440")
    ask(page, "10", "1000000")  # for hours, so that the page stays as it is while it is looked at
    require_accessible(page)
    picture(page, "ask-1440")
    page.get_by_role("button", name="Run them").click()
    expect(page.get_by_role("status")).to_contain_text("0 of 20 weeks are planned", timeout=PATIENCE)
    expect(page.get_by_role("progressbar")).to_be_visible()
    require_accessible(page)
    picture(page, "running-1440")
    phone = sit("olwen", "phone")
    small = phone.go(page.url.removeprefix(phone.base))
    require_accessible(small)
    picture(small, "running-390")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("main")).to_contain_text("There is no report. Stopped", timeout=PATIENCE)
    expect(small.get_by_role("button", name="Go on")).to_be_visible(timeout=PATIENCE)
    require_accessible(page)
    picture(page, "stopped-1440")
    gone = page.get_by_role("button", name="Delete for good")
    expect(gone).to_be_hidden()  # not by a slip
    page.get_by_text("Delete this run").click()
    require_accessible(page)
    gone.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What would it really do?")


@pytest.mark.timeout(1800)
def test_a_question_is_run_and_its_report_read(sit, imported):
    seat = sit()
    page = seat.go("/a/a/scenarios")
    ask(page, "1", "30")
    page.get_by_role("button", name="Run them").click()
    expect(page.get_by_role("heading", name="Findings")).to_be_visible(timeout=PATIENCE)
    expect(page.locator("main")).to_contain_text("Every visit of less than 30 minutes is ordered at 30.")
    require_accessible(page)
    picture(page, "findings-1440")
    found = page.url
    page.get_by_role("link", name="Read the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A minimum visit length")
    assert page.locator("svg").count() == 6
    # (It has its styles: its policy lets them through.)
    assert page.locator(".paper").evaluate("body => getComputedStyle(body).maxWidth") != "none"
    picture(page, "report-1440")
    wider = "boxes => boxes.filter(box => box.scrollWidth > box.clientWidth).map(box => box.ariaLabel)"
    assert page.locator(".wide").evaluate_all(wider) == [], "no table is cut on a desk's screen"
    # The report's own policy lets no script run, axe's neither: asked there it never answers. So the same text is
    # looked at once more where scripts may run.
    copy = page.context.new_page()
    copy.set_content(page.request.get(page.url).text())
    require_accessible(copy)

    phone = sit("olwen", "phone")
    small = phone.go(found.removeprefix(phone.base))
    require_accessible(small)
    picture(small, "findings-390")
    small = phone.go("/a/a/scenarios?family=minimum-length")
    require_accessible(small)
    picture(small, "ask-390")


def test_nothing_ticked_is_told_and_nothing_is_started(sit, imported):
    page = sit().go("/a/a/scenarios?family=pay")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    page.get_by_role("button", name="Run them").click()
    expect(page.get_by_role("alert")).to_contain_text("Tick a scenario at least")
    expect(page.get_by_role("checkbox").first).not_to_be_checked()
    require_accessible(page)
    picture(page, "nothing-ticked-1440")
